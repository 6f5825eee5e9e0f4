import { startSmallGateway, type SmallGateway } from "../testkit/small-gateway";
import { startSmallHub, type SmallHub } from "../testkit/small-hub";

const JSON_TYPE = { "content-type": "application/json" };
const DATA = {
  "content-security-policy": "default-src 'none';frame-ancestors 'none'",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "origin-agent-cluster": "?1",
  "referrer-policy": "no-referrer",
  "strict-transport-security": "max-age=31536000",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};

let hub: SmallHub;
let gateway: SmallGateway;
beforeAll(async () => {
  hub = await startSmallHub();
  gateway = await startSmallGateway(hub, {
    settings: { corsOrigins: ["https://laichau.example"] },
  });
});
afterAll(async () => {
  await gateway.stop();
  await hub.stop();
});

const guards = ({ headers }: Response) =>
  Object.fromEntries(Object.keys(DATA).map((name) => [name, headers.get(name)]));

describe("Every answer that is no page tells browsers to do nothing with it", () => {
  it.each<[string, string, RequestInit, number]>([
    [
      "an answer of the gateway's own",
      "/graphql",
      { method: "POST", headers: JSON_TYPE, body: '{"query":"{ museums { name } }"}' },
      200,
    ],
    [
      "an answer of Apollo Server's",
      "/graphql",
      { method: "POST", headers: JSON_TYPE, body: '{"query":"{ nothing }"}' },
      200,
    ],
    ["a refusal", "/graphql", { method: "POST", headers: JSON_TYPE, body: "{" }, 400],
    [
      "a preflight",
      "/graphql",
      { method: "OPTIONS", headers: { origin: "https://laichau.example" } },
      204,
    ],
    ["a state of health", "/health/live", {}, 200],
    ["a path that leads nowhere", "/nowhere", {}, 404],
    ["a template of nothing", "/template/nobody", {}, 404],
    ["a file for nobody", "/import/nobody", { method: "POST" }, 404],
  ])("%s", async (_, path, init, status) => {
    const reply = await gateway.visit(path, init);
    await reply.arrayBuffer();

    expect([reply.status, guards(reply)]).toEqual([status, DATA]);
  });
});

it("A page has a policy of its own beside the same guards", async () => {
  const reply = await gateway.visit("/graphql", { headers: { accept: "text/html" } });

  expect(guards(reply)).toEqual({
    ...DATA,
    "content-security-policy":
      "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none';script-src 'self';" +
      "worker-src 'self';style-src 'self' 'unsafe-inline';font-src 'self' data:;img-src 'self' data:;connect-src 'self'",
  });
});
