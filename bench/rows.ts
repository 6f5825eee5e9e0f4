import { deepStrictEqual } from "node:assert";
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { resolve } from "node:path";
import { parse } from "csv-parse";
import { Unzip, UnzipInflate } from "fflate";
import { startPagedHub } from "../test/testkit/paged-hub";
import { startWords, type Start } from "./gateway/start-words";
import { publish } from "./side-by-side";

/**
 * How fast a list of 500,000 institutions comes out of `/rows`, in each format, and how much memory the gateway takes for it.
 * Every format has a gateway process of its own, started by the words of `package.json`, whose largest resident memory the system
 * tells. The subgraph lives in this process. What the formats say is compared before it counts: the number of rows and a digest of their codes.
 */

const ROWS = Number(process.env.BENCH_ROWS ?? 500_000);
const ROOT = resolve(__dirname, "..");
/** As the gateway is started in earnest, and where there is little memory. */
const STARTS: readonly Start[] = ["start:gateway", "start:gateway:small"];

interface Read {
  rows: number;
  digest: string;
}

class Codes {
  private readonly hash = createHash("sha256");
  private rows = 0;

  add(code: string): void {
    this.rows += 1;
    this.hash.update(`${code}\n`);
  }

  done = (): Read => ({ rows: this.rows, digest: this.hash.digest("hex") });
}

type Chunks = AsyncIterable<Uint8Array>;

const READERS: Record<string, (chunks: Chunks) => Promise<Read>> = {
  csv: async (chunks) => {
    const codes = new Codes();
    const parser = parse({ columns: true });
    parser.on("data", (row: Record<string, string>) => codes.add(row["items.nodes.code"]!));
    for await (const chunk of chunks) if (!parser.write(chunk)) await once(parser, "drain");
    parser.end();
    await once(parser, "end");
    return codes.done();
  },
  json: (chunks) => found(chunks, /"items\.nodes\.code":"(?<code>[^"]+)"/gu),
  xlsx: (chunks) =>
    found(firstSheet(chunks), /<c r="B(?!1")\d+" t="inlineStr"><is><t [^>]*>(?<code>[^<]+)</gu),
};

/** Codes by a pattern, in text that comes in pieces. */
async function found(chunks: Chunks, pattern: RegExp): Promise<Read> {
  const codes = new Codes();
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of chunks) {
    const text = rest + decoder.decode(chunk, { stream: true });
    let end = 0;
    for (const match of text.matchAll(pattern)) {
      codes.add(match.groups!.code!);
      end = match.index + match[0].length;
    }
    rest = text.slice(Math.max(end, text.length - 400));
  }
  return codes.done();
}

async function* firstSheet(chunks: Chunks): AsyncGenerator<Uint8Array> {
  let pieces: Uint8Array[] = [];
  const unzip = new Unzip((file) => {
    if (file.name !== "xl/worksheets/sheet1.xml") return;
    file.ondata = (error, piece) => {
      if (error) throw error;
      pieces.push(piece);
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  for await (const chunk of chunks) {
    unzip.push(chunk);
    yield* pieces;
    pieces = [];
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

const memoryMb = (pid: number, line: "VmHWM" | "VmRSS"): number => {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(new RegExp(`^${line}:\\s+(\\d+) kB`, "mu").exec(status)?.[1]) / 1024;
};

async function measure(start: Start, format: string, environment: Record<string, string>) {
  const port = await freePort();
  const env = { ...process.env, ...environment, PORT: String(port), LOG_LEVEL: "warn" };
  const child = spawn(process.execPath, startWords(start), {
    cwd: ROOT,
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  await once(child.stdout, "data");
  const idleMb = memoryMb(child.pid!, "VmRSS");
  const begin = performance.now();
  const reply = await fetch(`http://127.0.0.1:${port}/rows/item-list.${format}`);
  let bytes = 0;
  const counted = async function* (): Chunks & AsyncGenerator<Uint8Array> {
    for await (const chunk of reply.body!) {
      bytes += chunk.length;
      yield chunk;
    }
  };
  const read = await READERS[format]!(counted());
  const seconds = (performance.now() - begin) / 1000;
  const peakMb = memoryMb(child.pid!, "VmHWM");
  child.kill("SIGTERM");
  await ended;
  return { read, idleMb, peakMb, seconds, bytes };
}

async function run(): Promise<void> {
  const hub = await startPagedHub(ROWS);
  const environment = { SUPERGRAPH_PATH: hub.supergraphPath, OPERATIONS_PATH: hub.operationsPath };
  // Once without counting: the first process of a fresh checkout compiles the sources, which takes memory of its own.
  await measure(STARTS[0]!, "csv", environment);
  const rows = [];
  let first: Read | undefined;
  for (const start of STARTS)
    for (const format of Object.keys(READERS)) {
      const measured = await measure(start, format, environment);
      const { read, idleMb, peakMb, seconds, bytes } = measured;
      first ??= read;
      deepStrictEqual(read, first, `${format} says something else`);
      rows.push({
        start,
        format,
        rows: read.rows,
        "file MB": Math.round(bytes / 1e6),
        "rows/s": Math.round(read.rows / seconds),
        seconds: Number(seconds.toFixed(1)),
        "idle MB": Math.round(idleMb),
        "peak MB": Math.round(peakMb),
        "growth MB": Math.round(peakMb - idleMb),
      });
    }
  await hub.stop();
  deepStrictEqual(first?.rows, ROWS);
  publish("rows", rows);
}

run().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
