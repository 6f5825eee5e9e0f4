import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { culturalCentresDesign } from "../../subgraphs/cultural-centres/subgraph";
import { RulingRecord } from "../../subgraphs/foundation/indicator/ruling.record";
import { openSectorDatabases } from "../../subgraphs/foundation/institution/institution-subgraph";
import type { Sector } from "../../subgraphs/foundation/sector";
import { librariesDesign } from "../../subgraphs/libraries/subgraph";
import { compareFigures } from "./compare";
import { places } from "./raw-rows";
import { makeDemonstration } from "./verify-figures";

const UNITS = join(__dirname, "../../reference/lai-chau/units.csv");
/** 153 units, 9 years, 2 bases, 11 indicators. */
const ALL = 153 * 9 * 2 * 11;

describe("the second count of every figure", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "recount-"));
    await makeDemonstration(folder, UNITS);
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const rule = async (basis: string, recordedOn: string) => {
    for (const [design, kind] of [
      [librariesDesign, "DISTRICT_PUBLIC"],
      [culturalCentresDesign, "DISTRICT"],
    ] as const) {
      const urls = new Map<Sector, undefined>([["CULTURE", undefined]]);
      const [database] = [...openSectorDatabases(design, urls, folder).values()];
      await database!.write((manager) =>
        manager.insert(RulingRecord, {
          id: basis,
          class: kind,
          basis,
          citation: "Quyết định thử nghiệm",
          classEndedOn: "2025-07-01",
          recordedAt: new Date(`${recordedOn}T00:00:00Z`),
        }),
      );
      await database!.close();
    }
  };
  const compare = () =>
    compareFigures(places({}, folder), { dataDirectory: folder, referenceUnits: UNITS });

  it("agrees with the hub under each of the three rulings", async () => {
    expect(await compare()).toEqual({ compared: ALL, differences: [] });

    await rule("FROZEN", "2026-01-01");
    expect(await compare()).toEqual({ compared: ALL, differences: [] });

    await rule("RETIRED", "2026-02-01");
    expect(await compare()).toEqual({ compared: ALL, differences: [] });
  }, 300_000);
});
