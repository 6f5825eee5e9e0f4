import { setTimeout } from "node:timers/promises";

/** A reading that takes longer is not waited for before the next begins. */
const PATIENCE_MS = 100;

/**
 * Reads something that changes, for many who ask at about one time: each is told what was read after it asked, and all who
 * ask while a reading is under way share the next.
 */
export class VersionCheck<Version> {
  private underWay: Promise<unknown> | undefined;
  private next: Promise<Version> | undefined;
  private lastRead: Version | undefined;

  /** @param read never fails. */
  constructor(private readonly read: () => Promise<Version>) {}

  /** What was read last; undefined before anything was. */
  get last(): Version | undefined {
    return this.lastRead;
  }

  /** Begun after this call. */
  current(): Promise<Version> {
    if (this.underWay === undefined) return this.begin();
    this.next ??= Promise.race([this.underWay, setTimeout(PATIENCE_MS)]).then(() => {
      this.next = undefined;
      return this.begin();
    });
    return this.next;
  }

  private begin(): Promise<Version> {
    const reading = this.readNow().finally(() => {
      if (this.underWay === reading) this.underWay = undefined;
    });
    this.underWay = reading;
    return reading;
  }

  private async readNow(): Promise<Version> {
    return (this.lastRead = await this.read());
  }
}
