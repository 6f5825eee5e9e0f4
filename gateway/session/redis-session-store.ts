import { createClient } from "redis";
import type { Logger } from "pino";
import { AccessRefused } from "../../access/access-refused";
import type { Seal } from "./seal";
import type { Session, SessionStore } from "./session-store";

const PURPOSE = "session";
const nameOf = (key: string) => `hub:session:${key}`;
const claimOf = (key: string) => `hub:session-refresh:${key}`;

/** In Redis, for several gateways together; sealed, since whoever reads Redis is not to sign in as everybody else. */
export class RedisSessionStore implements SessionStore {
  private readonly client;

  constructor(
    url: string,
    private readonly seal: Seal,
    log: Logger,
    private readonly clock: () => Date = () => new Date(),
  ) {
    this.client = createClient({
      url,
      disableOfflineQueue: true,
      commandOptions: { timeout: 1000 },
      socket: { connectTimeout: 1000, reconnectStrategy: (tries) => Math.min(100 * tries, 2000) },
    });
    this.client.on("error", (error: unknown) =>
      log.debug({ err: error }, "redis does not answer; nobody is signed in meanwhile"),
    );
    // Settles when Redis first answers, which may be never; nobody waits for it.
    this.client.connect().catch(() => undefined);
  }

  async find(key: string): Promise<Session | undefined> {
    const sealed = await this.ask(() => this.client.get(nameOf(key)));
    if (sealed === null) return undefined;
    // Whatever opens was sealed by a gateway with the same secret.
    return (await this.seal.open(PURPOSE, sealed)) as Session | undefined;
  }

  async create(key: string, session: Session): Promise<void> {
    await this.write(key, session);
  }

  async replace(key: string, session: Session): Promise<boolean> {
    return (await this.write(key, session, "XX")) !== null;
  }

  async end(key: string): Promise<void> {
    await this.ask(() => this.client.del(nameOf(key)));
  }

  async claim(key: string, seconds: number): Promise<boolean> {
    const expiration = { type: "EX", value: seconds } as const;
    const set = await this.ask(() =>
      this.client.set(claimOf(key), "1", { condition: "NX", expiration }),
    );
    return set !== null;
  }

  async release(key: string): Promise<void> {
    await this.ask(() => this.client.del(claimOf(key)));
  }

  async close(): Promise<void> {
    this.client.destroy();
  }

  private async write(key: string, session: Session, condition?: "XX") {
    const seconds = Math.max(1, Math.ceil(session.endsAt - this.clock().getTime() / 1000));
    const sealed = await this.seal.close(PURPOSE, { ...session }, seconds);
    const expiration = { type: "EX", value: seconds } as const;
    return this.ask(() =>
      this.client.set(nameOf(key), sealed, { expiration, ...(condition && { condition }) }),
    );
  }

  private async ask<Answer>(question: () => Promise<Answer>): Promise<Answer> {
    try {
      return await question();
    } catch {
      throw new AccessRefused("SESSIONS_UNAVAILABLE");
    }
  }
}
