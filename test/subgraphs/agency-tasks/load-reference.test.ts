import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  isReferenceCurrent,
  loadReference,
} from "../../../subgraphs/agency-tasks/reference/load-reference";
import { AgencyTasks, laiChauFiles, openTestAgencyTasksDatabase } from "../../testkit/agency-tasks";

/** A province that does not exist, with its codes taken from no real one. */
const MADE_UP = `code,valid_from,valid_until,type,name,name_en,parent_code,variants,successors,instrument
98,,,province,Tỉnh Thử Nghiệm,Test Province,,,,
981,,2025-07-01,district,Huyện Một,District One,98,,,Luật thử
98101,,2025-07-01,commune,Xã An,An Commune,981,Xã Yên,98102,Nghị quyết thử
98102,,2025-07-01,commune,Xã Bình,Binh Commune,981,,98102,Nghị quyết thử
98102,2025-07-01,,commune,Xã An Bình,An Binh Commune,98,,,
`;

let folder: string;
let opened: Awaited<ReturnType<typeof openTestAgencyTasksDatabase>>;
let agencyTasks: AgencyTasks;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hub-reference-"));
  opened = await openTestAgencyTasksDatabase();
  agencyTasks = new AgencyTasks(opened.database, opened.statements, opened.drop);
});
afterEach(async () => {
  await agencyTasks.stop();
  await rm(folder, { recursive: true });
});

async function written(name: string, content: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

const everything = `{
  administrativeUnits(asOf: "2025-06-30") { id name variants successors { unit { id } } }
  agencies { id name successors { scope } duties { clause } }
  indicators { code milestones { year minimum } responsibleAgencies { id } }
  duties { clause agencies { id } }
  plan { taskGroups { tasks { code } } namedDays { code } }
  reportingStatus(year: 2025) { agency { id } dueOn }
}`;

async function rowsPerTable(): Promise<Record<string, number>> {
  return opened.database.read(async (manager) => {
    const counts: Record<string, number> = {};
    for (const { name, target } of manager.dataSource.entityMetadatas)
      counts[name] = await manager.count(target);
    return counts;
  });
}

describe("loadReference", () => {
  it("loads the reference of Lai Châu and tells how much of each", async () => {
    expect(await loadReference(opened.database, laiChauFiles)).toEqual({
      units: 153,
      successions: 106,
      agencies: 96,
      agencySuccessions: expect.any(Number),
      indicators: 11,
      tasks: 18,
      duties: 26,
    });
  });

  it("changes nothing when it loads the same files again", async () => {
    await loadReference(opened.database, laiChauFiles);
    const before = { rows: await rowsPerTable(), answer: await agencyTasks.ask(everything) };

    await loadReference(opened.database, laiChauFiles);

    expect({ rows: await rowsPerTable(), answer: await agencyTasks.ask(everything) }).toEqual(
      before,
    );
    expect(before.answer.errors).toBeUndefined();
  });

  it("knows whether the files are those that were loaded", async () => {
    const units = await written("units.csv", MADE_UP);

    expect(await isReferenceCurrent(opened.database, laiChauFiles)).toBe(false);
    await loadReference(opened.database, laiChauFiles);
    expect(await isReferenceCurrent(opened.database, laiChauFiles)).toBe(true);
    expect(
      await isReferenceCurrent(opened.database, { ...laiChauFiles, REFERENCE_UNITS: units }),
    ).toBe(false);
  });

  it("loads another province's units by the same function", async () => {
    const files = { ...laiChauFiles, REFERENCE_UNITS: await written("units.csv", MADE_UP) };

    expect(await loadReference(opened.database, files)).toMatchObject({ units: 5, successions: 2 });

    const { data, errors } = await agencyTasks.ask(`{
      today: administrativeUnit(code: "98102") { name predecessors { unit { name } on instrument } }
      before: administrativeUnit(code: "98102", asOf: "2025-06-30") { name parent { name parent { name } } }
      administrativeUnitSearch(text: "yen") { name }
      administrativeUnit(code: "12") { name }
      plan { unit { id } }
      agency(id: "agency:ubnd-105") { unit { id } }
    }`);
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      today: {
        name: "Xã An Bình",
        predecessors: [
          { unit: { name: "Xã An" }, on: "2025-07-01", instrument: "Nghị quyết thử" },
          { unit: { name: "Xã Bình" }, on: "2025-07-01", instrument: "Nghị quyết thử" },
        ],
      },
      before: {
        name: "Xã Bình",
        parent: { name: "Huyện Một", parent: { name: "Tỉnh Thử Nghiệm" } },
      },
      administrativeUnitSearch: [{ name: "Xã An" }],
      administrativeUnit: null,
      plan: { unit: null },
      agency: { unit: null },
    });
  });

  it("puts one reference in the place of another, leaving nothing of it", async () => {
    const files = { ...laiChauFiles, REFERENCE_UNITS: await written("units.csv", MADE_UP) };
    await loadReference(opened.database, laiChauFiles);
    await loadReference(opened.database, files);

    expect(await rowsPerTable()).toMatchObject({
      AdministrativeUnitRecord: 5,
      UnitNameRecord: 6,
      UnitSuccessionRecord: 2,
    });
  });

  const wrongUnits: [string, string, string][] = [
    ["an orphan", MADE_UP.replace("An Commune,981", "An Commune,999"), "line 4"],
    [
      "one code twice at one time",
      `${MADE_UP}98102,,,commune,Xã Khác,Other,98,,,\n`,
      "code 98102 names two units at one time",
    ],
    ["a malformed day", MADE_UP.replace("2025-07-01,district", "01/07/2025,district"), "line 3"],
  ];
  it.each(wrongUnits)(
    "refuses a units file with %s, naming the line, and writes nothing",
    async (_what, content, named) => {
      const files = { ...laiChauFiles, REFERENCE_UNITS: await written("units.csv", content) };
      const empty = await rowsPerTable();

      await expect(loadReference(opened.database, files)).rejects.toThrow(named);

      expect(await rowsPerTable()).toEqual(empty);
      expect(empty.AdministrativeUnitRecord).toBe(0);
    },
  );

  it("refuses a plan that refers to an agency that is not there, and keeps what stood before", async () => {
    await loadReference(opened.database, laiChauFiles);
    const before = await rowsPerTable();
    const plan = await readFile(laiChauFiles.REFERENCE_PLAN, "utf8");
    const files = {
      ...laiChauFiles,
      REFERENCE_UNITS: await written("units.csv", MADE_UP),
      REFERENCE_PLAN: await written(
        "plan.json",
        plan.replaceAll("agency:so-tai-chinh", "agency:khong-co"),
      ),
    };

    await expect(loadReference(opened.database, files)).rejects.toThrow("agency:khong-co");

    expect(await rowsPerTable()).toEqual(before);
  });

  it("refuses a file that is not there", async () => {
    const files = { ...laiChauFiles, REFERENCE_AGENCIES: join(folder, "khong-co.json") };

    await expect(loadReference(opened.database, files)).rejects.toThrow("khong-co.json");
    expect(await isReferenceCurrent(opened.database, files)).toBe(false);
  });

  it("refuses files without an agency about which something has been reported, and keeps what stood before", async () => {
    await loadReference(opened.database, laiChauFiles);
    await agencyTasks.givenReports({
      agencyId: "agency:da-bao-cao",
      reportingDutyCode: "R2",
      year: 2025,
      receivedOn: "2026-01-15",
    });
    const before = await rowsPerTable();
    const files = { ...laiChauFiles, REFERENCE_UNITS: await written("units.csv", MADE_UP) };

    await expect(loadReference(opened.database, files)).rejects.toThrow(
      "The reference file lacks agency:da-bao-cao",
    );

    expect(await rowsPerTable()).toEqual(before);
  });

  it("keeps what agencies have reported", async () => {
    await loadReference(opened.database, laiChauFiles);
    await agencyTasks.givenProgress({
      dutyId: "duty:IV.6-1",
      agencyId: "agency:so-tai-chinh",
      year: 2025,
      status: "DONE",
    });

    await loadReference(opened.database, laiChauFiles);

    const { data } = await agencyTasks.ask(
      `{ duties(agency: "agency:so-tai-chinh") { clause status(year: 2025) } }`,
    );
    expect(data.duties).toEqual([{ clause: "IV.6-1", status: "DONE" }]);
  });
});
