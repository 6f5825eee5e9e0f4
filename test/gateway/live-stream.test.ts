import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { connect } from "node:net";
import { issueToken } from "../../access/access-token";
import { openSigningKey } from "../../access/signing-key";
import { EventStream } from "../../gateway/live/event-stream";
import { openStream } from "../testkit/event-stream";
import { asker } from "../testkit/hub";
import { viewer } from "../testkit/viewers";
import { LiveHub, SUBSCRIPTION } from "../testkit/live-hub";

let live: LiveHub;

beforeAll(async () => {
  live = await LiveHub.start();
}, 120_000);
afterEach(() => live.closeStreams());
afterAll(() => live.stop(), 30_000);

describe("A stream", () => {
  it("hears that the connection is alive", async () => {
    const stream = await live.follow();

    await stream.until(":\nid:");
    const { length } = stream.text();
    await new Promise((resolve) => setTimeout(resolve, 100));
    await stream.until("\n\n:\n");

    expect(stream.text().length).toBeGreaterThanOrEqual(length);
    expect(stream.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
  });

  it("ends when the token expires, and says so", async () => {
    // Clocks may be a minute apart, so a token that ran out 58 seconds ago is believed for two more.
    const grant = { ...viewer(), lifetimeSeconds: -58 };
    const token = await issueToken(openSigningKey(live.hub.folder), grant);
    const stream = await live.follow({}, { headers: { authorization: `Bearer ${token}` } });

    const last = await stream.next();

    expect(last!.data.errors[0].extensions.code).toBe("UNAUTHENTICATED");
    expect((await stream.next("complete"))?.event).toBe("complete");
    expect(await stream.next()).toBeUndefined();
  }, 20_000);

  it("is refused to a token that is not believed", async () => {
    const response = await fetch(live.gateways[0]!.url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "text/event-stream",
        authorization: "Bearer x.y.z",
      },
      body: JSON.stringify({ query: SUBSCRIPTION }),
    });

    expect(response.status).toBe(401);
  });

  it("ends when the gateway stops, without a word that would keep the client from coming again", async () => {
    const gateway = await live.open();
    const stream = await live.follow({}, { gateway });

    await gateway.stop();
    live.gateways.pop();

    expect(await stream.next("complete")).toBeUndefined();
    expect(stream.text()).not.toContain("event: complete");
  }, 20_000);

  it("is one of a bounded number, for one client and for all", async () => {
    const gateway = await live.open({
      settings: { metricsPort: 0, live: { maxSubscribers: 2, subscribersPerClient: 1 } },
    });
    const counted = async () => (await fetch(gateway.metricsUrl!)).text();
    const ask = (from: string) =>
      fetch(gateway.url, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          accept: "text/event-stream",
          "x-forwarded-for": from,
        },
        body: JSON.stringify({ query: SUBSCRIPTION }),
      });
    const first = await live.follow({}, { gateway });

    const second = await ask("");
    const whileOpen = await counted();
    first.close();
    let again = await ask("");
    for (let tries = 0; again.status === 429 && tries < 100; tries += 1) again = await ask("");

    expect(whileOpen).toContain("hub_subscriptions 1\n");
    expect(whileOpen).toContain('hub_refused_total{reason="subscriptions"} 1\n');
    expect([second.status, second.headers.get("retry-after")]).toEqual([429, "10"]);
    expect(again.status).toBe(200);
    await again.body!.cancel();
    const none = await live.open({
      settings: { live: { maxSubscribers: 0, subscribersPerClient: 1 } },
    });
    const refused = await openStream(none.url, SUBSCRIPTION);
    expect(refused.status).toBe(503);
  }, 30_000);

  it("is broken off for a client that does not read", async () => {
    let wasDropped = false;
    const server = createServer((_request, response) => {
      const stream = new EventStream(response);
      for (let count = 0; count < 64 && !response.destroyed; count += 1)
        stream.next({ data: "x".repeat(1024 * 1024) });
      wasDropped = response.destroyed;
      response.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
    const closed = new Promise((resolve) => socket.once("close", resolve));
    socket.on("error", () => undefined).pause();
    socket.write("GET / HTTP/1.1\r\nhost: hub\r\n\r\n");
    await new Promise((resolve) => server.once("request", resolve));
    socket.resume();
    await closed;
    await new Promise((resolve) => server.close(resolve));

    expect(wasDropped).toBe(true);
  });

  it.each([
    ["no subscription", "{ museums { totalCount } }", "BAD_REQUEST"],
    ["no GraphQL", "subscription {", "GRAPHQL_PARSE_FAILED"],
    ["not of the schema", "subscription { nothing }", "GRAPHQL_VALIDATION_FAILED"],
    [
      "from an unknown place",
      `subscription { figuresChanged(after: "abc") { kind } }`,
      "BAD_USER_INPUT",
    ],
  ])("of what is %s says so and ends", async (_, query, code) => {
    const stream = await openStream(live.gateways[0]!.url, query);

    const told = await stream.next();

    expect(told!.data.errors[0].extensions.code).toBe(code);
    expect((await stream.next("complete"))?.event).toBe("complete");
  });

  it("is what a subscription over plain HTTP is told to ask for", async () => {
    const { data, errors } = await asker(live.gateways[0]!.url)(SUBSCRIPTION);

    expect(data).toBeUndefined();
    expect(errors![0]!.message).toContain("send Accept: text/event-stream");
  });

  it("is opened by GET too, as browsers' EventSource does", async () => {
    const address = `${live.gateways[0]!.url}?query=${encodeURIComponent("subscription { figuresChanged { kind } }")}`;
    const leaving = new AbortController();

    const response = await fetch(address, {
      headers: { accept: "text/event-stream" },
      signal: leaving.signal,
    });
    leaving.abort();

    expect([response.status, response.headers.get("content-type")]).toEqual([
      200,
      "text/event-stream; charset=utf-8",
    ]);
  });
});
