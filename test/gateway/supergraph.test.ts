import { DEADLINE_MS, startSmallGateway, type SmallGateway } from "../testkit/small-gateway";
import { openFaultyFront, type FaultyFront } from "../testkit/faulty-front";
import { composeSmallHub, SMALL_NAMES, startSmallHub, type SmallHub } from "../testkit/small-hub";
import { readEnvironment } from "../../gateway/environment";
import { startGateway } from "../../gateway/server";

const ROOTS = `{ libraries { name } museums { name } culturalCentres { name } administrativeUnit(code: "12") { name } }`;

/** Asks until the answer is as wanted; the supergraph file is looked at every 20 ms. */
async function eventually<Value>(
  ask: () => Promise<Value>,
  isWanted: (value: Value) => boolean,
): Promise<Value> {
  for (let tries = 0; tries < 100; tries++) {
    const value = await ask();
    if (isWanted(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("It did not happen within two seconds");
}

describe("the gateway with no subgraph up", () => {
  it("starts, says so of each, and picks each up as it comes", async () => {
    const hub = await startSmallHub();
    const fronts = await Promise.all(
      SMALL_NAMES.map(
        async (name) =>
          [name, await openFaultyFront(hub.subgraphs[name].url)] as [string, FaultyFront],
      ),
    );
    for (const [, front] of fronts) await front.break("refuses connections");
    const gateway = await startSmallGateway(hub, {
      urls: Object.fromEntries(fronts.map(([name, { url }]) => [name, url])),
    });

    const down: unknown[] = [];
    for (const [, front] of fronts) {
      const { errors = [] } = await gateway.ask(ROOTS);
      down.push(errors.map(({ extensions }) => extensions.subgraph).sort());
      await front.mend();
    }
    const { data, errors } = await gateway.ask(ROOTS);
    await gateway.stop();
    await Promise.all(fronts.map(([, front]) => front.stop()));
    await hub.stop();

    expect(down).toEqual([
      ["agency-tasks", "cultural-centres", "libraries", "museums"],
      ["agency-tasks", "cultural-centres", "museums"],
      ["agency-tasks", "cultural-centres"],
      ["agency-tasks"],
    ]);
    expect(errors).toBeUndefined();
    expect(data.administrativeUnit).toEqual({ name: "Lai Châu" });
  });
});

describe("the supergraph file", () => {
  let hub: SmallHub;
  let gateway: SmallGateway;

  beforeEach(async () => {
    hub = await startSmallHub();
    gateway = await startSmallGateway(hub);
  });

  afterEach(async () => {
    await gateway.stop();
    await hub.stop();
  });

  const askForNew = () => gateway.ask(`{ museums { name opened } }`);

  it("is swapped in while serving, and a request under way ends over the one that it began with", async () => {
    expect((await askForNew()).errors![0]!.extensions.code).toBe("GRAPHQL_VALIDATION_FAILED");
    hub.subgraphs.libraries.delayMs = DEADLINE_MS / 2;

    const underWay = gateway.ask(`{ libraries { name agency { name } } }`);
    await gateway.publish(
      composeSmallHub({
        more: { museums: "extend type Museum { opened: Int }" },
        without: ["node"],
      }),
    );
    const swapped = await eventually(askForNew, ({ data }) => data !== undefined);

    // The subgraph itself is still the old one, and refuses the new field.
    expect(swapped.data).toEqual({ museums: null });
    expect(swapped.errors![0]).toMatchObject({
      path: ["museums"],
      extensions: { subgraph: "museums" },
    });
    expect((await underWay).data.libraries[0]).toEqual({
      name: "Thư viện tỉnh",
      agency: { name: "Sở Văn hóa" },
    });
  });

  it.each([
    ["is no GraphQL", "type Query {"],
    ["is no supergraph", "type Query { museums: [String] }"],
    ["is cut short", composeSmallHub().slice(0, 3000)],
    [
      "demands a feature that the gateway does not know",
      composeSmallHub().replace("join/v0.5", "join/v9.9"),
    ],
    [
      "points into nowhere",
      composeSmallHub()
        .replace("http://museums.invalid/graphql", "")
        .replaceAll('name: "museums"', 'name: "archives"'),
    ],
    ["contradicts itself", composeSmallHub().replace(/type Museum[^{]*\{/u, "$& ghost: Nothing")],
  ])("that %s is refused and logged, and the good one goes on serving", async (_, bad) => {
    await gateway.publish(bad);
    await eventually(
      async () => gateway.logged,
      (lines) => lines.some(({ msg }) => /refused/u.test(msg)),
    );
    const { data, errors } = await gateway.ask(ROOTS);

    expect(errors).toBeUndefined();
    expect(data.museums).toEqual([{ name: "Bảo tàng tỉnh" }]);

    await gateway.publish(
      composeSmallHub({ more: { museums: "extend type Museum { opened: Int }" } }),
    );
    await eventually(askForNew, (answer) => answer.data !== undefined);
  });

  it("that is not there keeps the gateway from starting, and the error says how to make it", async () => {
    const settings = { ...readEnvironment(), port: 0, logLevel: "silent" };

    const started = startGateway({ ...settings, supergraphPath: "/nowhere/supergraph.graphql" });

    await expect(started).rejects.toThrow(
      /\/nowhere\/supergraph\.graphql.*npm run schema:compose.*SUPERGRAPH_PATH/u,
    );
  });
});
