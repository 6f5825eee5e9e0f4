import { verifyLedger } from "../../../subgraphs/foundation/ledger/verify-ledger";
import { DutyProgressRecord } from "../../../subgraphs/agency-tasks/duty-progress/duty-progress.record";
import { startAgencyTasks, type AgencyTasks } from "../../testkit/agency-tasks";
import { inRole } from "../../testkit/viewers";

const REPORT = `mutation ($input: ReportDutyProgressInput!) { reportDutyProgress(input: $input) {
  progress { status percent summary version agency { id } reportedAt demonstration } userErrors { code path } } }`;
let keys = 0;

describe("Mutation.reportDutyProgress", () => {
  let agencyTasks: AgencyTasks;
  beforeAll(async () => {
    agencyTasks = await startAgencyTasks();
  });
  afterEach(() => agencyTasks.forget());
  afterAll(() => agencyTasks.stop());

  const labours = { dutyId: "duty:IV.4-1", agencyId: "agency:so-ldtbxh", year: 2024 };
  const culture = { dutyId: "duty:IV.1-1", agencyId: "agency:so-vhttdl", year: 2025 };
  const report = async (input: object, agencyId = "agency:so-vhttdl") => {
    const { data, errors } = await agencyTasks.ask(
      REPORT,
      { input: { idempotencyKey: `tien-do-${(keys += 1)}`, ...input } },
      inRole("REPORTER", { agencyId }),
    );
    return { ...data.reportDutyProgress, errors };
  };

  it("writes what an agency says of its duty, and the next report in its place", async () => {
    const first = await report({ ...culture, status: "IN_PROGRESS", percent: 40 });
    const second = await report({ ...culture, version: 1, status: "DONE", summary: " Xong  " });

    expect(first).toMatchObject({
      progress: {
        status: "IN_PROGRESS",
        percent: 40,
        version: 1,
        agency: { id: "agency:so-vhttdl" },
        reportedAt: "2026-03-15T08:00:00.000Z",
        demonstration: false,
      },
      userErrors: [],
    });
    expect(second.progress).toMatchObject({ status: "DONE", percent: null, version: 2 });
    const { data } = await agencyTasks.ask(
      `{ agency(id: "agency:so-vhttdl") { duties(asOf: "2025-06-01") { id status(year: 2025) } } }`,
    );
    const told = data.agency.duties.find(({ id }: any) => id === culture.dutyId);
    expect(told.status).toBe("DONE");
    expect((await verifyLedger(agencyTasks.database, [DutyProgressRecord])).flaws).toEqual([]);
  });

  it("tells everything that is wrong at once, and writes nothing", async () => {
    const wrong = await report({
      ...culture,
      status: "BLOCKED",
      percent: 120,
      evidenceUrl: "javascript:alert(1)",
      summary: "x".repeat(501),
    });

    expect(wrong.progress).toBeNull();
    expect(wrong.userErrors.map(({ code, path }: any) => [code, path.at(-1)])).toEqual([
      ["TOO_LONG", "summary"],
      ["OUT_OF_RANGE", "percent"],
      ["REQUIRED", "blockedReason"],
      ["OUT_OF_RANGE", "evidenceUrl"],
    ]);
    const count = await agencyTasks.database.read((manager) => manager.count(DutyProgressRecord));
    expect(count).toBe(0);
  });

  it("is refused over a report that was not read, or was read before it changed", async () => {
    await report({ ...culture, status: "IN_PROGRESS" });
    await report({ ...culture, version: 1, status: "DONE" });

    const unread = await report({ ...culture, status: "DONE" });
    const stale = await report({ ...culture, version: 1, status: "NOT_STARTED" });

    for (const { userErrors } of [unread, stale])
      expect(userErrors).toEqual([{ code: "STALE_VERSION", path: ["input", "version"] }]);
  });

  it("is an agency's own, or its successor's, for years in which it had the duty", async () => {
    const heir = await report({ ...labours, status: "DONE" }, "agency:so-gddt");
    const stranger = await report({ ...labours, status: "DONE" }, "agency:so-vhttdl");
    const later = await report({ ...labours, year: 2026, status: "DONE" }, "agency:so-gddt");

    expect(heir.userErrors).toEqual([]);
    expect(stranger.errors[0].code).toBe("FORBIDDEN");
    expect(later.userErrors).toEqual([{ code: "WRONG_AGENCY", path: ["input", "agencyId"] }]);
  });
});
