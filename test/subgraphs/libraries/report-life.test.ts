import { librariesDesign } from "../../../subgraphs/libraries/subgraph";
import { SECTORS } from "../../../subgraphs/foundation/sector";
import { InstitutionsUnderTest } from "../../testkit/institutions";
import { approver, codes, reporter, stepsOn } from "../../testkit/library-steps";
import { inRole, viewer } from "../../testkit/viewers";

let libraries: InstitutionsUnderTest;
beforeAll(async () => {
  libraries = await InstitutionsUnderTest.start(librariesDesign, [...SECTORS]);
});
afterEach(() => libraries.clear());
afterAll(() => libraries.stop());

const { save, step } = stepsOn(() => libraries);

describe("The life of a report", () => {
  it("goes from draft to approved, by two accounts, and counts only then", async () => {
    const [id] = await libraries.given({ kind: "COMMUNE_PUBLIC" });
    const l3 = async () =>
      (await libraries.figures(["unit:12"], 2025, "numerator reported"))[0]!.L3;

    const saved = await save(id!, 2025, { providesLifelongLearning: true, visits: 900 });
    const report = saved.done.report;
    const submitted = await step("submitLibraryReport", "ReportStepInput", {
      id: report.id,
      version: 1,
    });
    const before = await l3();
    const own = await step(
      "approveLibraryReport",
      "ReportStepInput",
      { id: report.id, version: 2 },
      viewer({ subject: "bao-cao" }),
    );
    const approved = await step(
      "approveLibraryReport",
      "ReportStepInput",
      { id: report.id, version: 2 },
      approver,
    );

    expect(report).toMatchObject({ state: "DRAFT", revision: 1, version: 1, visits: 900 });
    expect(submitted.done.report).toMatchObject({
      state: "SUBMITTED",
      version: 2,
      submittedAt: "2026-11-23T03:00:00.000Z",
    });
    expect(before).toEqual({ numerator: 0, reported: 0 });
    expect(codes(own.done)).toEqual([["SAME_PERSON", "input.id"]]);
    expect(approved.done.report).toMatchObject({ state: "APPROVED", version: 3 });
    expect(await l3()).toEqual({ numerator: 1, reported: 1 });
  });

  it("tells every wrong value at once, and saves none of them", async () => {
    const [id] = await libraries.given({});

    const { done } = await save(id!, 2027, {
      providesLifelongLearning: false,
      services: ["Đọc sách"],
      visits: 10,
      learningVisits: 20,
      staff: -1,
      loans: 2_000_000_000,
    });

    expect(codes(done)).toEqual([
      ["WRONG_YEAR", "input.year"],
      ["OUT_OF_RANGE", "input.measures.loans"],
      ["OUT_OF_RANGE", "input.measures.staff"],
      ["INCONSISTENT", "input.measures.learningVisits"],
      ["INCONSISTENT", "input.measures.providesLifelongLearning"],
    ]);
    const { data } = await libraries.ask(
      "query ($id: ID!) { library(id: $id) { draft(year: 2027) { id } } }",
      { id },
      reporter,
    );
    expect(data!.library.draft).toBeNull();
  });

  it("asks for an explanation of a jump, which is stored", async () => {
    const [id] = await libraries.given({ reports: [{ year: 2024, visits: 100 }] });
    const { done: saved } = await save(id!, 2025, { visits: 1000 });

    const asked = await step("submitLibraryReport", "ReportStepInput", {
      id: saved.report.id,
      version: 1,
    });
    const explained = await save(id!, 2025, {}, { version: 1, explanation: "Mở rộng trụ sở" });
    const submitted = await step("submitLibraryReport", "ReportStepInput", {
      id: saved.report.id,
      version: 2,
    });

    expect(codes(asked.done)).toEqual([["EXPLANATION_NEEDED", "input.measures.visits"]]);
    expect(explained.done.report).toMatchObject({ version: 2, explanation: "Mở rộng trụ sở" });
    expect(submitted.done.report).toMatchObject({ state: "SUBMITTED" });
  });

  it("goes back with a reason, and forward again", async () => {
    const [id] = await libraries.given({});
    const { done: saved } = await save(id!, 2025, { visits: 5 });
    const report = { id: saved.report.id };
    await step("submitLibraryReport", "ReportStepInput", { ...report, version: 1 });

    const returned = await step(
      "returnLibraryReport",
      "ReasonedReportStepInput",
      { ...report, version: 2, reason: "Thiếu lượt mượn" },
      approver,
    );
    const mended = await save(id!, 2025, { loans: 3 }, { version: 3 });
    const again = await step("submitLibraryReport", "ReportStepInput", { ...report, version: 4 });

    // The approver is no reporter, but one who may read why it was sent back.
    expect(returned.done.report).toMatchObject({
      state: "RETURNED",
      returnReason: "Thiếu lượt mượn",
    });
    expect(mended.done.report).toMatchObject({ state: "DRAFT", version: 4, visits: 5 });
    expect(again.done.report).toMatchObject({ state: "SUBMITTED", returnReason: null });
  });

  it("is locked once approved; a revision keeps the old one, which counts until the new one is approved", async () => {
    const [id] = await libraries.given({
      kind: "COMMUNE_PUBLIC",
      reports: [{ id: "library-report:culture:r1", year: 2025, visits: 40 }],
    });

    const locked = await save(id!, 2025, { visits: 41 }, { version: 1 });
    const revised = await step("reviseLibraryReport", "ReasonedReportStepInput", {
      id: "library-report:culture:r1",
      version: 1,
      reason: "Đếm thiếu một điểm",
    });
    const twice = await step("reviseLibraryReport", "ReasonedReportStepInput", {
      id: "library-report:culture:r1",
      version: 1,
      reason: "Lần nữa",
    });
    await save(id!, 2025, { visits: 44 }, { version: 1 });
    await step("submitLibraryReport", "ReportStepInput", {
      id: revised.done.report.id,
      version: 2,
    });
    await step(
      "approveLibraryReport",
      "ReportStepInput",
      { id: revised.done.report.id, version: 3 },
      approver,
    );

    expect(codes(locked.done)).toEqual([["WRONG_STATE", "input"]]);
    expect(revised.done.report).toMatchObject({ state: "DRAFT", revision: 2, visits: 40 });
    expect(codes(twice.done)).toEqual([["WRONG_STATE", "input.id"]]);
    const { data } = await libraries.ask(
      `query ($id: ID!) { library(id: $id) {
        now: report(year: 2025) { revision visits history { action reason changes { field from to } } }
        first: report(year: 2025, revision: 1) { visits } } }`,
      { id },
      reporter,
    );
    expect(data!.library.first).toEqual({ visits: 40 });
    expect(data!.library.now).toMatchObject({ revision: 2, visits: 44 });
    expect(data!.library.now.history.map(({ action }: any) => action)).toEqual([
      "APPROVE_REPORT",
      "SUBMIT_REPORT",
      "SAVE_REPORT",
      "REVISE_REPORT",
    ]);
    expect(data!.library.now.history[2].changes).toEqual([
      { field: "visits", from: "40", to: "44" },
    ]);
  });

  it("waits in a list for whoever approves", async () => {
    const [id] = await libraries.given(
      { code: "CHO" },
      { code: "XONG", reports: [{ year: 2025, visits: 1 }] },
    );
    const waiting = (state: string) =>
      libraries.ask(
        `{ libraries(filter: { reportState: { year: 2025, state: ${state} } }) { totalCount nodes { code } } }`,
      );
    const { done: saved } = await save(id!, 2025, { visits: 5 });

    const before = await waiting("SUBMITTED");
    await step("submitLibraryReport", "ReportStepInput", { id: saved.report.id, version: 1 });
    const after = await waiting("SUBMITTED");
    const drafts = await waiting("DRAFT");

    expect(before.data!.libraries.totalCount).toBe(0);
    expect(after.data!.libraries).toEqual({ totalCount: 1, nodes: [{ code: "CHO" }] });
    expect(drafts.errors![0]!.extensions!.code).toBe("BAD_USER_INPUT");
  });

  it("shows drafts and history to the owner's own people only", async () => {
    const [id] = await libraries.given({});
    await save(id!, 2025, { visits: 5 });
    const query =
      "query ($id: ID!) { library(id: $id) { name draft(year: 2025) { visits } history { action } } }";

    const own = await libraries.ask(query, { id }, reporter);
    const foreign = await libraries.ask(
      query,
      { id },
      inRole("REPORTER", { agencyId: "agency:so-gddt", sectors: ["EDUCATION"] }),
    );
    const nobody = await libraries.ask(query, { id });

    expect(own.data!.library.draft).toEqual({ visits: 5 });
    for (const [answer, code] of [
      [foreign, "FORBIDDEN"],
      [nobody, "UNAUTHENTICATED"],
    ] as const) {
      expect(answer.data!.library).toMatchObject({ draft: null, history: null });
      expect(answer.errors!.map(({ extensions }) => extensions!.code)).toEqual([code, code]);
    }
  });
});
