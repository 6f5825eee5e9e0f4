import { join } from "node:path";
import fc from "fast-check";
import { RulingRecord } from "../../subgraphs/foundation/indicator/ruling.record";
import { librariesDesign } from "../../subgraphs/libraries/subgraph";
import { differencesOf, FIELDS, type Answered } from "../recount/compare";
import { readOwner } from "../recount/raw-rows";
import {
  GROWTHS,
  readUnits,
  recountGrowth,
  recountShare,
  type OwnerRows,
} from "../recount/recount";
import { InstitutionsUnderTest, territory } from "../testkit/institutions";
import { randomLibrary } from "../testkit/random-library";

const SEED = Number(process.env.FAST_CHECK_SEED ?? 1520);
const RUNS = { seed: SEED, numRuns: 60, endOnFailure: true };

const units = readUnits(join(__dirname, "../../reference/lai-chau/units.csv"));
const OLD = territory.units.filter(({ successors }) => successors.length > 0).slice(0, 14);
const NEW = new Set(OLD.map(({ successors }) => successors[0]!.unitId));
/** Few units, so that random libraries meet in them: communes of both eras, and their districts. */
const PLACES = [...OLD.map(({ id }) => id), ...NEW, "unit:105"];
const ASKED = [...new Set(["unit:12", ...PLACES, ...OLD.map(({ parentId }) => parentId!)])];

describe("the second count, over random libraries", () => {
  let libraries: InstitutionsUnderTest;
  let rulings = 0;
  beforeAll(async () => {
    libraries = await InstitutionsUnderTest.start(librariesDesign, [
      "CULTURE",
      "EDUCATION",
      "ARMED_FORCES",
      "LABOUR",
    ]);
  });
  afterAll(() => libraries.stop());

  /** The last one recorded is in force. */
  async function rule(kind: string, basis: string, classEndedOn: string): Promise<void> {
    rulings += 1;
    await libraries.databases
      .get(kind.endsWith("EDUCATION") ? "EDUCATION" : "CULTURE")!
      .write((manager) =>
        manager.insert(RulingRecord, {
          id: `ruling-${rulings}`,
          class: kind,
          basis,
          citation: "Quyết định thử nghiệm",
          classEndedOn,
          recordedAt: new Date(Date.UTC(2026, 0, 1) + rulings * 1000),
        }),
      );
  }

  it("agrees with the hub in every figure, whatever libraries were and under any ruling", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(randomLibrary(PLACES), { maxLength: 30 }),
        fc.integer({ min: 2022, max: 2030 }),
        fc.constantFrom("APPROVED", "SUBMITTED"),
        fc.constantFrom("DISTRICT_PUBLIC", "SPECIALISED", "BOOK_COLLECTION", "GENERAL_EDUCATION"),
        fc.constantFrom("CARRIED", "FROZEN", "RETIRED"),
        fc.constantFrom("2025-07-01", "2025-12-31", "2026-01-01"),
        async (all, year, basis, kind, ruling, classEndedOn) => {
          await libraries.clear();
          await libraries.given(...all);
          await rule(kind, ruling, classEndedOn);
          const owners = new Map<string, OwnerRows>();
          for (const place of libraries.places)
            owners.set(place.sector, await readOwner({ ...place, table: "library" }));

          const answers = await libraries.figures(ASKED, year, FIELDS, basis);

          const differences = ASKED.flatMap((unitId, index) =>
            Object.entries(answers[index] as Record<string, Answered>).flatMap(([code, answered]) =>
              differencesOf(
                answered,
                GROWTHS.includes(code)
                  ? recountGrowth(unitId, year, basis, owners, units)
                  : recountShare(code, unitId, year, basis, owners, units),
              ).map((difference) => `${code} ${unitId} ${difference}`),
            ),
          );
          expect(differences).toEqual([]);
        },
      ),
      RUNS,
    );
  }, 120_000);
});
