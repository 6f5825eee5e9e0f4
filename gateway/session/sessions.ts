import { createHash, randomBytes } from "node:crypto";
import { decodeJwt } from "jose";
import { AccessRefused } from "../../access/access-refused";
import type { TokenVerifier } from "../../access/access-token";
import type { Viewer } from "../../access/viewer";
import { InFlight } from "../in-flight";
import type { IssuedTokens, Issuer } from "./issuer";
import type { Session, SessionStore } from "./session-store";

/** A working day: whoever leaves the browser open is asked again the next morning. */
const LONGEST_SECONDS = 12 * 60 * 60;
/** A token is refreshed when it has no longer than this. */
const SOON_SECONDS = 30;
/** More than the issuer is waited for. */
const CLAIM_SECONDS = 15;
const LOOK_AGAIN_MS = 100;

/** Who has signed in, and until when at the latest. */
export interface SignedIn {
  viewer: Viewer;
  until: Date;
}

/**
 * The sessions of browsers. A browser holds a name for its session that says nothing; the tokens stay here, so no script can
 * read one, and signing out ends what the name stood for.
 */
export class Sessions {
  private readonly refreshing = new InFlight<Session>();

  constructor(
    private readonly store: SessionStore,
    private readonly verify: TokenVerifier,
    /** Undefined where tokens are only pasted. */
    private readonly issuer: Issuer | undefined,
    private readonly clock: () => Date = () => new Date(),
  ) {}

  /** Begins a session under a new name. @throws AccessRefused when the token is not believed. */
  async open({ accessToken, refreshToken }: IssuedTokens): Promise<SignedIn & { name: string }> {
    const { subject } = await this.viewerWith(accessToken);
    const name = randomBytes(32).toString("base64url");
    const longest = this.now() + LONGEST_SECONDS;
    const endsAt = Math.floor(
      refreshToken === null ? Math.min(longest, expiryOf(accessToken)) : longest,
    );
    const session = { subject, accessToken, refreshToken, endsAt };
    await this.store.create(keyOf(name), session);
    return { name, ...(await this.signedInBy(session)) };
  }

  /** @throws AccessRefused `SESSION_ENDED`, or when it cannot be known. */
  async find(name: string): Promise<SignedIn> {
    const key = keyOf(name);
    const session = await this.store.find(key);
    if (session === undefined || session.endsAt <= this.now())
      throw new AccessRefused("SESSION_ENDED");
    const isSoonOver = expiryOf(session.accessToken) - this.now() < SOON_SECONDS;
    if (session.refreshToken === null || !isSoonOver) return this.signedInBy(session);
    return this.signedInBy(await this.refreshing.share(key, () => this.refreshed(key, session)));
  }

  /** Ends it here, and takes its refresh token back from whoever might have it. */
  async end(name: string): Promise<void> {
    const key = keyOf(name);
    const session = await this.store.find(key);
    await this.store.end(key);
    if (session?.refreshToken != null) await this.issuer?.revoke(session.refreshToken);
  }

  close(): Promise<void> {
    return this.store.close();
  }

  /** A refresh token is good for one use, and a second use may end the session: one gateway of all asks, the others wait. */
  private async refreshed(key: string, known: Session): Promise<Session> {
    if (!(await this.store.claim(key, CLAIM_SECONDS))) return this.refreshedElsewhere(key, known);
    try {
      const session = await this.store.find(key);
      if (session === undefined) throw new AccessRefused("SESSION_ENDED");
      if (session.refreshToken !== known.refreshToken || session.refreshToken === null)
        return session;
      const given = await this.askIssuer(session.refreshToken);
      const { subject } = await this.viewerWith(given.accessToken);
      if (subject !== session.subject) throw new AccessRefused("SESSION_ENDED");
      const next = {
        ...session,
        accessToken: given.accessToken,
        refreshToken: given.refreshToken ?? session.refreshToken,
      };
      if (!(await this.store.replace(key, next))) throw new AccessRefused("SESSION_ENDED");
      return next;
    } catch (error) {
      if (!(error instanceof AccessRefused)) throw error;
      if (error.reason === "SESSION_ENDED") await this.store.end(key);
      else if (expiryOf(known.accessToken) > this.now()) return known;
      throw error;
    } finally {
      await this.store.release(key).catch(() => undefined);
    }
  }

  private async refreshedElsewhere(key: string, known: Session): Promise<Session> {
    const until = performance.now() + CLAIM_SECONDS * 1000;
    while (performance.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
      const session = await this.store.find(key);
      if (session === undefined) throw new AccessRefused("SESSION_ENDED");
      if (session.accessToken !== known.accessToken) return session;
    }
    return known;
  }

  private askIssuer(refreshToken: string): Promise<IssuedTokens> {
    if (this.issuer === undefined) throw new AccessRefused("SESSION_ENDED");
    return this.issuer.refresh(refreshToken);
  }

  private async signedInBy(session: Session): Promise<SignedIn> {
    try {
      const viewer = await this.viewerWith(session.accessToken);
      return { viewer, until: new Date(session.endsAt * 1000) };
    } catch (error) {
      const isOver = error instanceof AccessRefused && error.reason === "EXPIRED";
      throw isOver ? new AccessRefused("SESSION_ENDED") : error;
    }
  }

  private async viewerWith(accessToken: string): Promise<Viewer> {
    return (await this.verify(`Bearer ${accessToken}`))!;
  }

  private now(): number {
    return this.clock().getTime() / 1000;
  }
}

const keyOf = (name: string): string => createHash("sha256").update(name).digest("base64url");

/** Of a token that has been verified, or soon will be. */
const expiryOf = (accessToken: string): number => decodeJwt(accessToken).exp ?? 0;
