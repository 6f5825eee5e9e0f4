import { issueToken, type Grant } from "../../../access/access-token";
import { openSigningKey } from "../../../access/signing-key";
import { CookieClient } from "../../testkit/cookie-client";
import { startSmallGateway, type SmallGateway } from "../../testkit/small-gateway";
import { startSmallHub, type SmallHub } from "../../testkit/small-hub";

const HOUR = 3600;
const grant: Grant = {
  subject: "can-bo-1",
  agencyId: "agency:so-gddt",
  sectors: ["EDUCATION"],
  units: ["unit:12"],
  roles: ["REPORTER"],
  lifetimeSeconds: HOUR,
};

describe("Signing in with a pasted token", () => {
  let hub: SmallHub;
  let gateway: SmallGateway;
  let origin: string;
  let browser: CookieClient;
  beforeAll(async () => {
    hub = await startSmallHub();
    gateway = await startSmallGateway(hub);
    ({ origin } = new URL(gateway.url));
  });
  afterAll(async () => {
    await gateway.stop();
    await hub.stop();
  });
  beforeEach(() => {
    browser = new CookieClient();
  });

  const token = (is: Partial<Grant> = {}, at?: Date) =>
    issueToken(openSigningKey(gateway.folder), { ...grant, ...is }, at && (() => at));
  const paste = (pasted: unknown, headers: Record<string, string> = { origin }) =>
    browser.send(`${origin}/session`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify({ token: pasted }),
    });
  const who = async (): Promise<any> => (await browser.send(`${origin}/session`)).json();
  const ask = (headers: Record<string, string> = { origin }) =>
    browser.send(`${origin}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify({ query: "{ records { __typename } }" }),
    });
  const received = () => hub.subgraphs["agency-tasks"].received;
  const toldViewers = (from = 0) =>
    received()
      .slice(from)
      .map(({ headers }) => headers["hub-viewer"])
      .map((told) =>
        told === undefined
          ? null
          : (JSON.parse(Buffer.from(String(told), "base64url").toString("utf8")) as Grant).subject,
      );

  it("begins a session that lasts no longer than the token, and tells no token to the page", async () => {
    const pasted = await token();
    const response = await paste(` Bearer ${pasted}\n`);
    const session: any = await response.json();

    expect(response.status).toBe(200);
    expect(session).toEqual({
      signIn: { issuer: null, loginUrl: null },
      viewer: {
        agencyId: "agency:so-gddt",
        roles: ["REPORTER"],
        sectors: ["EDUCATION"],
        units: ["unit:12"],
        until: expect.any(String),
      },
    });
    const { exp } = JSON.parse(Buffer.from(pasted.split(".")[1]!, "base64url").toString("utf8"));
    expect(Date.parse(session.viewer.until)).toBe(exp * 1000);
    expect(await who()).toEqual(session);
    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^hub-session=[\w-]{43}; Path=\/; Max-Age=3[56]\d\d; HttpOnly; SameSite=Strict$/u,
      ),
    ]);
  });

  it("lasts twelve hours at most, however long the token would", async () => {
    await paste(await token({ lifetimeSeconds: 30 * 24 * HOUR }));

    const left = Date.parse((await who()).viewer.until) - Date.now();

    expect(Math.round(left / 1000 / HOUR)).toBe(12);
  });

  it.each([
    ["MALFORMED", async () => "khong-phai-ma"],
    ["MALFORMED", async () => 42],
    ["EXPIRED", async () => token({}, new Date(Date.now() - 3 * HOUR * 1000))],
    ["BAD_SIGNATURE", async () => `${(await token()).slice(0, -8)}AAAAAAAA`],
  ])("is refused as %s, and begins nothing", async (reason, wrong) => {
    const response = await paste(await wrong());

    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({
      errors: [{ extensions: { code: "UNAUTHENTICATED", reason } }],
    });
    expect(response.headers.getSetCookie()).toEqual([]);
    expect((await who()).viewer).toBeNull();
  });

  it("is refused when a page of another site sends it, or a form", async () => {
    const good = await token();
    const statuses = [
      await paste(good, { origin: "https://elsewhere.example" }),
      await paste(good, { origin, "sec-fetch-site": "cross-site" }),
      await paste(good, { origin, "sec-fetch-site": "same-site" }),
      await paste(good, { origin: "null" }),
      await paste(good, {}),
      await paste(good, { origin, "content-type": "text/plain" }),
    ].map(({ status }) => status);

    expect(statuses).toEqual([403, 403, 403, 403, 403, 415]);
    expect((await who()).viewer).toBeNull();
  });

  it("gives its rights to the hub's own pages alone", async () => {
    await paste(await token());
    const from = received().length;

    await ask({ origin });
    await ask({ "sec-fetch-site": "same-origin", origin: "http://behind-a-proxy.example" });
    await ask({ origin: "https://elsewhere.example" });
    await ask({ origin, "sec-fetch-site": "same-site" });
    await ask({});

    expect(toldViewers(from)).toEqual(["can-bo-1", "can-bo-1", null, null, null]);
  });

  it("does not hide a token that the request itself brings", async () => {
    await paste(await token());
    const from = received().length;

    await ask({ origin, authorization: `Bearer ${await token({ subject: "can-bo-2" })}` });
    const wrong = await ask({ origin, authorization: "Bearer a.b.c" });

    expect(toldViewers(from)).toEqual(["can-bo-2"]);
    expect(wrong.status).toBe(401);
  });

  it("shares no answer under way with anybody else", async () => {
    const mine = browser;
    await paste(await token());
    const theirs = new CookieClient();
    browser = theirs;
    await paste(await token({ subject: "can-bo-2" }));
    const nobody = new CookieClient();
    const from = received().length;
    hub.subgraphs["agency-tasks"].delayMs = 100;

    await Promise.all(
      [mine, mine, theirs, nobody].map((client) => {
        browser = client;
        return ask();
      }),
    );
    hub.subgraphs["agency-tasks"].delayMs = 0;

    expect(toldViewers(from).sort()).toEqual(["can-bo-1", "can-bo-2", null]);
  });

  it("ends for good when the officer signs out, on this page or another's behalf", async () => {
    await paste(await token());
    const name = browser.cookie(origin, "hub-session")!;
    const signOut = (headers: Record<string, string>) =>
      browser.send(`${origin}/session`, { method: "DELETE", headers });

    const foreign = await signOut({ origin: "https://elsewhere.example" });
    const stillThere = await who();
    const own = await signOut({ origin });
    const after = await who();
    browser.keep(origin, "hub-session", name);
    const late = await ask();

    expect(foreign.status).toBe(403);
    expect(stillThere.viewer).not.toBeNull();
    expect(await own.json()).toEqual({ signOutUrl: null });
    expect(after.viewer).toBeNull();
    expect(late.status).toBe(401);
  });

  it("begins under a new name each time, and ends what was there before", async () => {
    await paste(await token());
    const before = browser.cookie(origin, "hub-session")!;

    await paste(await token({ subject: "can-bo-2" }));
    const after = browser.cookie(origin, "hub-session")!;
    browser.keep(origin, "hub-session", before);
    const session = await who();

    expect(after).not.toBe(before);
    expect(session).toMatchObject({ viewer: null, ended: expect.stringContaining("kết thúc") });
  });

  it("answers for the page of an unknown step with what may be asked", async () => {
    const put = await browser.send(`${origin}/session`, { method: "PUT" });
    const login = await browser.send(`${origin}/session/login?to=/nhap-lieu`);
    const nothing = await browser.send(`${origin}/session/elsewhere`);

    expect([put.status, put.headers.get("allow")]).toEqual([405, "GET, POST, DELETE"]);
    expect([login.status, login.headers.get("location")]).toEqual([
      303,
      "/dang-nhap?to=%2Fnhap-lieu",
    ]);
    expect(nothing.status).toBe(404);
  });
});

describe("A hub that browsers reach by https", () => {
  it("gives cookies that no plain connection and no other host can set or see", async () => {
    const hub = await startSmallHub();
    const settings = { publicUrl: "https://hub.example" };
    const gateway = await startSmallGateway(hub, { settings });
    const token = await issueToken(openSigningKey(gateway.folder), grant);

    const response = await gateway.visit("/session", {
      method: "POST",
      headers: { "content-type": "application/json", origin: "https://hub.example" },
      body: JSON.stringify({ token }),
    });
    await gateway.stop();
    await hub.stop();

    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^__Host-hub-session=[\w-]{43}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Strict; Secure$/u,
      ),
    ]);
  });
});
