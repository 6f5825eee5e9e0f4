import { randomBytes } from "node:crypto";
import { createClient } from "redis";
import { CookieClient } from "../../testkit/cookie-client";
import { freePort } from "../../testkit/free-port";
import { CLIENT, startIssuer, type TestIssuer } from "../../testkit/issuer";
import { isRedisHere, REDIS } from "../../testkit/redis";
import { startSmallGateway, type SmallGateway } from "../../testkit/small-gateway";
import { startSmallHub, type SmallHub } from "../../testkit/small-hub";

describe("Sessions kept in Redis", () => {
  let hub: SmallHub;
  let issuer: TestIssuer;
  let origin: string;
  let port: number;
  const gateways: SmallGateway[] = [];
  const gatewaySecret = randomBytes(32).toString("base64url");
  beforeAll(async () => {
    hub = await startSmallHub();
    port = await freePort();
    origin = `http://127.0.0.1:${port}`;
    issuer = await startIssuer(origin);
  });
  afterEach(async () => {
    for (const gateway of gateways.splice(0)) await gateway.stop();
  });
  afterAll(async () => {
    await issuer.stop();
    await hub.stop();
  });

  const gatewayAt = async (at: number, redisUrl: string) => {
    const session = { ...CLIENT, scope: "openid" };
    const gateway = await startSmallGateway(hub, {
      settings: { port: at, publicUrl: origin, session, redisUrl, gatewaySecret },
      access: { OIDC_ISSUER: issuer.url },
    });
    gateways.push(gateway);
    return gateway;
  };
  const ask = (gateway: SmallGateway, cookie: string) =>
    gateway.ask("{ records { __typename } }", {}, { cookie, "sec-fetch-site": "same-origin" });

  it("hold at every gateway, sealed, and their tokens are refreshed by one of them", async () => {
    if (!(await isRedisHere())) return;
    const redis = createClient({ url: REDIS });
    await redis.connect();
    const one = await gatewayAt(port, REDIS);
    const two = await gatewayAt(0, REDIS);
    issuer.accessTokenSeconds = 20;
    const browser = new CookieClient();
    await browser.followTo(`${origin}/session/login`, ({ href }) => href === `${origin}/`);
    const cookie = `hub-session=${browser.cookie(origin, "hub-session")!}`;
    issuer.accessTokenSeconds = 3600;
    const kept = (await redis.keys("hub:session:*")).map((key) => redis.get(key));
    const texts = await Promise.all(kept);
    const answers = await Promise.all([one, two, one, two].map((gateway) => ask(gateway, cookie)));
    await browser.send(`${origin}/session`, { method: "DELETE", headers: { origin } });
    const after = await ask(two, cookie);
    await redis.close();

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(issuer.refreshed).toBe(1);
    expect(texts.filter((text) => !/^eyJ[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+$/u.test(text!))).toEqual(
      [],
    );
    expect(after.errors![0]!.extensions.reason).toBe("SESSION_ENDED");
  });

  it("are not made up where Redis does not answer: nobody is taken for anybody", async () => {
    const gateway = await gatewayAt(0, "redis://127.0.0.1:9");

    const answer = await ask(gateway, `hub-session=${"a".repeat(43)}`);
    const nobody = await gateway.ask("{ records { __typename } }");

    expect(answer.status).toBe(401);
    expect(answer.errors![0]!.extensions.reason).toBe("SESSIONS_UNAVAILABLE");
    expect(nobody.status).toBe(200);
  });
});
