import * as client from "openid-client";
import { AccessRefused } from "../../access/access-refused";

export interface IssuerSettings {
  issuer: string;
  clientId: string;
  /** Unset for a public client, which the proof key alone protects. */
  clientSecret?: string | undefined;
  scope: string;
  /** Asked for as a resource where it is a web address; else the issuer knows by the client whom its tokens are for. */
  audience: string;
  /** Where browsers find the hub; they come back to it from the issuer. */
  publicUrl: string;
}

/** What the gateway has to know again when the browser comes back. */
export interface LoginAttempt {
  state: string;
  nonce: string;
  codeVerifier: string;
  /** Where to go then. */
  to: string;
}

export interface IssuedTokens {
  accessToken: string;
  /** Null where the issuer gives none. */
  refreshToken: string | null;
}

/** Why nobody was signed in; the sign-in page has words for each. */
export type LoginFailure = "CANCELLED" | "START_AGAIN" | "ISSUER_FAILED";

export class LoginFailed extends Error {
  constructor(
    readonly failure: LoginFailure,
    detail: string,
  ) {
    super(`sign-in failed: ${failure}: ${detail}`);
  }
}

const PATIENCE_SECONDS = 5;

/** The OpenID provider at which people sign in: authorization code with proof key, state and nonce. */
export class Issuer {
  private found: Promise<client.Configuration> | undefined;

  constructor(private readonly settings: IssuerSettings) {}

  /** Where to send the browser, and what to expect when it comes back. @throws LoginFailed */
  async begin(to: string): Promise<{ address: URL; attempt: LoginAttempt }> {
    const attempt = {
      state: client.randomState(),
      nonce: client.randomNonce(),
      codeVerifier: client.randomPKCECodeVerifier(),
      to,
    };
    const configuration = await this.configuration().catch(failLogin);
    const address = client.buildAuthorizationUrl(configuration, {
      redirect_uri: `${this.settings.publicUrl}/session/callback`,
      scope: this.settings.scope,
      state: attempt.state,
      nonce: attempt.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(attempt.codeVerifier),
      code_challenge_method: "S256",
      ...this.resource(),
    });
    return { address, attempt };
  }

  /** @param path with which the browser came back, with its query. @throws LoginFailed */
  async complete(path: string, attempt: LoginAttempt): Promise<IssuedTokens> {
    const address = new URL(path, this.settings.publicUrl);
    if (address.searchParams.get("state") !== attempt.state)
      throw new LoginFailed("START_AGAIN", "state");
    try {
      const checks = {
        expectedState: attempt.state,
        expectedNonce: attempt.nonce,
        pkceCodeVerifier: attempt.codeVerifier,
        idTokenExpected: true,
      };
      const configuration = await this.configuration();
      return tokensOf(
        await client.authorizationCodeGrant(configuration, address, checks, this.resource()),
      );
    } catch (error) {
      return failLogin(error);
    }
  }

  /** @throws AccessRefused `SESSION_ENDED` when the issuer gives no more, `ISSUER_UNAVAILABLE` when it does not answer. */
  async refresh(refreshToken: string): Promise<IssuedTokens> {
    try {
      const configuration = await this.configuration();
      return tokensOf(await client.refreshTokenGrant(configuration, refreshToken, this.resource()));
    } catch (error) {
      const isOver = error instanceof client.ResponseBodyError && error.error === "invalid_grant";
      throw new AccessRefused(isOver ? "SESSION_ENDED" : "ISSUER_UNAVAILABLE");
    }
  }

  /** Nobody can use it any more, where the issuer knows how to take a token back. Never fails. */
  async revoke(refreshToken: string): Promise<void> {
    try {
      const configuration = await this.configuration();
      if (configuration.serverMetadata().revocation_endpoint !== undefined)
        await client.tokenRevocation(configuration, refreshToken);
    } catch {
      // It ends by itself at the latest when the issuer says so; the hub has already forgotten it.
    }
  }

  /** Where the browser signs out of the issuer as well; null where it has no such place, or does not answer. */
  async signOutAddress(): Promise<string | null> {
    const configuration = await this.configuration().catch(() => null);
    if (configuration?.serverMetadata().end_session_endpoint === undefined) return null;
    return client.buildEndSessionUrl(configuration, {
      post_logout_redirect_uri: `${this.settings.publicUrl}/`,
    }).href;
  }

  private resource(): Record<string, string> {
    const { audience } = this.settings;
    return /^https?:/u.test(audience) ? { resource: audience } : {};
  }

  private configuration(): Promise<client.Configuration> {
    this.found ??= this.discover().catch((error: unknown) => {
      this.found = undefined;
      throw error;
    });
    return this.found;
  }

  private discover(): Promise<client.Configuration> {
    const { issuer, clientId, clientSecret } = this.settings;
    const address = new URL(issuer);
    return client.discovery(
      address,
      clientId,
      undefined,
      clientSecret === undefined ? client.None() : client.ClientSecretBasic(clientSecret),
      {
        timeout: PATIENCE_SECONDS,
        // An issuer without TLS is one on this machine, or on a network that its operator answers for. It is not marked so
        // because it goes away, but to stand out.
        // eslint-disable-next-line @typescript-eslint/no-deprecated
        execute: address.protocol === "http:" ? [client.allowInsecureRequests] : [],
      },
    );
  }
}

const tokensOf = (tokens: { access_token: string; refresh_token?: string }): IssuedTokens => ({
  accessToken: tokens.access_token,
  refreshToken: tokens.refresh_token ?? null,
});

function failLogin(error: unknown): never {
  const detail = error instanceof Error ? error.message : String(error);
  if (error instanceof client.AuthorizationResponseError)
    throw new LoginFailed(
      error.error === "access_denied" ? "CANCELLED" : "ISSUER_FAILED",
      error.error,
    );
  if (error instanceof client.ResponseBodyError && error.error === "invalid_grant")
    throw new LoginFailed("START_AGAIN", error.error);
  throw new LoginFailed("ISSUER_FAILED", detail);
}
