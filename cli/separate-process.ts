import { fork } from "node:child_process";
import { once } from "node:events";
import { join, resolve } from "node:path";

const ROOT = resolve(__dirname, "..");

/**
 * Runs a subgraph's own server as a process of its own, which ends with this one.
 * @throws when it ends before it serves; what was wrong it has printed itself.
 */
export async function startSeparately(
  name: string,
): Promise<{ url: string; stop(): Promise<void> }> {
  const child = fork(join(ROOT, "subgraphs", name, "server.ts"), {
    execArgv: process.execArgv,
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  const ended = once(child, "exit");
  const url = await new Promise<string>((found, fail) => {
    let printed = "";
    child.stdout!.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
      const [, told] = /^[\w-]+: (http\S+)\n/mu.exec(printed) ?? [];
      if (told) found(told);
    });
    void ended.then(() =>
      fail(new Error(`Phân hệ ${name} không khởi động. / Subgraph ${name} did not start.`)),
    );
  });
  // Only now: from here on what it prints is for whoever reads this terminal.
  child.stdout!.pipe(process.stdout, { end: false });
  return {
    url,
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
}
