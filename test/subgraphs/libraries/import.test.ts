import { readTables } from "../../../subgraphs/foundation/sheet/read-tables";
import { verifyLedger } from "../../../subgraphs/foundation/ledger/verify-ledger";
import { AuditEntryRecord } from "../../../subgraphs/foundation/ledger/ledger.record";
import { librariesDesign } from "../../../subgraphs/libraries/subgraph";
import { InstitutionsUnderTest } from "../../testkit/institutions";
import { inRole } from "../../testkit/viewers";
import { counts, importInto, reporter } from "../../testkit/library-files";

let libraries: InstitutionsUnderTest;
beforeAll(async () => {
  libraries = await InstitutionsUnderTest.start(librariesDesign, ["CULTURE", "EDUCATION"]);
});
afterEach(() => libraries.clear());
afterAll(() => libraries.stop());

const run = importInto(() => libraries);
const codes = ({ problems }: Awaited<ReturnType<typeof run>>) =>
  problems.map(({ code, line, column }) => [code, line, column]);
const drafts = async () => {
  const { data } = await libraries.ask(
    "{ libraries { nodes { code draft(year: 2025) { visits learningVisits staff state version explanation } } } }",
    {},
    reporter,
  );
  return Object.fromEntries(data!.libraries.nodes.map(({ code, draft }: any) => [code, draft]));
};

describe("A file of reports", () => {
  it("is saved as drafts, found by code, or by name and commune of either era", async () => {
    await libraries.given(
      { code: "A1", name: "Thư viện A", unitId: "unit:03389" },
      { code: "A2", name: "Thư viện xã", unitId: "unit:03394" },
      { code: "A3", name: "Thư viện xã", unitId: "unit:03592" },
    );

    const answer = await run(
      "Mã số;Tên thư viện;Xã;Lượt sử dụng\na1;;;1.200\n;Thư viện A;Phường Đoàn Kết;\n;thu vien xa;Thèn Sin;7\n;Thư viện xã;03592;9",
    );

    expect(answer.problems).toEqual([]);
    expect(counts(answer)).toEqual([4, 3, 0, 0, true]);
    expect(await drafts()).toMatchObject({
      A1: { visits: 1200, state: "DRAFT", version: 1 },
      A2: { visits: 7 },
      A3: { visits: 9 },
    });
  });

  it("asks who is meant where a name is not enough, with the candidates in the order of their codes", async () => {
    await libraries.given(
      { code: "A3", name: "Thư viện xã", unitId: "unit:03592" },
      { code: "A2", name: "Thư viện xã", unitId: "unit:03394" },
    );

    const answer = await run(
      "Tên thư viện;Xã;Lượt sử dụng\nThư viện xã;;7\nThư viện xã;03394;8\nThư viện xã;Nơi khác;9",
    );

    expect(codes(answer)).toEqual([
      ["AMBIGUOUS_INSTITUTION", 2, "A"],
      // 03394 was Thèn Sin, and is Sin Suối Hồ, which holds both.
      ["AMBIGUOUS_INSTITUTION", 3, "A"],
      ["UNKNOWN_UNIT", 4, "A"],
    ]);
    expect(answer.problems[0]!.vi).toBe(
      "Có 2 cơ sở tên “Thư viện xã”: A2 (Thư viện xã, Xã Thèn Sin); A3 (Thư viện xã, Xã Sin Suối Hồ). Hãy ghi mã số.",
    );
  });

  it("with anything wrong writes nothing, tells all of it, and comes back marked", async () => {
    await libraries.given({ code: "A1" }, { code: "A2" });

    const answer = await run(
      "Mã số;Lượt sử dụng;Lượt học tập;Nhân viên\nA1;10;20;1\nA2;5;1;x\nA9;1;1;1\nA1;3;1;1",
    );

    expect(counts(answer)).toEqual([4, 2, 0, 0, false]);
    expect(codes(answer)).toEqual([
      ["NOT_A_NUMBER", 3, "D"],
      ["INCONSISTENT", 2, "C"],
      ["UNKNOWN_INSTITUTION", 4, "A"],
      ["DOUBLED_ROW", 5, "A"],
    ]);
    expect(await drafts()).toEqual({ A1: null, A2: null });
    const marked = [...readTables(answer.marked!, "m.xlsx").tables[0]!.rows];
    expect(marked.map(({ cells }) => cells.length)).toEqual([4, 5, 5, 5, 5]);
    expect(marked[1]!.cells[4]).toMatch(/^\[C\] Lượt sử dụng để học tập không thể nhiều hơn/u);
  });

  it("twice changes nothing, and mended changes what was mended", async () => {
    await libraries.given({ code: "A1" }, { code: "A2" });
    const file = "Mã số;Lượt sử dụng\nA1;10\nA2;20";

    await run(file);
    const again = await run(file);
    const mended = await run("Mã số;Lượt sử dụng;Nhân viên\nA1;10;\nA2;21;3");

    expect(counts(again)).toEqual([2, 0, 0, 2, false]);
    expect(counts(mended)).toEqual([2, 0, 1, 1, true]);
    expect(await drafts()).toMatchObject({
      A1: { visits: 10, version: 1 },
      A2: { visits: 21, staff: 3, version: 2 },
    });
  });

  it("is only judged in a dry run", async () => {
    await libraries.given({ code: "A1" });

    const answer = await run("Mã số;Lượt sử dụng\nA1;10", { dryRun: true });

    expect(counts(answer)).toEqual([1, 1, 0, 0, false]);
    expect(await drafts()).toEqual({ A1: null });
  });

  it("is submitted at once when that is asked, with a word on every jump", async () => {
    await libraries.given({ code: "A1", reports: [{ year: 2024, visits: 100 }] });

    const bare = await run("Mã số;Lượt sử dụng\nA1;1000", { submit: true });
    const told = await run("Mã số;Lượt sử dụng;Giải trình\nA1;1000;Mở rộng", { submit: true });

    expect(codes(bare)).toEqual([["EXPLANATION_NEEDED", 2, "B"]]);
    expect(counts(told)).toEqual([1, 1, 0, 0, true]);
    const { data } = await libraries.ask(
      "{ libraries { nodes { report(year: 2025) { state visits explanation history { action changes { field to } } } } } }",
      {},
      reporter,
    );
    const [{ report }] = data!.libraries.nodes;
    expect(report).toMatchObject({ state: "SUBMITTED", visits: 1000, explanation: "Mở rộng" });
    expect(report.history[0]).toMatchObject({
      action: "IMPORT_AND_SUBMIT",
      changes: [{ field: "file" }, { field: "reports", to: "1" }, { field: "figures" }],
    });
  });

  it("compares with what was sent last year, and not with a draft of it", async () => {
    await libraries.given({
      code: "A1",
      reports: [
        { year: 2024, visits: 1000 },
        { year: 2024, revision: 2, state: "DRAFT", visits: 100 },
      ],
    });

    const answer = await run("Mã số;Lượt sử dụng\nA1;1000", { submit: true });

    expect(codes(answer)).toEqual([]);
    expect(answer.written).toBe(true);
  });

  it("tells what is wrong with figures even where nobody knows whose they are", async () => {
    await libraries.given({ code: "A1" });

    const answer = await run("Mã số;Lượt sử dụng;Lượt sử dụng để học tập\nX1;10;20\nA1;10;20", {
      year: null,
    });

    expect(codes(answer)).toEqual([
      ["UNKNOWN_INSTITUTION", 2, "A"],
      ["REQUIRED", 2, null],
      ["INCONSISTENT", 2, "C"],
      ["REQUIRED", 3, null],
      ["INCONSISTENT", 3, "C"],
    ]);
  });

  it("with an explanation longer than is kept says so, and writes nothing", async () => {
    await libraries.given({ code: "A1" });

    const answer = await run(`Mã số;Lượt sử dụng;Giải trình\nA1;10;${"x".repeat(501)}`);

    expect(codes(answer)).toEqual([["TOO_LONG", 2, "C"]]);
    expect(await drafts()).toEqual({ A1: null });
  });

  it("is named to whoever has read what it changed, with the agency that brought it", async () => {
    const [id] = await libraries.given({ code: "A1" });
    await run("Mã số;Lượt sử dụng\nA1;10");
    await run("Mã số;Lượt sử dụng\nA1;20");

    const { data } = await libraries.ask(
      `mutation ($input: SaveLibraryReportInput!) { saveLibraryReport(input: $input) { userErrors { code message } } }`,
      {
        input: {
          id,
          year: 2025,
          version: 1,
          idempotencyKey: "luu-sau-nhap",
          measures: { visits: 30 },
        },
      },
      reporter,
    );

    expect(data!.saveLibraryReport.userErrors).toEqual([
      {
        code: "STALE_VERSION",
        message:
          "Bản ghi đang ở phiên bản 2, không phải 1. Đã thay đổi: Sở Văn hóa, Thể thao và Du lịch, 2026-11-23 03:00 UTC: IMPORT_REPORTS. Hãy đọc lại rồi gửi lại.",
      },
    ]);
  });

  it("never overwrites what is submitted or approved", async () => {
    await libraries.given({ code: "A1", reports: [{ year: 2025, visits: 5 }] });

    const same = await run("Mã số;Lượt sử dụng\nA1;5");
    const other = await run("Mã số;Lượt sử dụng\nA1;6");

    expect(counts(same)).toEqual([1, 0, 0, 1, false]);
    expect(codes(other)).toEqual([["LOCKED", 2, "A"]]);
  });

  it("leaves one entry in the ledger, which stays intact", async () => {
    await libraries.given({ code: "A1" }, { code: "A2" });
    await run("Mã số;Lượt sử dụng\nA1;10\nA2;20");

    const database = libraries.databases.get("CULTURE")!;
    const entries = await database.read((manager) => manager.find(AuditEntryRecord));
    const { flaws } = await verifyLedger(database, [
      librariesDesign.records.institution,
      librariesDesign.records.report,
    ]);

    expect(flaws).toEqual([]);
    expect(entries).toMatchObject([{ action: "IMPORT_REPORTS", agencyId: "agency:so-vhttdl" }]);
  });

  it.each([
    ["of another sector", { sector: "EDUCATION" as const }, reporter],
    ["without a role to report", {}, inRole("APPROVER")],
  ])("is refused to whoever comes %s", async (_what, more, viewer) => {
    await libraries.given({ code: "A1" });

    await expect(run("Mã số;Lượt sử dụng\nA1;10", more, viewer)).rejects.toMatchObject({
      extensions: { code: "FORBIDDEN" },
    });
    expect(await drafts()).toEqual({ A1: null });
  });

  it("is not even read for somebody who has not signed in", async () => {
    await expect(run("%PDF-1.7", { sector: null }, null)).rejects.toMatchObject({
      extensions: { code: "UNAUTHENTICATED" },
    });
  });

  it("may only hold institutions in the caller's own units", async () => {
    await libraries.given(
      { code: "A1", unitId: "unit:03389" },
      { code: "A2", unitId: "unit:03394" },
    );

    const answer = await run(
      "Mã số;Lượt sử dụng\nA1;10\nA2;20",
      {},
      inRole("REPORTER", { units: ["unit:03388:2025-07-01"] }),
    );

    expect(codes(answer)).toEqual([["FORBIDDEN", 3, "A"]]);
  });

  it("with no header of reports is refused in one line", async () => {
    await expect(run("a;b\n1;2")).rejects.toMatchObject({ code: "NOT_FOR_THIS" });
  });
});
