import { loadAgencyTasksDemonstration } from "../../../subgraphs/agency-tasks/demonstration/agency-tasks-demonstration";
import {
  type AgencyTasks,
  openTestAgencyTasksDatabase,
  startAgencyTasks,
} from "../../testkit/agency-tasks";

let agencyTasks: AgencyTasks;

beforeEach(async () => {
  agencyTasks = await startAgencyTasks();
});
afterEach(() => agencyTasks.stop());

const everything = `{
  duties { clause
    y2022: progress(year: 2022) { ...P } y2023: progress(year: 2023) { ...P }
    y2024: progress(year: 2024) { ...P } y2025: progress(year: 2025) { ...P }
    y2026: progress(year: 2026) { ...P }
  }
  r2023: reportingStatus(year: 2023) { ...R } r2024: reportingStatus(year: 2024) { ...R }
  r2025: reportingStatus(year: 2025) { ...R } r2026: reportingStatus(year: 2026) { ...R }
}
fragment P on DutyProgress { agency { id } year status percent summary blockedReason evidenceUrl reportedAt demonstration }
fragment R on ReportingStatus { agency { id } receivedOn state demonstration }`;

describe("loadAgencyTasksDemonstration", () => {
  it("gives progress for 2022 to 2026 and reports with late and missing ones, all marked", async () => {
    agencyTasks.today = "2026-11-23";

    const counts = await loadAgencyTasksDemonstration(agencyTasks.database);

    const { data, errors } = await agencyTasks.ask(everything);
    expect(errors).toBeUndefined();
    const progress = data.duties.flatMap((duty: any) =>
      [2022, 2023, 2024, 2025, 2026].flatMap((year) => duty[`y${year}`]),
    );
    expect(progress).toHaveLength(counts.progress);
    expect(progress.every(({ demonstration }: any) => demonstration)).toBe(true);
    expect(new Set(progress.map(({ year }: any) => year)).size).toBe(5);
    expect(new Set(progress.map(({ status }: any) => status))).toEqual(
      new Set(["NOT_STARTED", "BLOCKED", "IN_PROGRESS", "DONE"]),
    );
    expect(
      progress.filter(
        ({ status, blockedReason }: any) => (status === "BLOCKED") !== (blockedReason !== null),
      ),
    ).toEqual([]);
    for (const year of [2023, 2024, 2025]) {
      const states = new Set(data[`r${year}`].map(({ state }: any) => state));
      expect(states).toEqual(new Set(["ON_TIME", "LATE", "OVERDUE"]));
    }
    expect(new Set(data.r2026.map(({ state }: any) => state))).toEqual(new Set(["EXPECTED"]));
    const arrived = [...data.r2023, ...data.r2024, ...data.r2025].filter(
      ({ receivedOn }: any) => receivedOn !== null,
    );
    expect(arrived.every(({ demonstration }: any) => demonstration)).toBe(true);
  });

  it("is the same every time", async () => {
    const other = await startAgencyTasks();
    await loadAgencyTasksDemonstration(agencyTasks.database);
    await loadAgencyTasksDemonstration(other.database);

    expect(await agencyTasks.ask(everything)).toEqual(await other.ask(everything));

    await other.stop();
  });

  it("lets an agency report only on what it had", async () => {
    await loadAgencyTasksDemonstration(agencyTasks.database);

    const { data } = await agencyTasks.ask(
      `{ duties { clause progress(year: 2024) { agency { id } } later: progress(year: 2025) { agency { id } } } }`,
    );
    const { progress, later } = data.duties.find(({ clause }: any) => clause === "IV.9-2");
    expect(progress.filter(({ agency }: any) => !/ubnd-\d{3}$/u.test(agency.id))).toEqual([]);
    expect(later.filter(({ agency }: any) => !/ubnd-\d{5}$/u.test(agency.id))).toEqual([]);
    expect(later.length).toBeGreaterThan(progress.length);
  });

  it("refuses where something has been reported, and writes nothing", async () => {
    await agencyTasks.givenReports({
      agencyId: "agency:ubnd-105",
      reportingDutyCode: "R2",
      year: 2024,
      receivedOn: "2025-01-20",
    });

    await expect(loadAgencyTasksDemonstration(agencyTasks.database)).rejects.toThrow(
      "agency-tasks holds reports already; no demonstration data loaded.",
    );

    const { data } = await agencyTasks.ask(`{ duties { progress(year: 2024) { year } } }`);
    expect(data.duties.flatMap(({ progress }: any) => progress)).toEqual([]);
  });

  it("refuses where the reference has not been loaded", async () => {
    const { database, drop } = await openTestAgencyTasksDatabase();

    await expect(loadAgencyTasksDemonstration(database)).rejects.toThrow(
      "run `npm run db:migrate` first",
    );

    await drop();
  });
});
