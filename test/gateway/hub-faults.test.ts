import { readFileSync } from "node:fs";
import { join } from "node:path";
import { FAULTS, openFaultyFront, REASONS, type FaultyFront } from "../testkit/faulty-front";
import { asker, startHubGateway, startSubgraphs } from "../testkit/hub";
import { lateness } from "../testkit/lateness";

// Answers are timed, and another program may have had the machine just then: three tries, each told.
jest.retryTimes(2, { logErrorsBeforeRetry: true });

const QUERY = readFileSync(
  join(__dirname, "../../schema/operations/cross-sector-coverage.graphql"),
  "utf8",
);
const DEADLINE_MS = 1500;

/** The fields of the acceptance query that each subgraph alone can answer. */
const OWN: Record<string, string[]> = {
  libraries: ["libraryIndicators"],
  museums: ["museumIndicators"],
  "cultural-centres": ["culturalCentreIndicators"],
};

/** Root fields by subgraph: of agency-tasks all that it can always answer. */
const ROOTS: Record<string, string[]> = {
  libraries: ["libraries { totalCount }"],
  museums: ["museums { totalCount }"],
  "cultural-centres": ["culturalCentres { totalCount }"],
  "agency-tasks": [
    "plan { name }",
    "indicators { code }",
    "agencies { id }",
    "duties { clause }",
    "administrativeUnits { id }",
    'administrativeUnitSearch(text: "doan ket") { id }',
    "reportingStatus(year: 2025) { agency { id } }",
  ],
};

/** A unit as it is asked for, with those below it. */
interface Unit {
  [field: string]: unknown;
  subdivisions?: Unit[];
}

describe("the hub while one sector's subgraph fails", () => {
  let subgraphs: Awaited<ReturnType<typeof startSubgraphs>>;
  let whole: Unit;
  beforeAll(async () => {
    subgraphs = await startSubgraphs();
  }, 120_000);
  afterAll(() => subgraphs.stop());

  describe.each([...Object.keys(OWN), "agency-tasks"])("%s", (subgraph) => {
    let front: FaultyFront;
    let gateway: Awaited<ReturnType<typeof startHubGateway>>;
    let ask: ReturnType<typeof asker>;
    beforeAll(async () => {
      front = await openFaultyFront(subgraphs.urls[subgraph]!);
      gateway = await startHubGateway(
        { ...subgraphs.urls, [subgraph]: front.url },
        {
          deadlineMs: DEADLINE_MS,
          folder: subgraphs.folder,
        },
      );
      ask = asker(gateway.url);
      whole = (await ask(QUERY, { code: "12", year: 2025 })).data.administrativeUnit;
    });
    afterAll(async () => {
      await gateway.stop();
      await front.stop();
    });

    it.each(FAULTS)("%s", async (fault) => {
      await front.break(fault);
      lateness();
      const broken = await ask(QUERY, { code: "12", year: 2025 });
      await front.mend();
      const mended = await ask(QUERY, { code: "12", year: 2025 });

      expect(broken.elapsedMs).toBeLessThan(DEADLINE_MS + 200 + lateness());
      expect(broken.data).not.toBeNull();
      expect(broken.errors!.length).toBeGreaterThan(0);
      for (const error of broken.errors!) {
        expect(error.path![0]).toBe("administrativeUnit");
        expect(error.extensions).toMatchObject({
          code: "SUBGRAPH_UNAVAILABLE",
          subgraph,
        });
        expect(REASONS[fault]).toContain(error.extensions.reason);
      }
      if (subgraph === "agency-tasks") {
        expect(broken.data).toEqual({ administrativeUnit: null });
      } else {
        const lost = new Set(OWN[subgraph]);
        const without = ({ subdivisions, ...unit }: Unit): Unit => ({
          ...Object.fromEntries(
            Object.entries(unit).map(([key, value]) => [key, lost.has(key) ? null : value]),
          ),
          ...(subdivisions && { subdivisions: subdivisions.map(without) }),
        });
        expect(broken.data.administrativeUnit).toEqual(without(whole));
      }
      expect(mended.errors).toBeUndefined();
      expect(mended.data.administrativeUnit).toEqual(whole);
    });

    it("loses its own root fields and no other's", async () => {
      const query = `{ ${Object.values(ROOTS).flat().join(" ")} }`;
      const { data: before } = await ask(query);
      await front.break(FAULTS[0]);
      const broken = await ask(query);
      await front.mend();

      const own = ROOTS[subgraph]!.map((field) => /^\w+/u.exec(field)![0]);
      expect(broken.data).toEqual({
        ...before,
        ...Object.fromEntries(own.map((name) => [name, null])),
      });
      expect(broken.errors!.map(({ path }) => path)).toEqual(own.map((name) => [name]));
    });
  });
});
