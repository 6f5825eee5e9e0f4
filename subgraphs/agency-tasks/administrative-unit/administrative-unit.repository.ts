import { Brackets, In, Not, type SelectQueryBuilder } from "typeorm";
import type { Day } from "../../foundation/calendar";
import { foldText } from "../../foundation/vietnamese-text";
import type { ProvincialDatabase } from "../provincial-database";
import { AdministrativeUnitRecord } from "./administrative-unit.record";
import { UnitNameRecord } from "./unit-name.record";
import { UnitSuccessionRecord } from "./unit-succession.record";

/** A succession seen from one of its two sides. */
export interface SeenSuccession {
  seenFromId: string;
  unitId: string;
  on: Day;
  instrument: string;
}

export class AdministrativeUnitRepository {
  constructor(private readonly database: ProvincialDatabase) {}

  withIds(ids: readonly string[]): Promise<AdministrativeUnitRecord[]> {
    return this.database.read((manager) =>
      manager.findBy(AdministrativeUnitRecord, { id: In(ids) }),
    );
  }

  /** Every version that ever bore one of the codes. */
  withCodes(codes: readonly string[]): Promise<AdministrativeUnitRecord[]> {
    return this.database.read((manager) =>
      manager.findBy(AdministrativeUnitRecord, { code: In(codes) }),
    );
  }

  /** Units that hold on the day, in the order of the Vietnamese dictionary. */
  onDay(day: Day, types: readonly string[] | null): Promise<AdministrativeUnitRecord[]> {
    return this.database.read((manager) => {
      const query = holding(manager.createQueryBuilder(AdministrativeUnitRecord, "unit"), day);
      if (types) query.andWhere({ type: In(types) });
      return inOrder(query).getMany();
    });
  }

  /** Children of every era, in the order of the Vietnamese dictionary. */
  childrenOf(parentIds: readonly string[]): Promise<AdministrativeUnitRecord[]> {
    return this.database.read((manager) =>
      inOrder(
        manager
          .createQueryBuilder(AdministrativeUnitRecord, "unit")
          .where({ parentId: In(parentIds) }),
      ).getMany(),
    );
  }

  /** Units of which a spelling has the text at the beginning of a word, marks and case aside; of every era without a day. */
  named(text: string, day: Day | null, most: number): Promise<AdministrativeUnitRecord[]> {
    const pattern = `${foldText(text).replace(/[!%_]/gu, "!$&")}%`;
    return this.database.read((manager) => {
      const query = manager.createQueryBuilder(AdministrativeUnitRecord, "unit");
      const spelt = query
        .subQuery()
        .select("spelling.unitId")
        .from(UnitNameRecord, "spelling")
        .where("spelling.nameFolded LIKE :first ESCAPE '!'")
        .orWhere("spelling.nameFolded LIKE :later ESCAPE '!'")
        .getQuery();
      query.where(`unit.id IN ${spelt}`, { first: pattern, later: `% ${pattern}` });
      return inOrder(day === null ? query : holding(query, day))
        .limit(most)
        .getMany();
    });
  }

  /** Spellings beside the name itself. */
  variantsOf(unitIds: readonly string[]): Promise<UnitNameRecord[]> {
    return this.database.read((manager) =>
      manager.find(UnitNameRecord, {
        where: { unitId: In(unitIds), ordinal: Not(0) },
        order: { unitId: "ASC", ordinal: "ASC" },
      }),
    );
  }

  async predecessorsOf(unitIds: readonly string[]): Promise<SeenSuccession[]> {
    const rows = await this.successions({ successorId: In(unitIds) });
    return rows.map(({ predecessorId, successorId, effectiveOn, instrument }) => ({
      seenFromId: successorId,
      unitId: predecessorId,
      on: effectiveOn,
      instrument,
    }));
  }

  async successorsOf(unitIds: readonly string[]): Promise<SeenSuccession[]> {
    const rows = await this.successions({ predecessorId: In(unitIds) });
    return rows.map(({ predecessorId, successorId, effectiveOn, instrument }) => ({
      seenFromId: predecessorId,
      unitId: successorId,
      on: effectiveOn,
      instrument,
    }));
  }

  private successions(where: object): Promise<UnitSuccessionRecord[]> {
    return this.database.read((manager) =>
      manager.find(UnitSuccessionRecord, {
        where,
        order: { effectiveOn: "ASC", predecessorId: "ASC", successorId: "ASC" },
      }),
    );
  }
}

type UnitQuery = SelectQueryBuilder<AdministrativeUnitRecord>;

function holding(query: UnitQuery, day: Day): UnitQuery {
  return query
    .andWhere(
      new Brackets((begun) => begun.where("unit.validFrom IS NULL OR unit.validFrom <= :day")),
    )
    .andWhere(
      new Brackets((notEnded) =>
        notEnded.where("unit.validUntil IS NULL OR unit.validUntil > :day"),
      ),
    )
    .setParameter("day", day);
}

function inOrder(query: UnitQuery): UnitQuery {
  return query.orderBy("unit.nameSort").addOrderBy("unit.id");
}
