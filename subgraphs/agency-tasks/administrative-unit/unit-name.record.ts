import { Column, Entity, PrimaryColumn } from "typeorm";

/** A spelling under which a unit is found: its own name (ordinal 0), then the variants of other lists. */
@Entity({ name: "unit_name" })
export class UnitNameRecord {
  @PrimaryColumn({ name: "unit_id", type: "varchar", length: 40 })
  unitId!: string;

  @PrimaryColumn({ type: "int" })
  ordinal!: number;

  @Column({ type: "varchar", length: 200 })
  name!: string;

  /** Without marks and in lower case; what a search compares. */
  @Column({ name: "name_folded", type: "varchar", length: 200 })
  nameFolded!: string;
}
