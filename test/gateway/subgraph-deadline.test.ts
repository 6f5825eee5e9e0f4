import { setImmediate, setTimeout } from "node:timers/promises";
import { createRequestContext } from "../../gateway/request-context";
import { LocalSubgraph } from "../../gateway/subgraph/local-subgraph";
import { questionOf } from "../../gateway/subgraph/subgraph";
import { openFaultyFront, type FaultyFront } from "../testkit/faulty-front";
import { DEADLINE_MS, startSmallGateway, type SmallGateway } from "../testkit/small-gateway";
import { startSmallHub, type SmallHub } from "../testkit/small-hub";

const BOTH = "{ museums { name } libraries { name } }";

/** Nobody is listened to meanwhile. */
const work = (forMs: number) => {
  const began = performance.now();
  while (performance.now() - began < forMs);
};

describe("Time in which the gateway was busy with something else", () => {
  let hub: SmallHub;
  let front: FaultyFront;
  let gateway: SmallGateway;
  beforeEach(async () => {
    hub = await startSmallHub();
    front = await openFaultyFront(hub.subgraphs.museums.url);
    gateway = await startSmallGateway(hub, { urls: { museums: front.url } });
  });
  afterEach(async () => {
    await gateway.stop();
    await front.stop();
    await hub.stop();
  });

  it("is not counted against a subgraph that has answered meanwhile", async () => {
    hub.subgraphs.museums.delayMs = 100;

    const asked = gateway.ask(BOTH);
    while (hub.subgraphs.museums.received.length === 0) await setTimeout(1);
    work(DEADLINE_MS + 100);
    const answer = await asked;

    expect(answer.errors).toBeUndefined();
    expect(answer.data.museums).toEqual([{ name: "Bảo tàng tỉnh" }]);
  });

  it("is given back once, and not for ever: one that hangs is given up", async () => {
    await front.break("hangs");

    const asked = gateway.ask(BOTH);
    while (front.asked() === 0) await setTimeout(1);
    work(DEADLINE_MS + 100);
    const answer = await asked;

    expect(answer.errors!.map(({ extensions }) => extensions.reason)).toEqual(["TIMEOUT"]);
    expect(answer.data.libraries).toHaveLength(2);
  });
});

describe("Time in which a subgraph in the gateway's own process could not be listened to", () => {
  const ask = (answer: () => Promise<void>) =>
    new LocalSubgraph("museums", 100, {
      answer: async () => {
        await answer();
        return { data: {} };
      },
    }).ask(questionOf(BOTH), createRequestContext({}));

  it("is not counted against it either", async () => {
    const asked = ask(async () => {
      await setTimeout(50);
      await setImmediate();
    });
    work(200);

    expect(await asked).toEqual({ body: { data: {} } });
  });

  it("is given back as far as a tenth of a second, however long it was", async () => {
    const asked = ask(async () => {
      await setTimeout(50);
      await setTimeout(250);
    });
    work(500);

    expect(await asked).toMatchObject({ fault: { reason: "TIMEOUT" } });
  });
});
