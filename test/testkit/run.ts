import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "./project-files";

/** Runs one of the project's programs as a process of its own and gathers what it prints. */
export class Run {
  printed = "";
  readonly ended: Promise<number | null>;

  constructor(file: string, environment: Record<string, string>, ...words: string[]) {
    const inherited = Object.fromEntries(
      Object.entries(process.env).filter(
        ([name]) => !/_(DATABASE_)?URL$|_PORT$|^PORT$/u.test(name),
      ),
    );
    this.child = spawn(process.execPath, ["--import", "tsx", join(ROOT, file), ...words], {
      cwd: ROOT,
      env: { ...inherited, LOG_LEVEL: "warn", ...environment },
    });
    this.child.stdout.on("data", (text: Buffer) => (this.printed += text.toString()));
    this.child.stderr.on("data", (text: Buffer) => (this.printed += text.toString()));
    this.ended = new Promise((resolve) => this.child.once("exit", (code) => resolve(code)));
  }
  private readonly child: ChildProcessWithoutNullStreams;

  async until(text: string): Promise<void> {
    const late = Date.now() + 60_000;
    while (!this.printed.includes(text)) {
      if (Date.now() > late || this.child.exitCode !== null)
        throw new Error(`no "${text}" in:\n${this.printed}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  stop(): Promise<number | null> {
    this.child.kill("SIGTERM");
    return this.ended;
  }
}
