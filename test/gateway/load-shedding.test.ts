import { readEnvironment } from "../../gateway/environment";
import { Admission } from "../../gateway/limits/admission";
import { startSmallGateway, type Answer, type SmallGateway } from "../testkit/small-gateway";
import { startSmallHub, type SmallHub } from "../testkit/small-hub";

const CAPACITY = 20;
const NAMED = { museums: [{ name: "Bảo tàng tỉnh" }] };

describe("A gateway that is asked ten times what it can bear", () => {
  let hub: SmallHub;
  let gateway: SmallGateway;
  beforeAll(async () => {
    hub = await startSmallHub();
    const admission = { ...readEnvironment({}).admission, maxRequestsAtOnce: CAPACITY };
    gateway = await startSmallGateway(hub, {
      settings: { admission, subgraphDeadlineMs: 20_000 },
    });
  });
  afterAll(async () => {
    await gateway.stop();
    await hub.stop();
  });

  it("refuses the rest while it is busy, answers whom it let in, and is whole at once afterwards", async () => {
    const open = withResolvers();
    hub.subgraphs.museums.gate = open.promise;
    const refused: Answer[] = [];
    const answered: Answer[] = [];
    const asked = Array.from({ length: 10 * CAPACITY }, async (_, at) => {
      const answer = await gateway.ask(`query Q${at} { museums { name } }`);
      (answer.status === 503 ? refused : answered).push(answer);
      // Opened by the last refusal: all of them came while nobody was answered.
      if (refused.length === 9 * CAPACITY) open.resolve();
    });
    await Promise.all(asked);

    hub.subgraphs.museums.gate = undefined;
    const after = await Promise.all(
      Array.from({ length: CAPACITY }, (_, at) => gateway.ask(`query A${at} { museums { name } }`)),
    );

    expect(answered.map(({ data }) => data)).toEqual(Array(CAPACITY).fill(NAMED));
    expect(hub.subgraphs.museums.received).toHaveLength(2 * CAPACITY);
    for (const { headers, errors } of refused) {
      expect(headers.get("retry-after")).toBe("1");
      expect(errors).toEqual([
        {
          message:
            "Hệ thống đang quá tải; hãy thử lại sau 1 giây. / The hub is overloaded; try again in 1 s.",
          extensions: { code: "OVERLOADED" },
        },
      ]);
    }
    expect(after.map(({ data }) => data)).toEqual(Array(CAPACITY).fill(NAMED));
  });
});

const BUSY = { now: () => 0, isBusy: () => true };

describe("Admission", () => {
  const settings = { ...readEnvironment({}).admission, maxRequestsAtOnce: 1000 };
  const overload = { status: 503, reason: "overload", retryAfterSeconds: 1 };

  it("lets nobody else in while the process is late with its work, once enough are inside", () => {
    let latenessMs = 0;
    const admission = new Admission(settings, { ...BUSY, now: () => latenessMs });
    for (let request = 0; request < 64; request += 1) admission.enter("a");

    latenessMs = 201;
    const late = [admission.refuse("a"), admission.enter("a")];
    latenessMs = 200;
    const inTime = [admission.refuse("a"), admission.enter("a")];

    expect(late).toEqual([overload, overload]);
    expect(inTime).toEqual([undefined, undefined]);
  });

  it("takes a process that pauses with little to do for no overloaded one", () => {
    const admission = new Admission(settings, { ...BUSY, now: () => 10_000 });
    for (let request = 0; request < 63; request += 1) admission.enter("a");

    expect(admission.refuse("a")).toBeUndefined();
  });

  it("lets nobody in whose turn would come after four seconds, by how many are answered", () => {
    let nowMs = 0;
    const admission = new Admission(settings, BUSY, () => nowMs);
    for (let request = 0; request < 200; request += 1) admission.enter("a");
    // A hundred in a second.
    nowMs = 1000;
    for (let request = 0; request < 100; request += 1) admission.leave("a");
    nowMs = 2000;
    for (let request = 0; request < 100; request += 1) admission.leave("a");
    for (let request = 0; request < 400; request += 1) admission.enter("a");

    const withFourHundredInside = admission.enter("a");
    const withOneMore = admission.enter("a");

    expect([withFourHundredInside, withOneMore]).toEqual([undefined, overload]);
  });

  it("takes itself for slow until it knows how many are answered", () => {
    const admission = new Admission(settings, BUSY, () => 0);

    let inside = 0;
    while (admission.enter("a") === undefined) inside += 1;

    // One more than 64 in a second for four seconds.
    expect(inside).toBe(257);
  });

  it("takes requests that wait for a subgraph, while it has time to spare, for no overload of its own", () => {
    const admission = new Admission(settings, { ...BUSY, isBusy: () => false }, () => 0);

    let inside = 0;
    while (admission.enter("a") === undefined) inside += 1;

    expect(inside).toBe(settings.maxRequestsAtOnce);
  });

  it("forgets how slow it was once it has been idle", () => {
    let nowMs = 0;
    const admission = new Admission(settings, BUSY, () => nowMs);
    for (let request = 0; request < 250; request += 1) admission.enter("a");
    for (nowMs of [1000, 2000]) admission.leave("a");
    expect(admission.enter("a")).toEqual(overload);

    nowMs = 60_000;
    for (let request = 0; request < 248; request += 1) admission.leave("a");

    for (let request = 0; request < 200; request += 1) expect(admission.enter("a")).toBeUndefined();
  });
});

function withResolvers() {
  let resolve = () => {};
  const promise = new Promise<void>((fulfil) => (resolve = fulfil));
  return { promise, resolve };
}
