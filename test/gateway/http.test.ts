import { createServer, type AddressInfo } from "node:net";
import {
  createSignatureCheck,
  gatewayKeyFor,
  openGatewaySecret,
} from "../../access/gateway-signature";
import { signedIn } from "../testkit/hub";
import { viewer } from "../testkit/viewers";
import { DEADLINE_MS, startSmallGateway, type SmallGateway } from "../testkit/small-gateway";
import { startSmallHub, type SmallHub } from "../testkit/small-hub";

const JSON_TYPE = { "content-type": "application/json" };

describe("the gateway over HTTP", () => {
  let hub: SmallHub;
  let gateway: SmallGateway;

  beforeAll(async () => {
    hub = await startSmallHub();
    gateway = await startSmallGateway(hub);
  });

  afterAll(async () => {
    await gateway.stop();
    await hub.stop();
  });

  const refusal = async (path: string, init?: RequestInit) => {
    const reply = await gateway.visit(path, init);
    const { errors } = (await reply.json()) as {
      errors: Array<{ message: string; extensions: { code: string } }>;
    };
    return { status: reply.status, allow: reply.headers.get("allow"), ...errors[0] };
  };

  it.each<[string, string, RequestInit, number, string | null, RegExp]>([
    [
      "an unknown path",
      "/nowhere",
      {},
      404,
      null,
      /Không có trang này\. \/ There is nothing here\./u,
    ],
    [
      "an unknown method",
      "/graphql",
      { method: "DELETE" },
      405,
      "GET, POST",
      /Only GET, POST is accepted/u,
    ],
    [
      "a POST to a page",
      "/health/live",
      { method: "POST" },
      405,
      "GET, HEAD",
      /Chỉ nhận phương thức GET, HEAD/u,
    ],
    [
      "a body that is not JSON by its type",
      "/graphql",
      {
        method: "POST",
        body: "query={a}",
        headers: { "content-type": "application/x-www-form-urlencoded" },
      },
      415,
      null,
      /Only content-type: application\/json; charset=utf-8 is accepted/u,
    ],
    [
      "another encoding than UTF-8",
      "/graphql",
      {
        method: "POST",
        body: "{}",
        headers: { "content-type": "application/json; charset=utf-16" },
      },
      415,
      null,
      /charset=utf-8/u,
    ],
    [
      "no JSON at all",
      "/graphql",
      { method: "POST", body: "{", headers: JSON_TYPE },
      400,
      null,
      /not JSON/u,
    ],
    [
      "a body over 1 MB",
      "/graphql",
      {
        method: "POST",
        body: JSON.stringify({ query: "#".repeat(1024 * 1024) }),
        headers: JSON_TYPE,
      },
      413,
      null,
      /vượt quá 1 MB/u,
    ],
  ])("refuses %s in both languages", async (_, path, init, status, allow, message) => {
    expect(await refusal(path, init)).toEqual({
      status,
      allow,
      message: expect.stringMatching(message),
      extensions: { code: "BAD_REQUEST" },
    });
  });

  it("takes a body of nearly 1 MB", async () => {
    const { data } = await gateway.ask(`{ museums { name } } #${"x".repeat(1024 * 1024 - 1000)}`);

    expect(data).toEqual({ museums: [{ name: "Bảo tàng tỉnh" }] });
  });

  it("refuses what a foreign page could send without leave", async () => {
    const bare = await refusal("/graphql?query=%7B__typename%7D", { headers: { accept: "*/*" } });
    const asked = await gateway.visit("/graphql?query=%7B__typename%7D", {
      headers: { "apollo-require-preflight": "1" },
    });

    expect([bare.status, bare.extensions!.code]).toEqual([400, "BAD_REQUEST"]);
    expect([asked.status, await asked.json()]).toEqual([200, { data: { __typename: "Query" } }]);
  });

  it.each([
    ["passes a sane request id on and back", "tram-dieu-hanh:42", /^tram-dieu-hanh:42$/u],
    ["makes an id when none is given", undefined, /^[0-9a-f-]{36}$/u],
    ["makes an id in place of one that could forge a log", "a b=c", /^[0-9a-f-]{36}$/u],
  ])("%s", async (_, given, expected) => {
    hub.subgraphs.museums.received = [];

    const { headers } = await gateway.ask(
      `{ museums { name } }`,
      {},
      given ? { "x-request-id": given } : {},
    );

    expect(headers.get("x-request-id")).toMatch(expected);
    expect(hub.subgraphs.museums.received[0]!.headers["x-request-id"]).toBe(
      headers.get("x-request-id"),
    );
  });

  it("passes a client's language on to subgraphs, and its other headers not", async () => {
    hub.subgraphs.museums.received = [];

    await gateway.ask(`{ museums { name } }`, {}, { "accept-language": "vi", cookie: "x=1" });

    const { cookie, ...headers } = hub.subgraphs.museums.received[0]!.headers;
    expect([headers["accept-language"], cookie]).toEqual(["vi", undefined]);
  });

  it("tells a subgraph who asks in a header that it signs, and keeps the token to itself", async () => {
    hub.subgraphs.museums.received = [];
    const { authorization } = await signedIn(gateway.folder, viewer());

    await gateway.ask(`{ museums { name } }`, {}, { authorization: authorization! });

    const { headers, body } = hub.subgraphs.museums.received[0]!;
    const key = gatewayKeyFor(openGatewaySecret(gateway.folder), "museums");
    expect(headers.authorization).toBeUndefined();
    expect(createSignatureCheck(key, "museums")(headers, body)).toMatchObject({
      agencyId: "agency:so-vhttdl",
      roles: ["REPORTER", "APPROVER", "STEWARD"],
    });
  });

  it("names the port that is taken and the setting that changes it", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => taken.once("listening", resolve));
    const { port } = taken.address() as AddressInfo;

    const second = startSmallGateway(hub, { settings: { port } });

    await expect(second).rejects.toThrow(
      `Cổng ${port} đã có chương trình khác dùng; hãy đặt PORT sang cổng khác. / ` +
        `Port ${port} is already in use; set PORT to another one.`,
    );
    await new Promise((resolve) => taken.close(resolve));
  });
});

describe("/health", () => {
  it("asks each subgraph a few times a second, however many want to know, and still tells soon what has changed", async () => {
    const hub = await startSmallHub();
    const gateway = await startSmallGateway(hub);
    const readiness = async () => {
      const reply = await gateway.visit("/health/ready");
      await reply.arrayBuffer();
      return reply.status;
    };
    const many = (times: number) => Promise.all(Array.from({ length: times }, readiness));

    hub.subgraphs.museums.delayMs = 100;
    const together = await many(40);
    const askedAtOnce = hub.subgraphs.museums.received.length;
    hub.subgraphs.museums.delayMs = 0;
    const began = performance.now();
    for (let time = 0; time < 50; time += 1) await many(2);
    const seconds = (performance.now() - began) / 1000;
    const askedInAll = hub.subgraphs.museums.received.length;
    await hub.subgraphs.museums.stop();
    const stopped = performance.now();
    while ((await readiness()) === 200 && performance.now() - stopped < 3000)
      await new Promise((resolve) => setTimeout(resolve, 20));
    const toldAfterMs = performance.now() - stopped;

    expect(new Set(together)).toEqual(new Set([200]));
    expect(askedAtOnce).toBe(1);
    expect(askedInAll).toBeLessThanOrEqual(4 * Math.ceil(seconds + 1));
    expect(toldAfterMs).toBeLessThan(2000);
    await gateway.stop();
    await hub.stop();
  });

  it("is live whatever the subgraphs do, and ready once each of them answers", async () => {
    const hub = await startSmallHub();
    const gateway = await startSmallGateway(hub);
    const up = { state: "UP" };

    const ready = await gateway.visit("/health/ready");
    await hub.subgraphs.museums.stop();
    hub.subgraphs.libraries.says = { oops: true };
    const unready = await gateway.visit("/health/ready");
    const live = await gateway.visit("/health/live");

    expect([ready.status, await ready.json()]).toEqual([
      200,
      {
        ready: true,
        subgraphs: { libraries: up, museums: up, "cultural-centres": up, "agency-tasks": up },
      },
    ]);
    expect([unready.status, await unready.json()]).toEqual([
      503,
      {
        ready: false,
        subgraphs: {
          libraries: {
            state: "DOWN",
            reason: "INVALID_RESPONSE",
            message:
              "Phân hệ libraries không trả lời: nội dung trả về không hợp lệ. / " +
              "Subgraph libraries did not answer: its answer is not a valid GraphQL response.",
          },
          museums: {
            state: "DOWN",
            reason: "REFUSED",
            message:
              "Phân hệ museums không trả lời: không kết nối được. / " +
              "Subgraph museums did not answer: no connection could be made.",
          },
          "cultural-centres": up,
          "agency-tasks": up,
        },
      },
    ]);
    expect([live.status, await live.json()]).toEqual([200, { live: true }]);
    await gateway.stop();
    await hub.stop();
  });
});

describe("stopping the gateway", () => {
  it("finishes the request that has begun and takes no new one", async () => {
    const hub = await startSmallHub();
    const gateway = await startSmallGateway(hub);
    await gateway.ask(`{ museums { name } }`);
    hub.subgraphs.museums.delayMs = DEADLINE_MS / 2;

    const begun = gateway.ask(`{ museums { name } }`);
    await new Promise((resolve) => setTimeout(resolve, DEADLINE_MS / 8));
    const stopped = gateway.stop();
    const late = gateway.ask(`{ museums { name } }`).catch((error: Error) => error.message);

    expect((await begun).data).toEqual({ museums: [{ name: "Bảo tàng tỉnh" }] });
    expect(await late).toBe("fetch failed");
    await stopped;
    await hub.stop();
  });

  it("does not wait for ever", async () => {
    const hub = await startSmallHub();
    const gateway = await startSmallGateway(hub, {
      stopWithinMs: 100,
      settings: { subgraphDeadlineMs: 1500 },
    });
    hub.subgraphs.museums.delayMs = 5000;
    const begun = gateway.ask(`{ museums { name } }`).catch((error: Error) => error.message);
    await new Promise((resolve) => setTimeout(resolve, 50));

    const from = performance.now();
    await gateway.stop();

    expect(performance.now() - from).toBeLessThan(500);
    expect(await begun).toBe("fetch failed");
    await hub.stop();
  });
});
