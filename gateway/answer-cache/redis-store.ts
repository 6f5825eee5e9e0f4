import { createHash } from "node:crypto";
import { createClient, RESP_TYPES } from "redis";
import type { Logger } from "pino";
import type { AnswerStore, StoredAnswer } from "./answer-store";

/** Long enough for a dashboard that is looked at every morning. */
const KEPT_SECONDS = 24 * 60 * 60;
const NEW_LINE = 0x0a;

/** In Redis, for several gateways together. Without Redis nothing is kept, and every answer is made anew. */
export class RedisStore implements AnswerStore {
  private readonly client;

  constructor(url: string, log: Logger) {
    this.client = createClient({
      url,
      disableOfflineQueue: true,
      commandOptions: { timeout: 200 },
      socket: { connectTimeout: 1000, reconnectStrategy: (tries) => Math.min(100 * tries, 2000) },
    }).withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer });
    let isSilent = false;
    this.client.on("error", (error: unknown) => {
      if (!isSilent) log.warn({ err: error }, "redis does not answer; answers are made anew");
      isSilent = true;
    });
    this.client.on("ready", () => {
      if (isSilent) log.info("redis answers again");
      isSilent = false;
    });
    // Settles when Redis first answers, which may be never; nobody waits for it.
    this.client.connect().catch(() => undefined);
  }

  async find(key: string): Promise<StoredAnswer | undefined> {
    if (!this.client.isReady) return undefined;
    try {
      const kept = await this.client.get(nameOf(key));
      if (kept === null) return undefined;
      const end = kept.indexOf(NEW_LINE);
      return { versions: kept.toString("utf8", 0, end), json: kept.subarray(end + 1) };
    } catch {
      return undefined;
    }
  }

  keep(key: string, { versions, json }: StoredAnswer): void {
    if (!this.client.isReady) return;
    const value = Buffer.concat([Buffer.from(`${versions}\n`), json]);
    this.client
      .set(nameOf(key), value, { expiration: { type: "EX", value: KEPT_SECONDS } })
      .catch(() => undefined);
  }

  async close(): Promise<void> {
    this.client.destroy();
  }
}

/** Keys hold who asks and what, which is nobody's to read in Redis. */
const nameOf = (key: string): string =>
  `hub:answer:${createHash("sha256").update(key).digest("base64url")}`;
