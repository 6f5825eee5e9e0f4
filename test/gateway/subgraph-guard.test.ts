import { setTimeout } from "node:timers/promises";
import { createRequestContext } from "../../gateway/request-context";
import { questionOf } from "../../gateway/subgraph/subgraph";
import { SubgraphConnection } from "../../gateway/subgraph/subgraph-connection";
import {
  badStatus,
  brokenConnection,
  NOT_ASKED,
  OVERLOADED,
  timedOut,
  type Fault,
} from "../../gateway/subgraph/subgraph-fault";
import { SubgraphGuard } from "../../gateway/subgraph/subgraph-guard";
import { openFaultyFront, type FaultyFront } from "../testkit/faulty-front";
import { DEADLINE_MS, startSmallGateway, type SmallGateway } from "../testkit/small-gateway";
import { composeSmallHub, startSmallHub, type SmallHub } from "../testkit/small-hub";

const MUSEUMS = "{ museums { name } }";
const BOTH = "{ museums { name } libraries { name } }";
const NAMED = [{ name: "Bảo tàng tỉnh" }];

let hub: SmallHub;
let front: FaultyFront;
let gateway: SmallGateway;
beforeEach(async () => {
  hub = await startSmallHub();
  front = await openFaultyFront(hub.subgraphs.museums.url);
  gateway = await startSmallGateway(hub, {
    supergraph: composeSmallHub({ more: { museums: "type Mutation { closeMuseums: Boolean }" } }),
    urls: { museums: front.url },
  });
});
afterEach(async () => {
  await gateway.stop();
  await front.stop();
  await hub.stop();
});

const reasons = ({ errors = [] }: { errors?: { extensions: Record<string, unknown> }[] }) =>
  errors.map(({ extensions }) => extensions.reason);

describe("A question that was not carried out", () => {
  it("is asked again within the same request", async () => {
    await front.break("answers 503", 2);

    const answer = await gateway.ask(MUSEUMS);

    expect(answer.data).toEqual({ museums: NAMED });
    expect(answer.errors).toBeUndefined();
    expect(front.asked()).toBe(3);
  });

  it("is given up after the third time", async () => {
    await front.break("answers 503");

    const answer = await gateway.ask(MUSEUMS);

    expect(reasons(answer)).toEqual(["HTTP_STATUS"]);
    expect(front.asked()).toBe(3);
  });

  it("is not asked again when it may have been carried out", async () => {
    await front.break("resets connections");

    const answer = await gateway.ask(MUSEUMS);

    expect(reasons(answer)).toEqual(["RESET"]);
    expect(front.asked()).toBe(1);
  });

  it("is not asked again when it would change something", async () => {
    await front.break("answers 503");

    const answer = await gateway.ask("mutation { closeMuseums }");

    expect(reasons(answer)).toEqual(["HTTP_STATUS"]);
    expect(front.asked()).toBe(1);
  });
});

describe("Whether a question is asked again", () => {
  const refused = brokenConnection(Object.assign(new Error(), { code: "ECONNREFUSED" }));
  const reset = brokenConnection(Object.assign(new Error(), { code: "ECONNRESET" }));

  async function attempts(fault: Fault, isQuery: boolean, deadlineMs: number): Promise<number> {
    let asked = 0;
    const reply = await new SubgraphGuard().ask(isQuery, deadlineMs, async () => {
      asked += 1;
      return { fault };
    });
    expect(reply).toEqual({ fault });
    return asked;
  }

  it.each<[string, Fault, number]>([
    ["a refused connection", refused, 3],
    ["HTTP 502", badStatus(502), 3],
    ["HTTP 503", badStatus(503), 3],
    ["HTTP 504", badStatus(504), 3],
    ["HTTP 500", badStatus(500), 1],
    ["HTTP 429", badStatus(429), 1],
    ["a connection that broke off", reset, 1],
    ["a deadline that has passed", timedOut(5000), 1],
  ])("%s: a query %#", async (_, fault, times) => {
    expect(await attempts(fault, true, 5000)).toBe(times);
    expect(await attempts(fault, false, 5000)).toBe(1);
  });

  it("depends on there being time for it", async () => {
    expect(await attempts(refused, true, 150)).toBe(1);
  });
});

describe("The same question, asked by several at one time", () => {
  const asMany = (times: number, headers?: Record<string, string>) =>
    Promise.all(Array.from({ length: times }, () => gateway.ask(MUSEUMS, {}, headers)));
  const museums = () => hub.subgraphs.museums.received;

  it("is put to the subgraph once", async () => {
    hub.subgraphs.museums.delayMs = 200;

    const answers = await asMany(20);

    expect(answers.map(({ data }) => data)).toEqual(Array(20).fill({ museums: NAMED }));
    expect(museums()).toHaveLength(1);
  });

  it("is put once for each language, and for each who wants no answer but his own", async () => {
    hub.subgraphs.museums.delayMs = 200;

    await Promise.all([
      asMany(2),
      asMany(2, { "accept-language": "en" }),
      asMany(2, { "cache-control": "no-cache" }),
    ]);

    expect(museums()).toHaveLength(4);
  });

  it("is put anew once the first is answered", async () => {
    await asMany(1);
    await asMany(1);

    expect(museums()).toHaveLength(2);
  });
});

describe("A subgraph that has failed five times in a row", () => {
  const failFiveTimes = async () => {
    for (let time = 0; time < 5; time += 1) await gateway.ask(MUSEUMS);
  };

  it("is left alone: the next answers come at once, and say so", async () => {
    await front.break("hangs");
    await failFiveTimes();
    const asked = front.asked();

    const answer = await gateway.ask(BOTH);

    expect(answer.data.museums).toBeNull();
    expect(answer.data.libraries).toHaveLength(2);
    expect(reasons(answer)).toEqual(["CIRCUIT_OPEN"]);
    expect(answer.errors![0]!.message).toMatch(
      /^Phân hệ museums không trả lời: nhiều lần liền không trả lời.* \/ Subgraph museums did not answer: it has failed several times/u,
    );
    expect(answer.elapsedMs).toBeLessThan(DEADLINE_MS);
    expect(front.asked()).toBe(asked);
  });

  it("is tried with one question after a second, and is whole again when that is answered", async () => {
    await front.break("hangs");
    await failFiveTimes();
    await front.mend();
    await setTimeout(1100);

    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, at) => gateway.ask(`query Q${at} ${MUSEUMS}`)),
    );

    expect(answers.map(({ data }) => data)).toEqual(Array(10).fill({ museums: NAMED }));
  });

  it("keeps only that one question waiting while it hangs: the others are told at once", async () => {
    const connection = new SubgraphConnection("museums", front.url, 2000, () => ({}));
    await front.break("answers 500");
    for (let time = 0; time < 5; time += 1) await connection.dataVersions();
    await front.break("hangs");
    await setTimeout(1100);
    const asked = front.asked();
    const began = performance.now();

    const answers = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const reply = await connection.ask(questionOf(MUSEUMS), createRequestContext({}));
        return { reply, isAtOnce: performance.now() - began < 1000 };
      }),
    );

    const [trial, ...others] = answers;
    expect(trial).toEqual({ reply: { fault: timedOut(2000) }, isAtOnce: false });
    expect(others).toEqual(Array(19).fill({ reply: { fault: NOT_ASKED }, isAtOnce: true }));
    expect(front.asked()).toBe(asked + 1);
    await connection.close();
  });

  it("is tried by a question about its versions too, and meanwhile asked nothing else", async () => {
    const connection = new SubgraphConnection("museums", front.url, 300, () => ({}));
    await front.break("hangs");
    await Promise.all(Array.from({ length: 5 }, () => connection.dataVersions()));
    await setTimeout(1100);
    const asked = front.asked();

    const trial = connection.dataVersions();
    const others = await Promise.all([
      connection.dataVersions(),
      connection.publishedChanges({}),
      connection.ask(questionOf(MUSEUMS), createRequestContext({})),
    ]);
    const state = connection.guardState;

    expect(others).toEqual([{ isSilent: false }, {}, { fault: NOT_ASKED }]);
    expect(state).toBe("half-open");
    expect(await trial).toEqual({ isSilent: true });
    expect(front.asked()).toBe(asked + 1);
    expect(connection.guardState).toBe("open");
    await connection.close();
  });

  it("is left alone again when that one question fails too", async () => {
    await front.break("answers 500");
    await failFiveTimes();
    await setTimeout(1100);
    const asked = front.asked();

    const trial = await gateway.ask(MUSEUMS);
    const next = await gateway.ask(MUSEUMS);

    expect([reasons(trial), reasons(next)]).toEqual([["HTTP_STATUS"], ["CIRCUIT_OPEN"]]);
    expect(front.asked()).toBe(asked + 1);
  });

  it("is left alone no less where what it failed at was telling its versions", async () => {
    const connection = new SubgraphConnection("museums", front.url, 60_000, () => ({}));
    await front.break("answers 500");

    for (let time = 0; time < 5; time += 1) await connection.dataVersions();

    expect(connection.guardState).toBe("open");
    await connection.close();
  });
});

describe("A subgraph that hangs under load", () => {
  it("keeps a bounded number of questions waiting, and refuses the rest at once", async () => {
    const guard = new SubgraphGuard();
    let asked = 0;
    let finish = () => {};
    const gate = new Promise<void>((resolve) => (finish = resolve));
    const ask = () =>
      guard.ask(true, 20_000, async () => {
        asked += 1;
        await gate;
        return { answered: true };
      });

    const replies = Array.from({ length: 1400 }, ask);
    const refused = await Promise.all(replies.slice(128 + 1024));
    const askedMeanwhile = asked;
    finish();
    const answered = await Promise.all(replies.slice(0, 128 + 1024));

    expect(askedMeanwhile).toBe(128);
    expect(refused).toEqual(Array(248).fill({ fault: OVERLOADED }));
    expect(answered).toEqual(Array(1152).fill({ answered: true }));
  });

  it("takes nothing from the others: they answer as ever", async () => {
    await gateway.stop();
    gateway = await startSmallGateway(hub, {
      urls: { museums: front.url },
      settings: { subgraphDeadlineMs: 6000 },
    });
    await front.break("hangs");
    let areWaiting = true;

    const slow = Promise.all(
      Array.from({ length: 300 }, (_, at) => gateway.ask(`query Q${at} ${MUSEUMS}`)),
    ).finally(() => (areWaiting = false));
    while (front.asked() < 128) await setTimeout(10);
    // The rest come in and wait behind them; a gateway that is busy with that may refuse whom it likes.
    await setTimeout(1000);
    const libraries = await gateway.ask("{ libraries { name } }");

    expect(areWaiting).toBe(true);
    expect(libraries.data.libraries).toHaveLength(2);
    await slow;
  }, 20_000);
});
