import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { breakingChanges } from "../../schema/findings";
import { readUsage } from "../../schema/usage";
import { startSmallGateway, type SmallGateway } from "../testkit/small-gateway";
import { startSmallHub, type SmallHub } from "../testkit/small-hub";

const BEFORE = `
  type Query { museums(first: Int, after: Int): [Museum] }
  type Museum { name: String code: String seats(year: Int): Int }
  input Filter { name: String }
  type Mutation { find(filter: Filter): Int }
`;
const judge = (usage: Awaited<ReturnType<typeof readUsage>>, from: string, to: string) =>
  breakingChanges(BEFORE, BEFORE.replace(from, to), "2026-01-01", usage);

describe("Use of fields by clients", () => {
  let hub: SmallHub;
  let gateway: SmallGateway;
  beforeAll(async () => {
    hub = await startSmallHub();
    gateway = await startSmallGateway(hub, { settings: { metricsPort: 0 } });
  });
  afterAll(async () => {
    await gateway.stop();
    await hub.stop();
  });
  const asClient = (name: string) => ({ "apollographql-client-name": name });

  it("is counted by field and client, wherever the answer came from, and read by the schema checks", async () => {
    const query = "query { museums { ...M } } fragment M on Museum { name }";
    for (const client of ["bang-dieu-khien", "bang-dieu-khien", "excel"])
      await gateway.ask(query, {}, asClient(client));
    await gateway.ask(query, {}, { "graphql-client-name": "grafana", "cache-control": "no-cache" });
    await gateway.ask("{ __schema { queryType { name } } museums { name } }");
    await gateway.ask("{ museums { nonsense } }", {}, asClient("mistaken"));
    await gateway.ask(query, {}, asClient('"} 1 hub_field_usage_total{client="forged'));

    const usage = await readUsage(gateway.metricsUrl!);
    const metrics = await (await fetch(gateway.metricsUrl!)).text();

    expect(usage.get("Museum.name")).toEqual(
      new Set(["bang-dieu-khien", "excel", "grafana", "anonymous"]),
    );
    expect([...usage.keys()].sort()).toEqual(["Museum.name", "Query.museums"]);
    expect(metrics).toContain(
      'hub_field_usage_total{client="bang-dieu-khien",field="Museum.name"} 2\n',
    );
    expect(metrics).toContain('hub_field_usage_total{client="anonymous",field="Museum.name"} 2\n');
    expect(judge(usage, "name: String code", "code").breaking).toEqual([
      "FIELD_REMOVED: Museum.name was removed. Đang dùng / Used by: anonymous, bang-dieu-khien, excel, grafana",
    ]);
    expect(judge(usage, "code: String", "")).toEqual({
      breaking: [],
      dangerous: [],
      unused: ["FIELD_REMOVED: Museum.code was removed."],
    });
  });

  it("never lets more clients be told apart than a hundred", async () => {
    const ask = (client: number) =>
      gateway.ask("{ museums { name } }", {}, asClient(`client-${client}`));
    await Promise.all(Array.from({ length: 110 }, (_, client) => ask(client)));

    const usage = await readUsage(gateway.metricsUrl!);

    const clients = usage.get("Museum.name")!;
    expect(clients.size).toBe(101);
    expect(clients).toContain("other");
  }, 30_000);
});

describe("A change to the schema", () => {
  const usage = new Map([["Museum.seats", new Set(["excel"])]]);

  it("is judged by who uses its field: arguments and kinds too", () => {
    expect(judge(usage, "seats(year: Int)", "seats").breaking).toEqual([
      "ARG_REMOVED: Museum.seats arg year was removed. Đang dùng / Used by: excel",
    ]);
    expect(judge(usage, "seats(year: Int): Int", "seats(year: Int): String").breaking).toEqual([
      "FIELD_CHANGED_KIND: Museum.seats changed type from Int to String. Đang dùng / Used by: excel",
    ]);
    expect(judge(usage, "after: Int", "after: Int, year: Int!").unused).toEqual([
      "REQUIRED_ARG_ADDED: A required arg year on Query.museums was added.",
    ]);
  });

  it("is refused as ever where the use of fields says nothing of it: inputs", () => {
    expect(judge(usage, "input Filter { name: String }", "input Filter { code: ID }")).toEqual({
      breaking: ["FIELD_REMOVED: Filter.name was removed."],
      dangerous: [
        "OPTIONAL_INPUT_FIELD_ADDED: An optional field code on input type Filter was added.",
      ],
      unused: [],
    });
  });
});

describe("Figures of use", () => {
  let folder: string;
  beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), "usage-"))));
  afterAll(() => rm(folder, { recursive: true }));
  const read = async (text: string) => {
    await writeFile(join(folder, "usage"), text);
    return readUsage(join(folder, "usage"));
  };

  it("may be what Prometheus answers, which remembers longer than a process lives", async () => {
    const metric = { client: "excel", field: "Museum.name" };
    const result = [
      { metric, value: [1, "12.5"] },
      { metric: { ...metric, client: "gone" }, value: [1, "0"] },
    ];

    expect(await read(JSON.stringify({ status: "success", data: { result } }))).toEqual(
      new Map([["Museum.name", new Set(["excel"])]]),
    );
  });

  it("are refused where there are none, for then every field would seem unused", async () => {
    await expect(read("hub_answers_total 3\n")).rejects.toThrow("METRICS_PORT");
  });
});
