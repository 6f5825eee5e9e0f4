import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { memoryWords } from "./start-words";

const ROOT = join(__dirname, "../..");
/** Others' gateways, with packages of their own. */
export const OTHERS = join(__dirname, "../contenders");

interface Served {
  process: ChildProcess;
  told: string;
}

/** Who answers, and at which address. */
export interface Contender {
  process: ChildProcess;
  url: string;
}

/** Starts a process on one core and waits for the line that it prints once it serves. */
function start(
  core: number,
  isReady: RegExp,
  command: string,
  ...words: string[]
): Promise<Served> {
  const child = spawn("taskset", ["-c", String(core), command, ...words], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: "production", APOLLO_TELEMETRY_DISABLED: "1" },
  });
  let printed = "";
  return new Promise((resolve, reject) => {
    const hear = (text: Buffer) => {
      printed += text.toString();
      const line = printed.split("\n").find((each) => isReady.test(each));
      if (line !== undefined) resolve({ process: child, told: line });
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.once("exit", (code) =>
      reject(new Error(`${command} ${words.join(" ")}: ${code}\n${printed}`)),
    );
  });
}

export const node = (core: number, isReady: RegExp, ...words: string[]) =>
  start(core, isReady, process.execPath, "--import", "tsx", ...words);

let nextPort = 4310;

/** A contender, serving on the first core; the address that it is asked at. */
export async function contend(
  name: string,
  fieldPath: string,
  supergraphPath: string,
): Promise<Contender> {
  const ready = /^http:\S+$/u;
  if (name === "mercurius") {
    const script = join(OTHERS, "mercurius.cjs");
    const served = await start(0, ready, process.execPath, script, fieldPath);
    return { process: served.process, url: served.told };
  }
  if (name === "hive" || name === "hive-rust") {
    const port = (nextPort += 1);
    const script = join(OTHERS, "node_modules/@graphql-hive/gateway/dist/bin.js");
    const rust = name === "hive-rust" ? ["--hive-router-runtime"] : [];
    const words = ["supergraph", supergraphPath, "-h", "127.0.0.1", "-p", String(port), ...rust];
    const served = await start(0, /Listening|listening/u, process.execPath, script, ...words);
    return { process: served.process, url: `http://127.0.0.1:${port}/graphql` };
  }
  const script = join(__dirname, "contender.ts");
  const served = await node(0, ready, ...memoryFor(name), script, name, fieldPath);
  return { process: served.process, url: served.told };
}

/** What the hub is started with in earnest; nobody else says what is good for him. */
function memoryFor(contender: string): string[] {
  if (!contender.startsWith("hub")) return [];
  return memoryWords(contender.endsWith("one-process") ? "start" : "start:gateway");
}
