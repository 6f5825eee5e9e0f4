import { Column, Entity, Index, PrimaryColumn } from "typeorm";

/** A code with the interval in which it held: codes are reused, so the id names one version. */
@Entity({ name: "administrative_unit" })
@Index("administrative_unit_by_code", ["code"])
@Index("administrative_unit_by_parent", ["parentId", "nameSort", "id"])
@Index("administrative_unit_by_name", ["nameSort", "id"])
export class AdministrativeUnitRecord {
  @PrimaryColumn({ type: "varchar", length: 40 })
  id!: string;

  /** Text, because unit codes begin with zeros. */
  @Column({ type: "varchar", length: 8 })
  code!: string;

  @Column({ type: "varchar", length: 200 })
  name!: string;

  @Column({ name: "name_en", type: "varchar", length: 200, nullable: true })
  nameEn!: string | null;

  @Column({ name: "name_sort", type: "varchar", length: 400 })
  nameSort!: string;

  @Column({ type: "varchar", length: 24 })
  type!: string;

  @Column({ name: "parent_id", type: "varchar", length: 40, nullable: true })
  parentId!: string | null;

  @Column({ name: "valid_from", type: "date", nullable: true })
  validFrom!: string | null;

  /** The first day on which the unit no longer is. */
  @Column({ name: "valid_until", type: "date", nullable: true })
  validUntil!: string | null;
}
