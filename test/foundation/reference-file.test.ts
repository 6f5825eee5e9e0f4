import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  readReferenceUnits,
  ReferenceFileError,
  type ReferenceUnit,
} from "../../subgraphs/foundation/territory/reference-file";
import { Territory } from "../../subgraphs/foundation/territory/territory";

const HEADER =
  "code,valid_from,valid_until,type,name,name_en,parent_code,variants,successors,instrument";
const PROVINCE = "12,,,province,Tỉnh,,,,,";

const folder = mkdtempSync(join(tmpdir(), "hub-reference-"));
const file = join(folder, "units.csv");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function read(...rows: string[]): ReferenceUnit[] {
  writeFileSync(file, rows.join("\n"));
  return readReferenceUnits(file);
}

function refusal(...rows: string[]): ReferenceFileError {
  try {
    read(...rows);
  } catch (error) {
    if (error instanceof ReferenceFileError) return error;
    throw error;
  }
  throw new Error("the file was not refused");
}

/** Line and English message of each problem of rows under a good header. */
function problemsOf(...rows: string[]): [number, string][] {
  return refusal(HEADER, ...rows).problems.map(({ line, messageEn }) => [line, messageEn]);
}

describe("reference/lai-chau/units.csv", () => {
  const units = readReferenceUnits("reference/lai-chau/units.csv");

  it("has one province, 8 districts, 106 old and 38 new commune-level units", () => {
    const counts: Record<string, number> = {};
    for (const { type, validFrom, validUntil } of units) {
      const era = `${validFrom ?? ""}..${validUntil ?? ""} ${type}`;
      counts[era] = (counts[era] ?? 0) + 1;
    }

    expect(units).toHaveLength(153);
    expect(counts).toEqual({
      ".. PROVINCE": 1,
      "..2025-07-01 PROVINCIAL_CITY": 1,
      "..2025-07-01 DISTRICT": 7,
      "..2025-07-01 COMMUNE": 94,
      "..2025-07-01 WARD": 5,
      "..2025-07-01 TOWNSHIP": 7,
      "2025-07-01.. COMMUNE": 36,
      "2025-07-01.. WARD": 2,
    });
  });

  it("has 106 successions under 37 clauses of Resolution 1670", () => {
    const successions = units.flatMap(({ successors }) => successors);
    const clauses = new Set(
      successions.map(
        ({ instrument }) =>
          /^Nghị quyết 1670\/NQ-UBTVQH15 Điều 1 khoản (\d+)$/u.exec(instrument)?.[1],
      ),
    );

    expect(successions).toHaveLength(106);
    expect(units.flatMap(({ predecessors }) => predecessors)).toHaveLength(106);
    expect(new Set(successions.map(({ on }) => on))).toEqual(new Set(["2025-07-01"]));
    expect([...clauses].map(Number).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 37 }, (_, index) => index + 1),
    );
    expect(
      units
        .filter(({ successors }) => successors[0]?.instrument.endsWith("khoản 37"))
        .map(({ name }) => name),
    ).toEqual(["Xã Mù Cả", "Xã Tà Tổng"]);
  });

  it("gives each new unit between one and five predecessors", () => {
    const sizes = [0, 0, 0, 0, 0, 0];
    for (const { validFrom, predecessors } of units)
      if (validFrom !== null) sizes[predecessors.length]! += 1;

    expect(sizes).toEqual([0, 2, 15, 12, 7, 2]);
  });

  it("reads a unit whole, and its nine neighbours' other spellings", () => {
    expect(units.find(({ id }) => id === "unit:03391")).toEqual({
      id: "unit:03391",
      code: "03391",
      name: "Xã Lả Nhì Thàng",
      nameEn: "La Nhi Thang Commune",
      type: "COMMUNE",
      parentId: "unit:109",
      validFrom: null,
      validUntil: "2025-07-01",
      variants: ["Xã Lản Nhì Thàng"],
      successors: [
        {
          unitId: "unit:03388:2025-07-01",
          on: "2025-07-01",
          instrument: "Nghị quyết 1670/NQ-UBTVQH15 Điều 1 khoản 36",
        },
      ],
      predecessors: [],
      line: expect.any(Number),
    });
    expect(units.filter(({ variants }) => variants.length > 0)).toHaveLength(9);
    expect(units.every(({ name }) => name === name.normalize("NFC"))).toBe(true);
  });

  it("shows old Mường Than among the predecessors of new Than Uyên", () => {
    const thanUyen = units.find(({ id }) => id === "unit:03595:2025-07-01")!;

    expect(thanUyen.predecessors.map(({ unitId }) => unitId)).toEqual([
      "unit:03595",
      "unit:03619",
      "unit:03631",
      "unit:03632",
    ]);
  });
});

describe("readReferenceUnits", () => {
  it("takes a byte order mark, CRLF, other columns' order and decomposed letters", () => {
    writeFileSync(
      file,
      `\uFEFF${HEADER.replace("code,valid_from", "valid_from,code")}\r\n,12,,province,${"Tỉnh Đắk".normalize("NFD")},,,,,\r\n`,
    );

    expect(readReferenceUnits(file)).toMatchObject([{ id: "unit:12", name: "Tỉnh Đắk" }]);
  });

  it("names every missing and unknown column", () => {
    const error = refusal("code,valid_from,valid_until,type,name,name_en,variants,colour,code");

    expect(error.problems.map(({ line, messageEn }) => [line, messageEn.split(";")[0]])).toEqual([
      [1, "column `parent_code` is missing"],
      [1, "column `successors` is missing"],
      [1, "column `instrument` is missing"],
      [1, "unknown column `colour`"],
      [1, "column `code` stands twice"],
      [1, "the file has no unit"],
    ]);
  });

  it("refuses malformed codes, dates, types and rows, each with its line", () => {
    expect(
      problemsOf(
        PROVINCE,
        "3394,,,commune,A,,12,,,",
        "03395,2025-02-30,,commune,B,,12,,,",
        "03396,,,hamlet,C,,12,,,",
        "03397,,,commune,,,12,,,",
        "105,,,commune,D,,12,,,",
        "03398,,,commune,E, with a comma,,12,,,",
        "03399,,2025-07-01,commune,F,,12,,3400,Act",
      ),
    ).toEqual([
      [3, "code `3394` must be 5 digits, leading zeros kept"],
      [4, "valid_from `2025-02-30` must be a day, YYYY-MM-DD"],
      [5, expect.stringContaining("unknown type `hamlet`; accepted are province, ")],
      [6, "the name is missing"],
      [7, "code `105` must be 5 digits, leading zeros kept"],
      [8, expect.stringContaining("11 cells, 10 are needed")],
      [9, "code `3400` in column successors must be 2, 3 or 5 digits, leading zeros kept"],
    ]);
  });

  it("refuses an interval that ends before it begins", () => {
    expect(problemsOf(PROVINCE, "00001,2025-07-01,2025-07-01,commune,A,,12,,,")).toEqual([
      [3, "valid_from 2025-07-01 must be before valid_until 2025-07-01"],
    ]);
  });

  it("refuses one code twice at one time, naming both lines", () => {
    expect(
      problemsOf(
        PROVINCE,
        "00001,2020-01-01,,commune,A,,12,,,",
        "00002,,,commune,B,,12,,,",
        "00001,,2020-01-02,commune,A,,12,,00002,Act",
        "00001,2024-01-01,2024-02-01,commune,A,,12,,00002,Act",
      ).filter(([, message]) => message.includes("two units")),
    ).toEqual([
      [5, expect.stringContaining("code 00001 names two units at one time (see line 3)")],
      [6, expect.stringContaining("code 00001 names two units at one time (see line 3)")],
    ]);
  });

  it("refuses orphans: no parent, one that is not there, one that does not last as long", () => {
    expect(
      problemsOf(
        PROVINCE,
        "00001,,,commune,A,,,,,",
        "00002,,,commune,B,,13,,,",
        "105,2020-01-01,,district,C,,12,,,",
        "00003,,,commune,D,,105,,,",
      ),
    ).toEqual([
      [3, expect.stringContaining("orphan: only a province may go without a parent")],
      [4, expect.stringContaining("orphan: parent 13 is not in the file")],
      [6, expect.stringContaining("orphan: parent 105 is not in force for the unit's whole life")],
    ]);
  });

  it("refuses parents in a circle, and parents that are not of a higher level", () => {
    expect(
      problemsOf(
        PROVINCE,
        "105,,,district,A,,106,,,",
        "106,,,district,B,,107,,,",
        "107,,,district,C,,106,,,",
        "00001,,,commune,D,,12,,,",
        "00002,,,commune,E,,00001,,,",
      ),
    ).toEqual([
      [4, "cycle of parents: 106 → 107 → 106 (lines 4, 5); correct parent_code"],
      [7, "parent 00001 is not of a higher level than 00002; correct parent_code"],
    ]);
  });

  it("refuses successors that are not there, begin on another day, or go back in time in a circle", () => {
    expect(
      problemsOf(
        PROVINCE,
        "00001,,2020-01-01,commune,A,,12,,00009,Act",
        "00002,,2020-01-01,commune,B,,12,,00003,Act",
        "00003,2021-01-01,,commune,C,,12,,,",
        "00004,,2020-01-01,commune,D,,12,,00005,Act",
        "00005,2020-01-01,2022-01-01,commune,E,,12,,00004,Act",
        "00006,,,commune,F,,12,,00003,Act",
        "00007,,2021-01-01,commune,G,,12,,00003,",
      ),
    ).toEqual([
      [3, expect.stringContaining("successor 00009 is not in the file")],
      [4, expect.stringContaining("successor 00003 has no version that begins on 2020-01-01")],
      [7, expect.stringContaining("successor 00004 had ended by 2022-01-01: the succession goes")],
      [8, expect.stringContaining("has successors but no valid_until")],
      [9, expect.stringContaining("the succession's legal instrument is missing")],
    ]);
  });

  it("refuses territory that goes nowhere, yet lets a district with communes end", () => {
    expect(
      problemsOf(
        PROVINCE,
        "105,,2025-07-01,district,A,,12,,,",
        "00001,,2025-07-01,commune,B,,105,,,",
        "106,,2025-07-01,district,C,,12,,,",
      ),
    ).toEqual([
      [4, expect.stringContaining("unit 00001 has ended without a successor")],
      [5, expect.stringContaining("unit 106 has ended without a successor")],
    ]);
  });

  it("refuses an heir above other units, since nobody would know which of them took the land", () => {
    expect(
      problemsOf(
        PROVINCE,
        "00001,,2025-07-01,commune,A,,12,,105,Act",
        "105,2025-07-01,,provincial_city,B,,12,,,",
        "00002,2025-07-01,,ward,C,,105,,,",
      ),
    ).toEqual([[3, "successor 105 has subdivisions; name those of them that took the territory"]]);
  });

  it("says nothing twice: a row that cannot be read makes no orphans", () => {
    expect(
      problemsOf(PROVINCE, "105,,soon,district,A,,12,,,", "00001,,,commune,B,,105,,,"),
    ).toEqual([[3, "valid_until `soon` must be a day, YYYY-MM-DD"]]);
  });

  it("tells every problem in its message, in both languages, with file and line", () => {
    const { message } = refusal(HEADER, PROVINCE, "1,,,commune,A,,12,,,", "2,,,commune,B,,12,,,");

    expect(message).toContain(file);
    expect(message).toContain("line 3: mã `1` phải gồm 5 chữ số");
    expect(message).toContain("line 4: mã `2` phải gồm 5 chữ số");
    expect(message).toContain("code `2` must be 5 digits, leading zeros kept");
  });

  it("refuses what is not UTF-8, broken CSV, and a file that is not there", () => {
    writeFileSync(
      file,
      Buffer.concat([Buffer.from(`${HEADER}\n12,,,province,T`), Buffer.of(0xe9)]),
    );
    expect(() => readReferenceUnits(file)).toThrow(/the file is not UTF-8/u);

    expect(refusal(HEADER, PROVINCE, '00001,,,commune,"A,,12,,,').problems[0]!.line).toBe(3);
    expect(() => readReferenceUnits(join(folder, "nowhere.csv"))).toThrow(ReferenceFileError);
  });

  it("loads a country of 34 provinces and ten thousand units within seconds", () => {
    const rows: string[] = [HEADER];
    for (let province = 10; province < 44; province += 1) {
      rows.push(`${province},,,province,P,,,,,`);
      for (let old = 0; old < 240; old += 1) {
        const code = (number: number) => String(province * 1000 + number).padStart(5, "0");
        const heir = old - (old % 3);
        rows.push(`${code(old)},,2025-07-01,commune,C,,${province},,${code(heir)},Act`);
        if (heir === old) rows.push(`${code(old)},2025-07-01,,commune,N,,${province},,,`);
      }
    }
    const started = performance.now();

    const country = new Territory(read(...rows));
    for (const { id } of country.units) country.territoryOf(id);

    expect(country.units).toHaveLength(34 * (1 + 240 + 80));
    expect(country.territoryOf("unit:10").inside).toHaveLength(321);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
