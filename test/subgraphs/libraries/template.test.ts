import type { GraphQLError } from "graphql";
import type { Viewer } from "../../../access/viewer";
import { readTables } from "../../../subgraphs/foundation/sheet/read-tables";
import {
  writeReportTemplate,
  type TemplateAsk,
} from "../../../subgraphs/foundation/institution/exchange/template";
import { librariesDesign } from "../../../subgraphs/libraries/subgraph";
import { InstitutionsUnderTest, territory } from "../../testkit/institutions";
import { inRole } from "../../testkit/viewers";
import { counts, importInto } from "../../testkit/library-files";

let libraries: InstitutionsUnderTest;
beforeAll(async () => {
  libraries = await InstitutionsUnderTest.start(librariesDesign, ["CULTURE", "EDUCATION"]);
});
afterEach(() => libraries.clear());
afterAll(() => libraries.stop());

const run = importInto(() => libraries);

describe("A template", () => {
  const template = () =>
    writeReportTemplate(
      { ...librariesDesign, territory },
      libraries.databases.get("CULTURE")!,
      "CULTURE",
      2025,
    );

  it("holds the institutions open in the year, with last year's figures beside empty cells", async () => {
    await libraries.given(
      { code: "A1", name: "A", unitId: "unit:03389", reports: [{ year: 2024, visits: 77 }] },
      { code: "A2", name: "B", closedOn: "2024-06-01" },
      { code: "A3", name: "C", openedOn: "2026-01-01" },
    );

    const { tables } = readTables(await template(), "t.xlsx");

    const [header, ...rows] = Array.from(tables[0]!.rows, ({ cells }) => cells);
    const at = (title: string) => header!.indexOf(title);
    expect(rows).toHaveLength(1);
    expect(rows[0]!.slice(0, 3)).toEqual(["A1", "A", "Phường Đoàn Kết"]);
    expect(rows[0]![at("Lượt sử dụng")] ?? null).toBeNull();
    expect(rows[0]![at("Năm 2024: Lượt sử dụng")]).toBe(77);
  });

  it("as it is imports nothing, and names its sector and year itself", async () => {
    await libraries.given({ code: "A1", reports: [{ year: 2024, visits: 77 }] });
    const bytes = await template();

    const answer = await run(bytes, { fileName: "t.xlsx", sector: null, year: null });

    expect(answer.problems).toEqual([]);
    expect([answer.sector, ...counts(answer)]).toEqual(["CULTURE", 1, 0, 0, 0, false]);
    await expect(
      run(
        bytes,
        { fileName: "t.xlsx", sector: "EDUCATION" },
        inRole("REPORTER", { sectors: ["EDUCATION"] }),
      ),
    ).rejects.toMatchObject({ code: "NOT_FOR_THIS" });
  });
});

describe("A caller's template", () => {
  const ask = (viewer: Viewer | null, more: Partial<TemplateAsk> = {}) =>
    libraries.subgraph.writeTemplate!(
      { viewer, language: "vi" },
      { sector: "CULTURE", year: 2025, ...more },
    );
  const codesIn = (bytes: Uint8Array) => {
    const [, ...rows] = Array.from(readTables(bytes, "t.xlsx").tables[0]!.rows);
    return rows.map(({ cells }) => cells[0]);
  };
  const inWard = inRole("REPORTER", { units: ["unit:03389"] });

  it("names the institutions of his units alone, moved ones where they stand now, in three statements", async () => {
    await libraries.given(
      { code: "A1", name: "A", unitId: "unit:03389" },
      { code: "A2", name: "B", unitId: "unit:03394" },
      { code: "A3", name: "C", unitId: null },
      {
        code: "A4",
        name: "D",
        placements: [
          { unitId: "unit:03394", fromOn: null, untilOn: "2025-03-01" },
          { unitId: "unit:03389", fromOn: "2025-03-01", untilOn: null },
        ],
      },
    );

    const own = codesIn(await ask(inWard));
    const asked = libraries.statements.length;
    const all = codesIn(await ask(inRole("REPORTER")));

    expect(own).toEqual(["A1", "A4"]);
    expect(asked).toBe(3);
    expect(all).toEqual(["A1", "A2", "A3", "A4"]);
  });

  it("is refused to nobody, to other roles, to other sectors, and for years without reports", async () => {
    await libraries.given({ code: "A1", unitId: "unit:03389" });
    const code = (viewer: Viewer | null, more?: Partial<TemplateAsk>) =>
      ask(viewer, more).then(
        () => "MADE",
        (error: GraphQLError) => error.extensions.code,
      );

    expect(await code(null)).toBe("UNAUTHENTICATED");
    expect(await code(inRole("APPROVER"))).toBe("FORBIDDEN");
    expect(await code(inRole("REPORTER", { sectors: ["EDUCATION"] }))).toBe("FORBIDDEN");
    expect(await code(inWard, { sector: null })).toBe("BAD_USER_INPUT");
    expect(await code(inWard, { year: 2021 })).toBe("BAD_USER_INPUT");
    expect(await code(inWard, { year: 2027 })).toBe("BAD_USER_INPUT");
    expect(await code(inWard, { year: null })).toBe("BAD_USER_INPUT");
    expect(await code(inWard)).toBe("MADE");
  });

  it("says so in both languages where there is nothing to report, or the subgraph keeps no such reports", async () => {
    await libraries.given({ code: "A1", unitId: "unit:03394" });
    const soldier = inRole("REPORTER", { sectors: ["ARMED_FORCES"] });

    await expect(ask(inWard)).rejects.toThrow(
      "Trong địa bàn của tài khoản này không có cơ sở nào của ngành văn hóa hoạt động năm 2025, nên không có gì để báo cáo. / No institution of sector CULTURE was open in 2025 in the units of this account, so there is nothing to report.",
    );
    await expect(ask(soldier, { sector: "ARMED_FORCES" })).rejects.toThrow(
      "libraries không giữ báo cáo của ngành lực lượng vũ trang. / libraries keeps no reports of sector ARMED_FORCES.",
    );
    await expect(
      run("Mã số;Lượt sử dụng\nA1;3", { sector: "ARMED_FORCES" }, soldier),
    ).rejects.toMatchObject({ code: "NOT_FOR_THIS" });
  });
});
