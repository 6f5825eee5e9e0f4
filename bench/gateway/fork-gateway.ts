import { fork, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { memoryWords } from "./start-words";

/** A gateway in a process of its own, with the memory that `start:gateway` gives it; its first message says where it serves. */
export const forkGateway = (
  supergraphPath: string,
  urls: Readonly<Record<string, string>>,
  /** Where its keys lie. */
  folder: string,
  subgraphDeadlineMs: number,
): ChildProcess =>
  fork(
    join(__dirname, "serve-gateway.ts"),
    [supergraphPath, JSON.stringify(urls), folder, String(subgraphDeadlineMs)],
    { execArgv: ["--expose-gc", ...memoryWords("start:gateway"), "--import", "tsx"] },
  );
