import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { createLog } from "../../telemetry/log";
import {
  FAULTS,
  openFaultyFront,
  REASONS,
  type FaultName,
  type FaultyFront,
} from "../testkit/faulty-front";
import { asker, startHubGateway, startSubgraphs, type HubAnswer } from "../testkit/hub";
import { lateness } from "../testkit/lateness";

// Answers are timed, and another program may have had the machine just then: three tries, each told.
jest.retryTimes(2, { logErrorsBeforeRetry: true });

const QUERY = readFileSync(
  join(__dirname, "../../schema/operations/cross-sector-coverage.graphql"),
  "utf8",
);
const SUPERGRAPH = readFileSync(join(__dirname, "../../schema/supergraph.graphql"), "utf8");
const DEADLINE_MS = 1500;
/** A subgraph that failed many times in a row is left alone for a second first. */
const RECOVERY_MS = 5000;

/** What is tried at a start and during a swap as well: the one ends at once, the other with the deadline. */
const OF_ANY_TIME = ["refuses connections", "hangs"] as const satisfies FaultName[];

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
    let folder: string;
    let supergraphPath: string;
    let front: FaultyFront;
    let gateway: Awaited<ReturnType<typeof start>>;
    const start = async () => {
      const logged: string[] = [];
      const log = createLog("gateway", "info", { write: (line) => void logged.push(line) });
      const started = await startHubGateway(
        { ...subgraphs.urls, [subgraph]: front.url },
        {
          deadlineMs: DEADLINE_MS,
          folder: subgraphs.folder,
          settings: { supergraphPath },
          log,
          options: { supergraphPollMs: 20 },
        },
      );
      const ask = asker(started.url);
      return {
        ask,
        askWhole: () => ask(QUERY, { code: "12", year: 2025 }),
        /** How many supergraphs have come into service since it started. */
        swaps: () => logged.filter((line) => line.includes("new supergraph in service")).length,
        stop: () => started.stop(),
      };
    };

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "hub-faults-"));
      supergraphPath = join(folder, "supergraph.graphql");
      await writeFile(supergraphPath, SUPERGRAPH);
      front = await openFaultyFront(subgraphs.urls[subgraph]!);
      gateway = await start();
      whole = (await gateway.askWhole()).data.administrativeUnit;
    });
    afterAll(async () => {
      await gateway.stop();
      await front.stop();
      await rm(folder, { recursive: true });
    });

    // Whatever a try before has left: a subgraph that failed five times in a row is left alone for a second.
    beforeEach(async () => {
      await front.mend();
      while ((await gateway.askWhole()).errors) await setTimeout(100);
    });

    /** @param lateMs how late the process itself was while it was asked. */
    const expectLoss = (broken: HubAnswer, reasons: readonly string[], lateMs: number) => {
      expect(broken.elapsedMs).toBeLessThan(DEADLINE_MS + 200 + lateMs);
      expect(broken.data).not.toBeNull();
      expect(broken.errors!.length).toBeGreaterThan(0);
      for (const error of broken.errors!) {
        expect(error.path![0]).toBe("administrativeUnit");
        expect(error.extensions).toMatchObject({
          code: "SUBGRAPH_UNAVAILABLE",
          subgraph,
        });
        expect(reasons).toContain(error.extensions.reason);
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
    };
    const expectWhole = ({ data, errors }: HubAnswer) => {
      expect(errors).toBeUndefined();
      expect(data.administrativeUnit).toEqual(whole);
    };

    it.each(FAULTS)("%s", async (fault) => {
      await front.break(fault);
      lateness();
      const broken = await gateway.askWhole();
      const lateMs = lateness();
      await front.mend();
      const mended = await gateway.askWhole();

      expectLoss(broken, REASONS[fault], lateMs);
      expectWhole(mended);
    });

    it.each(OF_ANY_TIME)("%s from the start", async (fault) => {
      await front.break(fault);
      const fresh = await start();
      lateness();
      const broken = await fresh.askWhole();
      const lateMs = lateness();
      await front.mend();
      const mended = await fresh.askWhole();

      await fresh.stop();
      expectLoss(broken, REASONS[fault], lateMs);
      expectWhole(mended);
    });

    it.each(OF_ANY_TIME)("%s while another supergraph comes into service", async (fault) => {
      const before = gateway.swaps();
      await front.break(fault);
      lateness();
      const asked = gateway.askWhole();
      await writeFile(supergraphPath, `${SUPERGRAPH}\n# ${randomUUID()}\n`);
      const broken = await asked;
      while (gateway.swaps() === before) await setTimeout(10);
      const lateBefore = lateness();
      const after = await gateway.askWhole();
      const lateAfter = lateness();
      await front.mend();
      const mendedAt = performance.now();
      let mended = await gateway.askWhole();
      while (mended.errors && performance.now() - mendedAt < RECOVERY_MS) {
        await setTimeout(100);
        mended = await gateway.askWhole();
      }

      expectLoss(broken, REASONS[fault], lateBefore);
      // By then it may have failed five times in a row.
      expectLoss(after, [...REASONS[fault], "CIRCUIT_OPEN"], lateAfter);
      expectWhole(mended);
    });

    it("loses its own root fields and no other's", async () => {
      const query = `{ ${Object.values(ROOTS).flat().join(" ")} }`;
      const { data: before } = await gateway.ask(query);
      await front.break(FAULTS[0]);
      const broken = await gateway.ask(query);
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
