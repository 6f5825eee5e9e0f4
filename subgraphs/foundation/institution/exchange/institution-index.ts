import type { EntityManager } from "typeorm";
import type { Day } from "../../calendar";
import type { Territory } from "../../territory/territory";
import { foldText } from "../../vietnamese-text";
import type { InstitutionRecords } from "../institution.repository";

/** What an import needs to know of one institution. */
export interface KnownInstitution {
  id: string;
  code: string;
  name: string;
  nameFolded: string;
  openedOn: Day | null;
  closedOn: Day | null;
  /** Where it stands now, or stood last. Null: nowhere known. */
  unitId: string | null;
}

/** Whom a row is about: an institution, or why none or several could be meant. */
export type Match =
  | { institution: KnownInstitution }
  | { institution?: undefined; code: string; vi: string; en: string };

/** One owner's institutions, found as agencies name them: by code, or by name and commune of either era. */
export class InstitutionIndex {
  private readonly byCode = new Map<string, KnownInstitution>();
  private readonly byName = new Map<string, KnownInstitution[]>();
  private readonly unitsByName: ReadonlyMap<string, string[]>;

  private constructor(
    institutions: readonly KnownInstitution[],
    private readonly territory: Territory,
  ) {
    for (const institution of institutions) {
      this.byCode.set(codeKey(institution.code), institution);
      const namesakes = this.byName.get(institution.nameFolded);
      if (namesakes) namesakes.push(institution);
      else this.byName.set(institution.nameFolded, [institution]);
    }
    this.unitsByName = unitNames(territory);
  }

  static async read(
    manager: EntityManager,
    { institution, placement }: InstitutionRecords,
    territory: Territory,
  ): Promise<InstitutionIndex> {
    const tableOf = (record: new () => object) => manager.dataSource.getMetadata(record).tableName;
    const rows: (Omit<KnownInstitution, "unitId"> & { id: string })[] = await manager.query(
      `SELECT id, code, name, name_folded AS "nameFolded", opened_on AS "openedOn", closed_on AS "closedOn" FROM ${tableOf(institution)} ORDER BY code`.replaceAll(
        '"',
        manager.dataSource.options.type === "mysql" ? "`" : '"',
      ),
    );
    const places: { institution_id: string; unit_id: string }[] = await manager.query(
      `SELECT institution_id, unit_id FROM ${tableOf(placement)} ORDER BY ordinal`,
    );
    const placeOf = new Map(places.map((place) => [place.institution_id, place.unit_id]));
    const institutions: KnownInstitution[] = rows.map((row) =>
      Object.assign(row, { unitId: placeOf.get(row.id) ?? null }),
    );
    return new InstitutionIndex(institutions, territory);
  }

  find(code: string | null, name: string | null, unit: string | null): Match {
    if (code !== null) {
      const institution = this.byCode.get(codeKey(code));
      if (institution) return { institution };
      return {
        code: "UNKNOWN_INSTITUTION",
        vi: `Ngành này không có cơ sở mang mã ${code}; hãy kiểm tra mã, hoặc đăng ký cơ sở trước.`,
        en: `This sector has no institution with code ${code}; check it, or register the institution first.`,
      };
    }
    if (name === null) {
      return {
        code: "REQUIRED",
        vi: "Cần mã số, hoặc tên cùng xã, phường.",
        en: "A code is needed, or a name with its commune.",
      };
    }
    const units = unit === null ? null : this.unitsNamed(unit);
    if (units?.length === 0) {
      return {
        code: "UNKNOWN_UNIT",
        vi: `Không có đơn vị hành chính “${unit}”, cũ hoặc mới.`,
        en: `There is no unit “${unit}”, old or new.`,
      };
    }
    const namesakes = this.byName.get(foldText(name)) ?? [];
    const found = namesakes.filter(
      ({ unitId }) =>
        units === null ||
        (unitId !== null &&
          units.some((each) => this.territory.relation(each, unitId) === "INSIDE")),
    );
    if (found.length === 1) return { institution: found[0]! };
    const candidates = (found.length > 0 ? found : namesakes)
      .slice(0, 5)
      .map((each) => `${each.code} (${each.name}, ${this.placeName(each.unitId)})`)
      .join("; ");
    if (found.length > 1) {
      return {
        code: "AMBIGUOUS_INSTITUTION",
        vi: `Có ${found.length} cơ sở tên “${name}”: ${candidates}. Hãy ghi mã số.`,
        en: `There are ${found.length} institutions named “${name}”: ${candidates}. Write the code.`,
      };
    }
    return {
      code: "UNKNOWN_INSTITUTION",
      vi: `Không có cơ sở “${name}”${unit === null ? "" : ` ở ${unit}`}${candidates === "" ? "" : `; cùng tên có ${candidates}`}.`,
      en: `There is no institution “${name}”${unit === null ? "" : ` in ${unit}`}${candidates === "" ? "" : `; of that name there is ${candidates}`}.`,
    };
  }

  /** Every version that a code or a name, of either era, may mean. */
  private unitsNamed(text: string): string[] {
    const code = text.trim().padStart(/^\d{4}$/u.test(text.trim()) ? 5 : 0, "0");
    const byCode = this.territory.units.filter((unit) => unit.code === code).map(({ id }) => id);
    return byCode.length > 0 ? byCode : (this.unitsByName.get(bareName(text)) ?? []);
  }

  private placeName(unitId: string | null): string {
    return (unitId === null ? undefined : this.territory.unit(unitId)?.name) ?? "—";
  }
}

/** Codes are compared without case, and without marks where they have any. */
function codeKey(code: string): string {
  return /^[\x20-\x7e]*$/u.test(code) ? code.toLowerCase() : foldText(code);
}

function unitNames(territory: Territory): Map<string, string[]> {
  const names = new Map<string, string[]>();
  for (const { id, name, variants } of territory.units) {
    for (const each of new Set([name, ...variants].map(bareName)))
      names.set(each, [...(names.get(each) ?? []), id]);
  }
  return names;
}

/** Without marks, and without the words that say what kind of unit it is. */
function bareName(name: string): string {
  return foldText(name).replace(
    /^(?:xa|phuong|thi tran|huyen|thanh pho|tinh|x\.|p\.|tt\.)\s+/u,
    "",
  );
}
