import {
  recordColumns,
  recordRows,
  type RecordKind,
} from "../../../subgraphs/foundation/institution/exchange/record-sheets";
import { restoreRecords } from "../../../subgraphs/foundation/institution/exchange/restore";
import { Ledger } from "../../../subgraphs/foundation/ledger/ledger";
import { PLAIN_CSV, writeCsv } from "../../../subgraphs/foundation/sheet/write-csv";
import { librariesDesign } from "../../../subgraphs/libraries/subgraph";
import { InstitutionsUnderTest, territory } from "../../testkit/institutions";
import { inRole } from "../../testkit/viewers";
import { importInto } from "../../testkit/library-files";

let libraries: InstitutionsUnderTest;
beforeAll(async () => {
  libraries = await InstitutionsUnderTest.start(librariesDesign, ["CULTURE", "EDUCATION"]);
});
afterEach(() => libraries.clear());
afterAll(() => libraries.stop());

const run = importInto(() => libraries);

describe("An export", () => {
  const author = { agencyId: "agency:so-vhttdl", subject: "x", role: "STEWARD" as const };
  const exported = async (kind: RecordKind) => {
    const database = libraries.databases.get("CULTURE")!;
    const rows = recordRows(kind, database, librariesDesign.records);
    let text = "";
    for await (const piece of writeCsv(
      recordColumns(kind, librariesDesign.entry.book),
      rows,
      PLAIN_CSV,
    ))
      text += piece;
    return Buffer.from(text);
  };
  const restore = (kind: RecordKind, bytes: Uint8Array) => {
    const database = libraries.databases.get("CULTURE")!;
    const ledger = new Ledger(database, () => new Date());
    return restoreRecords(
      { ...librariesDesign, database, territory, sector: "CULTURE", ledger, author },
      kind,
      bytes,
      "x.csv",
    );
  };

  it("read into an empty hub and exported again is the same", async () => {
    await libraries.given(
      {
        code: "A1",
        name: "=Thư viện “Đoàn Kết”, số 1",
        placements: [
          { unitId: "unit:03389", fromOn: null, untilOn: "2020-01-01" },
          { unitId: "unit:03394", fromOn: "2020-01-01", untilOn: null },
        ],
        kind: "COMMUNE_PUBLIC",
        openedOn: "2001-02-03",
        reports: [
          { year: 2024, visits: 0, services: ["a", "b c"], providesLifelongLearning: false },
          {
            year: 2025,
            state: "SUBMITTED",
            submittedAt: new Date("2026-01-05T02:03:04.567Z"),
            explanation: "vì; sao, thế",
          },
        ],
      },
      { code: "A2", closedOn: "2024-06-01" },
    );
    const [institutions, reports] = [await exported("institutions"), await exported("reports")];

    await expect(restore("institutions", institutions)).rejects.toMatchObject({
      code: "NOT_FOR_THIS",
    });
    await libraries.clear();
    const done = [await restore("institutions", institutions), await restore("reports", reports)];

    expect(done.map(({ written }) => written)).toEqual([2, 2]);
    expect(String(await exported("institutions"))).toBe(String(institutions));
    expect(String(await exported("reports"))).toBe(String(reports));
    expect(String(institutions)).toContain("'=Thư viện");
  });

  it("that was changed, or belongs to another hub, is told row by row, and not read", async () => {
    await libraries.given({
      code: "A1",
      kind: "COMMUNE_PUBLIC",
      reports: [{ year: 2025, visits: 1 }],
    });
    const [institutions, reports] = [await exported("institutions"), await exported("reports")];
    await libraries.clear();
    const changed = (bytes: Buffer, from: string, to: string) =>
      Buffer.from(String(bytes).replace(from, to));

    const orphans = await restore("reports", changed(reports, "APPROVED", "DONE"));
    const nowhere = await restore(
      "institutions",
      changed(changed(institutions, "unit:03389", "unit:0"), "COMMUNE_PUBLIC", "ARMED_FORCES"),
    );

    const told = ({ problems }: Awaited<ReturnType<typeof restore>>) =>
      problems.map(({ code, line, header }) => [code, line, header]);
    expect(told(orphans)).toEqual([
      ["UNKNOWN_VALUE", 2, "Trạng thái"],
      ["UNKNOWN_INSTITUTION", 2, "Mã định danh cơ sở"],
    ]);
    expect(told(nowhere)).toEqual([
      ["UNKNOWN_VALUE", 2, "Quá trình địa điểm"],
      ["UNKNOWN_VALUE", 2, "Quá trình phân loại"],
    ]);
    expect([orphans.written, nowhere.written]).toEqual([0, 0]);
  });

  it("keeps whoever submitted from approving it, and names nobody", async () => {
    await libraries.given({ code: "A1" });
    const author = inRole("REPORTER", { subject: "nguoi-nop" });
    await run("Mã số;Lượt sử dụng\nA1;10", { submit: true }, author);
    const [institutions, reports] = [await exported("institutions"), await exported("reports")];
    await libraries.clear();
    await restore("institutions", institutions);
    await restore("reports", reports);
    const list = await libraries.ask(
      "{ libraries { nodes { report(year: 2025) { id version } } } }",
    );
    const { id, version } = list.data!.libraries.nodes[0].report;
    const approve = async (subject: string) => {
      const { data } = await libraries.ask(
        "mutation ($input: ReportStepInput!) { approveLibraryReport(input: $input) { userErrors { code } } }",
        { input: { id, version, idempotencyKey: `duyet-${subject}` } },
        inRole("APPROVER", { subject }),
      );
      return data!.approveLibraryReport.userErrors.map(({ code }: any) => code);
    };

    expect(String(reports)).not.toContain("nguoi-nop");
    expect(await approve("nguoi-nop")).toEqual(["SAME_PERSON"]);
    expect(await approve("nguoi-khac")).toEqual([]);
  });
});
