import { setTimeout } from "node:timers/promises";
import { readEnvironment } from "../../../gateway/environment";
import { startGateway } from "../../../gateway/server";
import { hubAccess, startHubGateway, startSubgraphs } from "../../testkit/hub";
import { startPagedHub } from "../../testkit/paged-hub";

// A hub is started here, on a machine that may have much to do: nothing is timed.
jest.setTimeout(120_000);

type Gateway = Awaited<ReturnType<typeof startHubGateway>>;

const rowsAt = ({ url }: { url: string }, path: string) => fetch(new URL(path, url));

describe("Rows of which a part is missing", () => {
  let subgraphs: Awaited<ReturnType<typeof startSubgraphs>>;
  let gateway: Gateway;
  const path = "/rows/cross-sector-coverage.json?code=12&year=2025&list=administrativeUnit.";
  beforeAll(async () => {
    subgraphs = await startSubgraphs();
    const urls = { ...subgraphs.urls, libraries: "http://127.0.0.1:9/graphql" };
    gateway = await startHubGateway(urls, { folder: subgraphs.folder });
  });
  afterAll(async () => {
    await gateway.stop();
    await subgraphs.stop();
  });

  it("are refused while the subgraph is silent that they come from, with the reason", async () => {
    const reply = await rowsAt(gateway, `${path}libraryIndicators`);
    const { errors }: any = await reply.json();

    expect([reply.status, reply.headers.get("retry-after")]).toEqual([503, "5"]);
    expect(errors[0].extensions).toMatchObject({
      code: "SUBGRAPH_UNAVAILABLE",
      subgraph: "libraries",
    });
  });

  it("are given whole where the silent subgraph has no part in them", async () => {
    const reply = await rowsAt(gateway, `${path}museumIndicators`);

    expect([reply.status, ((await reply.json()) as object[]).length]).toEqual([200, 2]);
  });

  it("are given with what is missing in each row where that is asked for", async () => {
    const reply = await rowsAt(gateway, `${path}libraryIndicators&partial=1`);
    const rows = (await reply.json()) as Record<string, unknown>[];

    expect(reply.status).toBe(200);
    expect(rows).toHaveLength(1);
    expect(rows[0]!["administrativeUnit.name"]).toBe("Tỉnh Lai Châu");
    expect(rows[0]!["administrativeUnit.libraryIndicators.value"]).toBeNull();
    expect(rows[0]!.missing).toMatch(/libraries/u);
  });
});

describe("Rows of a long list", () => {
  let hub: Awaited<ReturnType<typeof startPagedHub>>;
  let gateway: Awaited<ReturnType<typeof startGateway>>;
  beforeAll(async () => {
    hub = await startPagedHub(2500);
    gateway = await startGateway({
      ...readEnvironment(),
      port: 0,
      host: "127.0.0.1",
      supergraphPath: hub.supergraphPath,
      operationsPath: hub.operationsPath,
      subgraphUrls: {},
      metricsPort: 0,
      logLevel: "silent",
      access: hubAccess(hub.operationsPath),
    });
  });
  afterAll(async () => {
    await gateway.stop();
    await hub.stop();
  });
  beforeEach(() => {
    hub.asked = 0;
    hub.failsFrom = undefined;
    hub.missingSectors = [];
  });

  it("are refused when a sector leaves its part of the list out", async () => {
    hub.missingSectors = ["LABOUR"];

    const refused = await rowsAt(gateway, "/rows/item-list.csv");
    const partial = await rowsAt(gateway, "/rows/item-list.json?partial=1");
    const rows = (await partial.json()) as Record<string, unknown>[];

    expect([refused.status, await refused.text()]).toEqual([503, expect.stringMatching(/LABOUR/u)]);
    expect(rows).toHaveLength(2500);
    expect(new Set(rows.map(({ missing }) => missing))).toEqual(
      new Set(["Thiếu ngành LABOUR trong items / Sector LABOUR is missing from items"]),
    );
  });

  it("come page by page, each asked for once", async () => {
    const reply = await rowsAt(gateway, "/rows/item-list.json");
    const rows = (await reply.json()) as Record<string, unknown>[];

    expect(rows).toHaveLength(2500);
    expect(rows[2499]).toEqual({
      "items.missingSectors": [],
      "items.nodes.code": "TV-002499",
      "items.nodes.name": '=Thư viện, "số" 2499',
      "items.nodes.openedOn": "2024-07-01",
      "items.nodes.value": 312.375,
      "items.nodes.visits": null,
      "items.nodes.isOpen": false,
      "items.nodes.unit.code": "3417",
      "items.nodes.unit.name": "Xã 29",
    });
    expect(hub.asked).toBe(25);
  });

  it("are cut off, and never look whole, when a later page lacks something", async () => {
    hub.failsFrom = 1800;

    for (const ending of ["csv", "json", "xlsx"]) {
      const reply = await rowsAt(gateway, `/rows/item-list.${ending}`);

      expect(reply.status).toBe(200);
      await expect(reply.arrayBuffer()).rejects.toThrow(/terminated/u);
    }
  });

  it("are counted as faulty when they were cut off, and not when their reader went away", async () => {
    const errors = async () => {
      // What is cut off or left is counted once both sides know.
      await setTimeout(100);
      const text = await (await fetch(gateway.metricsUrl!)).text();
      return Number(/^hub_errors_total\{operation="\/rows"\} (\d+)$/mu.exec(text)?.[1] ?? 0);
    };
    const before = await errors();
    hub.failsFrom = 1800;
    await (await rowsAt(gateway, "/rows/item-list.csv")).text().catch(() => "");
    const cut = await errors();
    hub.failsFrom = Infinity;
    const leaving = new AbortController();
    const { signal } = leaving;
    await fetch(new URL("/rows/item-list.csv", gateway.url), { signal });
    leaving.abort();

    expect([cut - before, (await errors()) - cut]).toEqual([1, 0]);
  });

  it("say in each row of that page what it lacks, where that is asked for", async () => {
    hub.failsFrom = 1800;

    const reply = await rowsAt(gateway, "/rows/item-list.json?partial=1");
    const rows = (await reply.json()) as Record<string, unknown>[];

    expect(rows.map(({ missing }) => missing !== null).indexOf(true)).toBe(1800);
    expect(rows).toHaveLength(2500);
  });

  it("have no formula in a text that begins like one", async () => {
    const text = await (await rowsAt(gateway, "/rows/item-list.csv")).text();

    expect(text.split("\r\n")[1]).toBe(
      ',TV-000000,"\'=Thư viện, ""số"" 0",2000-07-01,0,,true,3388,Xã 0',
    );
  });
});
