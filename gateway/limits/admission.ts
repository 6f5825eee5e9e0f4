import type { IncomingMessage } from "node:http";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { EventLoopDelay } from "./event-loop-delay";

export interface AdmissionSettings {
  /** For one client; 0: no limit. */
  requestsPerMinute: number;
  /** For one client at one time; 0: no limit. */
  requestsAtOnce: number;
  /** Of all clients together. */
  maxRequestsAtOnce: number;
  /** How many proxies before the gateway are ours, and their word for where a request comes from believed. */
  trustedProxies: number;
}

export interface Refused {
  status: 429 | 503;
  reason: "rate" | "client-at-once" | "overload";
  retryAfterSeconds: number;
}

/** Nobody waits longer than this for his turn: it is told at once that there is none. */
const LONGEST_WAIT_MS = 4000;
/** So few are always let in, for how fast they are answered is not known yet. */
const ALWAYS_ADMITTED = 64;
/** How many are answered in a second, until that is known: too few are let in for a moment rather than too many for long. */
const TAKEN_FOR_PER_SECOND = 64;
const WINDOW_MS = 1000;
/** Whoever comes while the process is later than this with its work would only make it later. */
const LATEST_MS = 200;

/** Lets requests in while they can be answered in time, and refuses the rest before any work is done for them. */
export class Admission {
  private readonly perClient: RateLimiterMemory | undefined;
  private readonly underWayByClient = new Map<string, number>();
  private underWay = 0;
  private windowBegan = 0;
  private answeredInWindow = 0;
  private answeredPerSecond = TAKEN_FOR_PER_SECOND;

  constructor(
    private readonly settings: AdmissionSettings,
    private readonly delay: Pick<EventLoopDelay, "now" | "isBusy">,
    private readonly clock: () => number = () => performance.now(),
  ) {
    const { requestsPerMinute } = settings;
    if (requestsPerMinute > 0)
      this.perClient = new RateLimiterMemory({ points: requestsPerMinute, duration: 60 });
  }

  /** Undefined: go on reading the request, and `enter` once it is there whole. */
  refuse(client: string): Refused | undefined | Promise<Refused | undefined> {
    return this.refusePlace(client) ?? this.perClient?.consume(client).then(ADMIT, tooOften);
  }

  /** Undefined: come in; then `leave` has to be called once. */
  enter(client: string): Refused | undefined {
    const refused = this.refusePlace(client);
    if (refused) return refused;
    this.underWay += 1;
    if (this.settings.requestsAtOnce > 0)
      this.underWayByClient.set(client, (this.underWayByClient.get(client) ?? 0) + 1);
    return undefined;
  }

  leave(client: string): void {
    this.underWay -= 1;
    if (this.settings.requestsAtOnce > 0) {
      const left = this.underWayByClient.get(client)! - 1;
      if (left > 0) this.underWayByClient.set(client, left);
      else this.underWayByClient.delete(client);
    }
    const now = this.clock();
    const since = now - this.windowBegan;
    this.answeredInWindow += 1;
    if (since < WINDOW_MS) return;
    this.answeredPerSecond =
      since > 2 * WINDOW_MS ? TAKEN_FOR_PER_SECOND : (this.answeredInWindow * 1000) / since;
    this.windowBegan = now;
    this.answeredInWindow = 0;
  }

  /** Where the request comes from, as far as that can be believed. */
  addressOf({ socket, headers }: IncomingMessage): string {
    const { trustedProxies } = this.settings;
    const direct = socket.remoteAddress ?? "";
    if (trustedProxies === 0) return direct;
    const forwarded = String(headers["x-forwarded-for"] ?? "").split(",");
    return forwarded.at(-trustedProxies)?.trim() || direct;
  }

  private refusePlace(client: string): Refused | undefined {
    if (this.isOverloaded()) return { status: 503, reason: "overload", retryAfterSeconds: 1 };
    const { requestsAtOnce } = this.settings;
    if (requestsAtOnce > 0 && (this.underWayByClient.get(client) ?? 0) >= requestsAtOnce)
      return { status: 429, reason: "client-at-once", retryAfterSeconds: 1 };
    return undefined;
  }

  /**
   * By Little's law: so many before it, answered at such a rate. That holds while they wait for this process: while it has time
   * to spare they wait for a subgraph, and nobody who asks another one waits with them.
   */
  private isOverloaded(): boolean {
    if (this.underWay >= this.settings.maxRequestsAtOnce) return true;
    if (this.underWay < ALWAYS_ADMITTED) return false;
    if (this.delay.now() > LATEST_MS) return true;
    if (!this.delay.isBusy()) return false;
    return (this.underWay / this.answeredPerSecond) * 1000 > LONGEST_WAIT_MS;
  }
}

const ADMIT = () => undefined;

function tooOften(rejected: unknown): Refused {
  if (!(rejected instanceof RateLimiterRes)) throw rejected;
  const retryAfterSeconds = Math.max(1, Math.ceil(rejected.msBeforeNext / 1000));
  return { status: 429, reason: "rate", retryAfterSeconds };
}
