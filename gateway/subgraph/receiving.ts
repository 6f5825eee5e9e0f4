import type { Dispatcher } from "undici";
import { Deadline } from "./deadline";
import { brokenConnection, OVERLOADED, timedOut, type Fault } from "./subgraph-fault";

/** Far above any real answer, and low enough that a subgraph gone mad cannot eat the gateway's memory. */
export const MAX_ANSWER_BYTES = 16 * 1024 * 1024;
/** Of all answers of one subgraph that are under way together. */
const MAX_BYTES_AT_ONCE = 4 * MAX_ANSWER_BYTES;

export interface Answered {
  status: number;
  bytes: Buffer;
}

/** What came of a question over HTTP. */
export type Sent = Answered | { fault: Fault };

/** Gathers one answer, at most until the deadline. */
export class Receiving implements Dispatcher.DispatchHandler {
  private readonly deadline: Deadline;
  private readonly chunks: Buffer[] = [];
  private request: Dispatcher.DispatchController | undefined;
  private status = 0;
  private bytes = 0;
  private isOver = false;

  constructor(
    private readonly settle: (sent: Sent) => void,
    deadlineMs: number,
    /** Of all answers of the subgraph. */
    private readonly underWay: { bytes: number },
  ) {
    this.deadline = new Deadline(deadlineMs, () => this.giveUp(timedOut(deadlineMs)));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.request = controller;
    // The connection took longer to open than anybody waited.
    if (this.isOver) controller.abort(new Error("deadline"));
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number): void {
    this.status = status;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.chunks.push(chunk);
    this.bytes += chunk.length;
    this.underWay.bytes += chunk.length;
    if (this.underWay.bytes > MAX_BYTES_AT_ONCE) this.giveUp(OVERLOADED);
  }

  onResponseEnd(): void {
    this.end();
    const { chunks, status } = this;
    this.settle({ status, bytes: chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks) });
  }

  onResponseError(_controller: unknown, error: unknown): void {
    this.end();
    this.settle({ fault: brokenConnection(error) });
  }

  private giveUp(fault: Fault): void {
    this.settle({ fault });
    this.end();
    this.request?.abort(new Error(fault.reason));
  }

  private end(): void {
    this.isOver = true;
    this.deadline.clear();
    this.underWay.bytes -= this.bytes;
    this.bytes = 0;
  }
}
