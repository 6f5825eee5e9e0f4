import { startSmallGateway, type SmallGateway } from "../../testkit/small-gateway";
import { startSmallHub, type SmallHub } from "../../testkit/small-hub";
import { CLIENT, startIssuer, type TestIssuer } from "../../testkit/issuer";
import { CookieClient } from "../../testkit/cookie-client";
import { freePort } from "../../testkit/free-port";

describe("Signing in at an issuer", () => {
  let hub: SmallHub;
  let gateway: SmallGateway;
  let issuer: TestIssuer;
  let origin: string;
  beforeAll(async () => {
    hub = await startSmallHub();
    const port = await freePort();
    origin = `http://127.0.0.1:${port}`;
    issuer = await startIssuer(origin);
    gateway = await startSmallGateway(hub, {
      settings: {
        port,
        publicUrl: origin,
        session: { ...CLIENT, scope: "openid" },
      },
      access: { OIDC_ISSUER: issuer.url },
    });
  });
  afterAll(async () => {
    await gateway.stop();
    await issuer.stop();
    await hub.stop();
  });
  beforeEach(() => {
    issuer.account = "can-bo-1";
    issuer.audience = "lai-chau-hub";
    issuer.accessTokenSeconds = 3600;
    issuer.refreshed = 0;
    issuer.revoked = 0;
  });

  const isCallback = ({ pathname }: URL) => pathname === "/session/callback";
  const isPage = (address: URL) => address.origin === origin && !isCallback(address);
  const login = (browser: CookieClient, to = "/nhap-lieu?nam=2026") =>
    browser.followTo(`${origin}/session/login?to=${encodeURIComponent(to)}`, isPage);
  const who = async (browser: CookieClient): Promise<any> =>
    (await browser.send(`${origin}/session`)).json();
  const graphql = (browser: CookieClient, headers: Record<string, string> = { origin }) =>
    browser.send(`${origin}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify({ query: "{ records { __typename } }" }),
    });
  /** Whom the last request to the subgraph was signed for. */
  const toldViewer = () => {
    const told = hub.subgraphs["agency-tasks"].received.at(-1)!.headers["hub-viewer"];
    return told === undefined
      ? null
      : JSON.parse(Buffer.from(String(told), "base64url").toString("utf8"));
  };

  it("brings the browser back to where it was, signed in, with nothing that a script could read", async () => {
    const browser = new CookieClient();

    const page = await login(browser);
    const session = await who(browser);
    await graphql(browser);

    expect(page.href).toBe(`${origin}/nhap-lieu?nam=2026`);
    expect(session.signIn).toEqual({ issuer: issuer.url, loginUrl: "/session/login" });
    expect(session.viewer).toMatchObject({
      agencyId: "agency:so-gddt",
      roles: ["REPORTER"],
      sectors: ["EDUCATION"],
      units: ["unit:12"],
    });
    expect(browser.cookie(origin, "hub-session")).toMatch(/^[\w-]{43}$/u);
    expect(browser.cookie(origin, "hub-login")).toBeUndefined();
    expect(toldViewer()).toMatchObject({ subject: "can-bo-1", agencyId: "agency:so-gddt" });
  });

  it("asks with a proof key, a state and a nonce that are new each time", async () => {
    const ask = async () =>
      new URL((await new CookieClient().send(`${origin}/session/login`)).headers.get("location")!)
        .searchParams;

    const [one, two] = [await ask(), await ask()];

    expect(Object.fromEntries(one)).toMatchObject({
      response_type: "code",
      client_id: "hub",
      redirect_uri: `${origin}/session/callback`,
      code_challenge_method: "S256",
    });
    for (const name of ["state", "nonce", "code_challenge"]) {
      expect(one.get(name)).toMatch(/^[\w-]{43}$/u);
      expect(one.get(name)).not.toBe(two.get(name));
    }
  });

  it("keeps its cookies from scripts, and the session's from other sites", async () => {
    const browser = new CookieClient();
    const begun = await browser.send(`${origin}/session/login`);
    const back = await browser.followTo(begun.headers.get("location")!, isCallback);
    const landed = await browser.send(back);

    expect(begun.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^hub-login=[\w.-]+; Path=\/; Max-Age=600; HttpOnly; SameSite=Lax$/u),
    ]);
    expect(landed.headers.getSetCookie()).toEqual([
      "hub-login=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax",
      expect.stringMatching(
        /^hub-session=[\w-]{43}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Strict$/u,
      ),
    ]);
    expect(landed.headers.get("cache-control")).toBe("no-store");
  });

  it.each([
    "https://elsewhere.example/",
    "//elsewhere.example",
    "/\\elsewhere.example",
    "nhap-lieu",
    "/\t/elsewhere.example",
  ])("goes nowhere else afterwards: %s", async (to) => {
    expect((await login(new CookieClient(), to)).href).toBe(`${origin}/`);
  });

  it("refuses an answer with another state, or to another browser, and says to begin again", async () => {
    const browser = new CookieClient();
    const stranger = new CookieClient();
    const back = await browser.followTo(`${origin}/session/login?to=/nhap-lieu`, isCallback);
    const changed = new URL(back);
    changed.searchParams.set("state", "of-somebody-else");

    const byStranger = await stranger.send(back);
    const wrong = await browser.send(changed);

    expect(byStranger.headers.get("location")).toBe("/dang-nhap?error=START_AGAIN&to=%2F");
    expect(wrong.headers.get("location")).toBe("/dang-nhap?error=START_AGAIN&to=%2Fnhap-lieu");
    expect((await who(browser)).viewer).toBeNull();
    expect((await who(stranger)).viewer).toBeNull();
  });

  it("takes a code once", async () => {
    const browser = new CookieClient();
    const begun = await browser.send(`${origin}/session/login`);
    const attempt = browser.cookie(origin, "hub-login")!;
    const back = await browser.followTo(begun.headers.get("location")!, isCallback);
    await browser.send(back);

    const replaying = new CookieClient();
    replaying.keep(origin, "hub-login", attempt);
    const replayed = await replaying.send(back);

    expect(replayed.headers.get("location")).toBe("/dang-nhap?error=START_AGAIN&to=%2F");
    expect((await who(replaying)).viewer).toBeNull();
  });

  it("does not take a code that the issuer gave to another attempt", async () => {
    const victim = new CookieClient();
    const thief = new CookieClient();
    const stolen = await victim.followTo(`${origin}/session/login`, isCallback);
    const own = await thief.followTo(`${origin}/session/login`, isCallback);
    own.searchParams.set("code", stolen.searchParams.get("code")!);

    const landed = await thief.send(own);

    expect(landed.headers.get("location")).toBe("/dang-nhap?error=START_AGAIN&to=%2F");
    expect((await who(thief)).viewer).toBeNull();
  });

  it("says so when somebody goes back without signing in", async () => {
    issuer.account = null;

    const page = await login(new CookieClient());

    expect(page.href).toBe(`${origin}/dang-nhap?error=CANCELLED&to=%2Fnhap-lieu%3Fnam%3D2026`);
  });

  it("does not take tokens that are for somebody else", async () => {
    issuer.audience = "another-hub";
    const browser = new CookieClient();

    const page = await login(browser, "/");

    expect(page.href).toBe(`${origin}/dang-nhap?error=WRONG_AUDIENCE&to=%2F`);
    expect((await who(browser)).viewer).toBeNull();
    expect(gateway.logged.map(({ msg }) => msg)).toContain("nobody was signed in");
    // What the issuer sends a browser back with is good for signing in.
    expect(JSON.stringify(gateway.logged)).not.toMatch(/code=|state=/u);
  });

  it("refreshes the tokens once, however many ask at the same time", async () => {
    issuer.accessTokenSeconds = 20;
    const browser = new CookieClient();
    await login(browser);
    issuer.accessTokenSeconds = 3600;

    const statuses = (await Promise.all([1, 2, 3, 4, 5].map(() => graphql(browser)))).map(
      ({ status }) => status,
    );
    await graphql(browser);

    expect(statuses).toEqual([200, 200, 200, 200, 200]);
    expect(issuer.refreshed).toBe(1);
    expect(toldViewer()).toMatchObject({ subject: "can-bo-1" });
  });

  it("ends when the issuer gives no more tokens, and says so once", async () => {
    issuer.accessTokenSeconds = 20;
    const browser = new CookieClient();
    await login(browser);
    await issuer.forgetEverybody();

    const refused = await graphql(browser);
    const asNobody = await graphql(browser);

    expect(refused.status).toBe(401);
    expect(await refused.json()).toEqual({
      errors: [
        {
          message:
            "Phiên đăng nhập đã kết thúc; hãy đăng nhập lại. / The session has ended; sign in again.",
          extensions: { code: "UNAUTHENTICATED", reason: "SESSION_ENDED" },
        },
      ],
    });
    expect(asNobody.status).toBe(200);
    expect(toldViewer()).toBeNull();
  });

  it("signs out here, takes the refresh token back, and says where to sign out of the issuer", async () => {
    const browser = new CookieClient();
    await login(browser);
    const name = browser.cookie(origin, "hub-session")!;

    const out = await browser.send(`${origin}/session`, { method: "DELETE", headers: { origin } });
    const { signOutUrl } = (await out.json()) as { signOutUrl: string };
    const thief = new CookieClient();
    thief.keep(origin, "hub-session", name);
    const after = await graphql(thief);

    expect(new URL(signOutUrl).origin).toBe(issuer.url);
    expect(Object.fromEntries(new URL(signOutUrl).searchParams)).toEqual({
      client_id: "hub",
      post_logout_redirect_uri: `${origin}/`,
    });
    expect(issuer.revoked).toBe(1);
    expect((await who(browser)).viewer).toBeNull();
    expect(after.status).toBe(401);
    expect(await after.json()).toMatchObject({
      errors: [{ extensions: { reason: "SESSION_ENDED" } }],
    });
    expect(thief.cookie(origin, "hub-session")).toBeUndefined();
  });
});
