import { bundle } from "../../gateway/graphiql/bundle";
import { startSmallGateway, type SmallGateway } from "../testkit/small-gateway";
import { startSmallHub, type SmallHub } from "../testkit/small-hub";

describe("the query page", () => {
  let hub: SmallHub;
  let gateway: SmallGateway;

  beforeAll(async () => {
    await bundle();
    hub = await startSmallHub();
    gateway = await startSmallGateway(hub);
  }, 30_000);

  afterAll(async () => {
    await gateway.stop();
    await hub.stop();
  });

  const browse = (path: string) =>
    gateway.visit(path, { headers: { accept: "text/html,application/xhtml+xml,*/*;q=0.8" } });

  it("greets browsers in Vietnamese, under a policy that lets nothing in from elsewhere", async () => {
    const reply = await browse("/graphql?query=%7Ba%7D");
    const page = await reply.text();

    expect(reply.status).toBe(200);
    expect(page).toContain("<title>Truy vấn dữ liệu học tập suốt đời – Lai Châu</title>");
    expect(page).not.toMatch(/https?:/u);
    const policy = reply.headers.get("content-security-policy")!;
    expect(policy).toMatch(/^default-src 'none';.*;script-src 'self';worker-src 'self';/u);
    expect(policy).not.toMatch(/https?:|\*|unsafe-eval|script-src[^;]*unsafe/u);
  });

  it("brings the query across sectors with it, ready to run", async () => {
    const script = await (await browse("/graphiql/page.js")).text();

    expect(script).toContain("query CrossSectorCoverage($code: ID!, $year: Int!)");
    expect(script).toMatch(/code:\s*"12",\s*year:\s*2025/u);
  });

  it.each([
    ["page.js", "text/javascript; charset=utf-8"],
    ["page.css", "text/css; charset=utf-8"],
    ["editor.worker.js", "text/javascript; charset=utf-8"],
    ["graphql.worker.js", "text/javascript; charset=utf-8"],
    ["json.worker.js", "text/javascript; charset=utf-8"],
    ["codicon.ttf", "font/ttf"],
  ])("has %s on this server, and sends it once", async (name, type) => {
    const first = await browse(`/graphiql/${name}`);
    await first.arrayBuffer();
    const again = await gateway.visit(`/graphiql/${name}`, {
      headers: { "if-none-match": first.headers.get("etag")! },
    });

    expect([first.status, first.headers.get("content-type"), again.status]).toEqual([
      200,
      type,
      304,
    ]);
  });

  it.each(["/graphiql/nothing.js", "/graphiql/..%2Fserve.js", "/graphiql/page.mjs", "/graphiql/"])(
    "gives nothing else away: %s",
    async (path) => {
      expect((await browse(path)).status).toBe(404);
    },
  );
});
