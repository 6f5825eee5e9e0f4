import { generateKeyPairSync } from "node:crypto";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import Provider from "oidc-provider";
import { createMemoryAdapter } from "oidc-provider/lib/adapters/memory_adapter.js";

export interface TestIssuer {
  url: string;
  /** Whom it lets in without asking for a password; null: whoever comes goes back without having signed in. */
  account: string | null;
  /** Whom its access tokens are for. */
  audience: string;
  accessTokenSeconds: number;
  /** Refresh tokens that it has exchanged, and what it has been asked to take back. */
  refreshed: number;
  revoked: number;
  /** Everybody who has signed in has to do so anew. */
  forgetEverybody(): Promise<void>;
  stop(): Promise<void>;
}

export const CLIENT = { clientId: "hub", clientSecret: "only-for-tests" };

/** A real OpenID provider on loopback. Its accounts are reporters of the department of education; tokens are JWTs. */
export async function startIssuer(publicUrl: string): Promise<TestIssuer> {
  const server = createServer((request, response) => serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const issuer: TestIssuer = {
    url,
    account: "can-bo-1",
    audience: "lai-chau-hub",
    accessTokenSeconds: 3600,
    refreshed: 0,
    revoked: 0,
    forgetEverybody: async () => {
      for (const id of grants) await (await provider.Grant.find(id))?.destroy();
    },
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
  const grants: string[] = [];
  const key = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
  const resource = "urn:hub";
  const provider = new Provider(url, {
    adapter: createMemoryAdapter(0),
    clients: [
      {
        client_id: CLIENT.clientId,
        client_secret: CLIENT.clientSecret,
        redirect_uris: [`${publicUrl}/session/callback`],
        post_logout_redirect_uris: [`${publicUrl}/`],
        grant_types: ["authorization_code", "refresh_token"],
      },
    ],
    jwks: { keys: [{ ...key.export({ format: "jwk" }), use: "sig", alg: "RS256", kid: "test" }] },
    cookies: { keys: ["only-for-tests"] },
    pkce: { required: () => true },
    features: {
      devInteractions: { enabled: false },
      revocation: { enabled: true, allowedPolicy: () => true },
      rpInitiatedLogout: { enabled: true, logoutSource: () => undefined },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resource,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: "",
          audience: issuer.audience,
          accessTokenFormat: "jwt",
          accessTokenTTL: issuer.accessTokenSeconds,
          jwt: { sign: { alg: "RS256" } },
        }),
      },
    },
    interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    findAccount: (_context: unknown, accountId: string) => ({
      accountId,
      claims: () => ({ sub: accountId }),
    }),
    extraTokenClaims: () => ({
      agency: "agency:so-gddt",
      sectors: ["EDUCATION"],
      units: ["unit:12"],
      roles: ["reporter"],
    }),
    issueRefreshToken: () => true,
    rotateRefreshToken: true,
    ttl: {
      AccessToken: () => issuer.accessTokenSeconds,
      Grant: 3600,
      IdToken: 600,
      Interaction: 600,
      RefreshToken: 3600,
      Session: 3600,
    },
  });
  const answer = provider.callback();
  const serve: RequestListener = (request, response) => {
    const path = request.url ?? "/";
    if (path === "/token/revocation") issuer.revoked += 1;
    if (!path.startsWith("/interaction/")) {
      if (path === "/token") {
        request.on("data", (chunk: Buffer) => {
          if (chunk.includes("grant_type=refresh_token")) issuer.refreshed += 1;
        });
      }
      return answer(request, response);
    }
    letIn(request, response).catch(() => response.destroy());
  };
  const letIn = async (...at: Parameters<Provider["interactionDetails"]>) => {
    const { params } = await provider.interactionDetails(...at);
    const { account: accountId } = issuer;
    if (accountId === null) return provider.interactionFinished(...at, { error: "access_denied" });
    const grant = new provider.Grant({ accountId, clientId: params.client_id });
    grant.addOIDCScope(params.scope);
    grant.addResourceScope(resource, "");
    const grantId = await grant.save();
    grants.push(grantId);
    return provider.interactionFinished(...at, { login: { accountId }, consent: { grantId } });
  };
  return issuer;
}
