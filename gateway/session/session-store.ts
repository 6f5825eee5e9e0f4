/** What the gateway keeps for somebody who has signed in by a browser. */
export interface Session {
  /** The account; a refreshed token must be of the same. */
  subject: string;
  accessToken: string;
  /** Null: the session ends with the token. */
  refreshToken: string | null;
  /** In seconds since 1970; whatever the issuer would still give, the session is then over. */
  endsAt: number;
}

/** Keeps sessions by the digests of their ids. @throws AccessRefused by each when it does not answer. */
export interface SessionStore {
  find(key: string): Promise<Session | undefined>;
  create(key: string, session: Session): Promise<void>;
  /** False, and nothing kept, when the session has been ended meanwhile. */
  replace(key: string, session: Session): Promise<boolean>;
  end(key: string): Promise<void>;
  /** Whether the caller is the one, of all gateways, who may refresh the session's tokens now. */
  claim(key: string, seconds: number): Promise<boolean>;
  release(key: string): Promise<void>;
  close(): Promise<void>;
}

const MOST_SESSIONS = 10_000;

/** In this process: sessions end with it, and the oldest when there are too many. */
export class MemorySessionStore implements SessionStore {
  private readonly sessions = new Map<string, Session>();

  constructor(private readonly clock: () => Date = () => new Date()) {}

  async find(key: string): Promise<Session | undefined> {
    const session = this.sessions.get(key);
    if (session === undefined || session.endsAt > this.clock().getTime() / 1000) return session;
    this.sessions.delete(key);
    return undefined;
  }

  async create(key: string, session: Session): Promise<void> {
    if (this.sessions.size >= MOST_SESSIONS)
      this.sessions.delete(this.sessions.keys().next().value!);
    this.sessions.set(key, session);
  }

  async replace(key: string, session: Session): Promise<boolean> {
    if (!this.sessions.has(key)) return false;
    this.sessions.set(key, session);
    return true;
  }

  async end(key: string): Promise<void> {
    this.sessions.delete(key);
  }

  // One process refreshes a session once at a time by itself.
  async claim(): Promise<boolean> {
    return true;
  }

  release(): Promise<void> {
    return Promise.resolve();
  }

  async close(): Promise<void> {
    this.sessions.clear();
  }
}
