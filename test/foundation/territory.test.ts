import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import {
  readReferenceUnits,
  type ReferenceUnit,
} from "../../subgraphs/foundation/territory/reference-file";
import { Territory } from "../../subgraphs/foundation/territory/territory";
import { levelOf } from "../../subgraphs/foundation/territory/unit-type";

const REFORM = "2025-07-01";
const LAST_OLD_DAY = "2025-06-30";

const laiChau = new Territory(readReferenceUnits("reference/lai-chau/units.csv"));
const oldCommunes = laiChau.units.filter(
  ({ type, validUntil }) => levelOf(type) === 2 && validUntil === REFORM,
);
const newUnits = laiChau.units.filter(({ validFrom }) => validFrom === REFORM);
const districts = laiChau.units.filter(({ type }) => levelOf(type) === 1);

describe("Territory of Lai Châu", () => {
  it("knows both units that bore a code", () => {
    expect(laiChau.withCode("03394", LAST_OLD_DAY)).toMatchObject({
      id: "unit:03394",
      name: "Xã Thèn Sin",
    });
    expect(laiChau.withCode("03394", REFORM)).toMatchObject({
      id: "unit:03394:2025-07-01",
      name: "Xã Sin Suối Hồ",
    });
    expect(laiChau.withCode("03619", REFORM)).toBeUndefined();
    expect(laiChau.withCode("99999", REFORM)).toBeUndefined();
  });

  it("has eight districts below the province until the reform, and 38 communes and wards from it on", () => {
    expect(laiChau.childrenOf("unit:12", LAST_OLD_DAY)).toHaveLength(8);
    expect(laiChau.childrenOf("unit:12", REFORM)).toHaveLength(38);
    expect(districts.map(({ id }) => laiChau.childrenOf(id, LAST_OLD_DAY).length)).toEqual([
      7, 13, 14, 22, 17, 12, 10, 11,
    ]);
    expect(laiChau.childrenOf("unit:105", REFORM)).toEqual([]);
  });

  it("makes a parent's territory of its children's, no more and no less", () => {
    for (const parent of [laiChau.unit("unit:12")!, ...districts]) {
      const communes = laiChau
        .territoryOf(parent.id)
        .inside.filter((id) => oldCommunes.some((commune) => commune.id === id));
      const ofChildren = laiChau
        .childrenOf(parent.id, LAST_OLD_DAY)
        .flatMap(({ id }) => laiChau.territoryOf(id).inside)
        .filter((id) => oldCommunes.some((commune) => commune.id === id));

      expect(ofChildren.sort()).toEqual(communes.sort());
    }
  });

  it("follows old Mường Than to new Than Uyên, not to new Mường Than", () => {
    expect(laiChau.onDay("unit:03619", REFORM)?.name).toBe("Xã Than Uyên");
    expect(laiChau.relation("unit:03595:2025-07-01", "unit:03619")).toBe("INSIDE");
    expect(laiChau.relation("unit:03618:2025-07-01", "unit:03619")).toBe("OUTSIDE");
  });

  it("names the six new units that straddle two old districts", () => {
    const straddling = newUnits
      .map(({ id, name }) => ({
        name,
        districts: districts
          .filter((district) => laiChau.relation(district.id, id) === "STRADDLING")
          .map((district) => district.code),
      }))
      .filter((unit) => unit.districts.length > 0);

    expect(straddling).toEqual([
      { name: "Phường Đoàn Kết", districts: ["105", "109"] },
      { name: "Xã Sin Suối Hồ", districts: ["106", "109"] },
      { name: "Phường Tân Phong", districts: ["105", "106"] },
      { name: "Xã Hua Bum", districts: ["107", "112"] },
      { name: "Xã Lê Lợi", districts: ["108", "112"] },
      { name: "Xã Pa Tần", districts: ["108", "112"] },
    ]);
  });

  it("calls a place straddling when it is larger than the asked unit", () => {
    expect(laiChau.relation("unit:03386", "unit:12")).toBe("STRADDLING");
    expect(laiChau.relation("unit:12", "unit:03386")).toBe("INSIDE");
    expect(laiChau.relation("unit:105", "unit:105")).toBe("INSIDE");
    expect(laiChau.relation("unit:105", "unit:106")).toBe("OUTSIDE");
  });

  it("lists what lies in a unit and what its border cuts, of every era", () => {
    expect(laiChau.territoryOf("unit:105")).toEqual({
      inside: [
        "unit:105",
        "unit:03386",
        "unit:03387",
        "unit:03388",
        "unit:03389",
        "unit:03403",
        "unit:03408",
        "unit:03409",
      ],
      straddling: ["unit:12", "unit:03388:2025-07-01", "unit:03408:2025-07-01"],
    });
    expect(laiChau.territoryOf("unit:12").inside).toHaveLength(153);
    expect(laiChau.territoryOf("unit:12").straddling).toEqual([]);
    expect(laiChau.territoryOf("unit:12")).toBe(laiChau.territoryOf("unit:12"));
  });

  it("finds the unit of another day at the same level, or says that it cannot be known", () => {
    expect(laiChau.onDay("unit:03394", LAST_OLD_DAY)?.id).toBe("unit:03394");
    expect(laiChau.onDay("unit:03394", REFORM)?.id).toBe("unit:03394:2025-07-01");
    expect(laiChau.onDay("unit:03394:2025-07-01", LAST_OLD_DAY)).toBeNull();
    expect(laiChau.onDay("unit:03451:2025-07-01", LAST_OLD_DAY)?.id).toBe("unit:03451");
    expect(laiChau.onDay("unit:105", REFORM)).toBeNull();
    expect(laiChau.onDay("unit:12", REFORM)?.id).toBe("unit:12");
  });

  it("takes a unit that nobody knows to be elsewhere", () => {
    expect(laiChau.unit("unit:99999")).toBeUndefined();
    expect(laiChau.relation("unit:12", "unit:99999")).toBe("OUTSIDE");
    expect(laiChau.relation("unit:99999", "unit:99999")).toBe("OUTSIDE");
    expect(laiChau.territoryOf("unit:99999")).toEqual({ inside: [], straddling: [] });
    expect(laiChau.onDay("unit:99999", REFORM)).toBeNull();
  });

  it("puts every old commune in exactly one new unit and one district", () => {
    for (const { id } of oldCommunes) {
      const holders = (units: readonly ReferenceUnit[]) =>
        units.filter((unit) => laiChau.relation(unit.id, id) === "INSIDE");
      expect([holders(newUnits).length, holders(districts).length]).toEqual([1, 1]);
      expect(holders(newUnits)[0]).toBe(laiChau.onDay(id, REFORM));
    }
  });
});

describe("Territory of made-up countries", () => {
  const folder = mkdtempSync(join(tmpdir(), "hub-territory-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function territory(rows: readonly string[]): Territory {
    const file = join(folder, "units.csv");
    const header =
      "code,valid_from,valid_until,type,name,name_en,parent_code,variants,successors,instrument";
    writeFileSync(file, [header, ...rows].join("\n"));
    return new Territory(readReferenceUnits(file));
  }

  it("makes a place known only by a commune that was divided straddle its parts", () => {
    const divided = territory([
      "01,,,province,P,,,,,",
      "00001,,2020-01-01,commune,A,,01,,00002;00003,Act 1",
      "00002,2020-01-01,,commune,B,,01,,,",
      "00003,2020-01-01,2023-01-01,commune,C,,01,,00005,Act 2",
      "00004,,2023-01-01,commune,D,,01,,00005,Act 2",
      "00005,2023-01-01,,commune,E,,01,,,",
    ]);
    const [a, b, c, d, e] = [
      "unit:00001",
      "unit:00002:2020-01-01",
      "unit:00003:2020-01-01",
      "unit:00004",
      "unit:00005:2023-01-01",
    ] as const;

    expect(divided.relation(b, a)).toBe("STRADDLING");
    expect(divided.relation(a, b)).toBe("INSIDE");
    expect(divided.relation(e, a)).toBe("STRADDLING");
    expect(divided.relation(e, c)).toBe("INSIDE");
    expect(divided.relation(e, d)).toBe("INSIDE");
    expect(divided.relation(b, d)).toBe("OUTSIDE");
    expect(divided.relation("unit:01", a)).toBe("INSIDE");
    expect(divided.onDay(a, "2021-01-01")).toBeNull();
    expect(divided.onDay(b, "2019-12-31")?.id).toBe(a);
    expect(divided.onDay(c, "2024-01-01")?.id).toBe(e);
  });

  it("finds a divided commune again in the one that its parts were joined to", () => {
    const rejoined = territory([
      "01,,,province,P,,,,,",
      "00001,,2020-01-01,commune,A,,01,,00002;00003,Act 1",
      "00002,2020-01-01,2023-01-01,commune,B,,01,,00004,Act 2",
      "00003,2020-01-01,2023-01-01,commune,C,,01,,00004,Act 2",
      "00004,2023-01-01,,commune,D,,01,,,",
    ]);

    expect(rejoined.onDay("unit:00001", "2024-01-01")?.id).toBe("unit:00004:2023-01-01");
    expect(rejoined.onDay("unit:00004:2023-01-01", "2019-01-01")?.id).toBe("unit:00001");
  });

  it("follows an island district without communes to the special zone that it became", () => {
    const island = territory([
      "51,,,province,P,,,,,",
      "536,,2025-07-01,district,Island,,51,,00536,Act",
      "00536,2025-07-01,,special_zone,Island,,51,,,",
    ]);

    expect(island.onDay("unit:536", "2025-07-01")?.id).toBe("unit:00536:2025-07-01");
    expect(island.relation("unit:00536:2025-07-01", "unit:536")).toBe("INSIDE");
  });

  /** Provinces with districts with communes until the reform; then every commune goes whole, or in two, into new ones. */
  const reorganisation = fc.record({
    communes: fc.array(
      fc.record({ district: fc.nat(5), heirs: fc.uniqueArray(fc.nat(7), { maxLength: 2 }) }),
      { minLength: 1, maxLength: 25 },
    ),
    isPureMerger: fc.boolean(),
  });

  function drawn(plan: typeof reorganisation extends fc.Arbitrary<infer Plan> ? Plan : never) {
    const heirsOf = (heirs: number[]) => {
      const some = heirs.length > 0 ? heirs : [0];
      return plan.isPureMerger ? some.slice(0, 1) : some;
    };
    const five = (number: number) => String(number).padStart(5, "0");
    const used = [...new Set(plan.communes.flatMap(({ heirs }) => heirsOf(heirs)))];
    return territory([
      "01,,,province,P1,,,,,",
      "02,,,province,P2,,,,,",
      ...[0, 1, 2, 3, 4, 5]
        .filter((district) => plan.communes.some((commune) => commune.district === district))
        .map((district) => `10${district},,${REFORM},district,D,,0${1 + (district % 2)},,,`),
      ...plan.communes.map(
        ({ district, heirs }, index) =>
          `${five(100 + index)},,${REFORM},commune,C,,10${district},,${heirsOf(heirs)
            .map((heir) => five(100 + heir))
            .join(";")},Act`,
      ),
      ...used.map((heir) => `${five(100 + heir)},${REFORM},,ward,N,,0${1 + (heir % 2)},,,`),
    ]);
  }

  it("keeps the laws of parts and wholes, whatever is merged or divided", () => {
    fc.assert(
      fc.property(reorganisation, (plan) => {
        const country = drawn(plan);
        const inside = new Map(
          country.units.map(({ id }) => [id, new Set(country.territoryOf(id).inside)]),
        );
        for (const { id, parentId, successors } of country.units) {
          if (inside.get(id)!.size > 0) expect(country.relation(id, id)).toBe("INSIDE");
          if (parentId !== null) expect(inside.get(parentId)!.has(id)).toBe(true);
          // Within what is within is within.
          for (const part of inside.get(id)!) {
            for (const smaller of inside.get(part)!)
              expect(inside.get(id)!.has(smaller)).toBe(true);
          }
          // An overlap is one from both sides.
          for (const other of country.units) {
            const outside = country.relation(id, other.id) === "OUTSIDE";
            expect(country.relation(other.id, id) === "OUTSIDE").toBe(outside);
          }
          if (successors.length === 1)
            expect(country.relation(successors[0]!.unitId, id)).toBe("INSIDE");
          for (const { unitId } of successors)
            expect(country.relation(unitId, id)).not.toBe("OUTSIDE");
        }
      }),
      { numRuns: 60 },
    );
  });

  it("puts every old commune in exactly one new unit where all were merged whole", () => {
    fc.assert(
      fc.property(reorganisation, (plan) => {
        const country = drawn({ ...plan, isPureMerger: true });
        for (const { id } of country.units.filter(({ type }) => type === "COMMUNE")) {
          const holders = country.units.filter(
            (unit) => unit.validFrom === REFORM && country.relation(unit.id, id) === "INSIDE",
          );
          expect(holders.map((holder) => holder.id)).toEqual([country.onDay(id, REFORM)!.id]);
        }
      }),
      { numRuns: 60 },
    );
  });
});
