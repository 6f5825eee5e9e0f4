import { ANONYMOUS } from "../../subgraphs/foundation/rights/caller";
import type { LocalSource } from "../../gateway/subgraph/local-subgraph";
import { asker, startHub, startHubGateway, type Hub } from "../testkit/hub";
import { knownOperations } from "../testkit/operations";

describe("The hub in one process", () => {
  let hub: Hub;
  beforeAll(async () => {
    hub = await startHub();
  }, 120_000);
  afterAll(() => hub.stop());

  /** Addresses where nobody listens: whatever is answered was not asked over HTTP. */
  const nowhere = () =>
    Object.fromEntries(Object.keys(hub.subgraphUrls).map((name) => [name, "http://127.0.0.1:9/"]));
  const locally = (name: string): LocalSource => {
    const { answer } = hub.serving[name]!;
    return { answer: (question, { viewer }) => answer(question, { ...ANONYMOUS, viewer }) };
  };

  async function askWith(
    localSubgraphs: Record<string, LocalSource>,
    query: string,
    variables: object = {},
    deadlineMs = 5000,
  ) {
    const gateway = await startHubGateway(nowhere(), {
      folder: hub.folder,
      localSubgraphs,
      deadlineMs,
    });
    const answer = await asker(gateway.url)(query, variables);
    await gateway.stop();
    return { data: answer.data, errors: answer.errors };
  }
  const all = () =>
    Object.fromEntries(Object.keys(hub.subgraphUrls).map((name) => [name, locally(name)]));

  it.each(knownOperations)(
    "answers $name as it does over HTTP, and asks nothing over HTTP",
    async ({ query, variables }) => {
      const overHttp = await hub.ask(query, variables);

      const inProcess = await askWith(all(), query, variables);

      expect(inProcess).toEqual({ data: overHttp.data, errors: overHttp.errors });
    },
  );

  it("tells a subgraph's errors as it does over HTTP", async () => {
    const wrong = `{ administrativeUnit(code: "12") { name libraryIndicators(year: 1900) { value } } }`;
    const overHttp = await hub.ask(wrong);

    const inProcess = await askWith(all(), wrong);

    expect(overHttp.errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
    expect(inProcess).toEqual({ data: overHttp.data, errors: overHttp.errors });
  });

  const both = `{ administrativeUnit(code: "12") {
    name  museums { totalCount }  libraries { totalCount } } }`;
  const whole = { name: "Tỉnh Lai Châu", museums: { totalCount: 4 } };

  it("waits for a subgraph that hangs only until the deadline, and answers the rest", async () => {
    const libraries = { answer: () => new Promise<never>(() => {}) };

    const { data, errors } = await askWith({ ...all(), libraries }, both, {}, 300);

    expect(data.administrativeUnit).toEqual({ ...whole, libraries: null });
    expect(errors).toMatchObject([
      {
        path: ["administrativeUnit", "libraries"],
        extensions: { code: "SUBGRAPH_UNAVAILABLE", subgraph: "libraries", reason: "TIMEOUT" },
      },
    ]);
  });

  it("answers the rest when a subgraph fails in a way that it should not", async () => {
    const libraries = { answer: () => Promise.reject(new Error("secret of the inside")) };

    const { data, errors } = await askWith({ ...all(), libraries }, both);

    expect(data.administrativeUnit).toEqual({ ...whole, libraries: null });
    expect(JSON.stringify(errors)).not.toContain("secret");
    expect(errors?.[0]?.extensions).toMatchObject({ subgraph: "libraries" });
  });
});
