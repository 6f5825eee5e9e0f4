import { Column, Entity, PrimaryColumn } from "typeorm";

/** A body that the plan names, or one that took over from it; ended, never deleted. */
@Entity({ name: "agency" })
export class AgencyRecord {
  @PrimaryColumn({ type: "varchar", length: 64 })
  id!: string;

  /** Its place in the reference: the plan's own order first. */
  @Column({ type: "int" })
  ordinal!: number;

  @Column({ type: "varchar", length: 200 })
  name!: string;

  @Column({ name: "name_en", type: "varchar", length: 200 })
  nameEn!: string;

  @Column({ type: "varchar", length: 16, nullable: true })
  sector!: string | null;

  @Column({ type: "varchar", length: 32 })
  kind!: string;

  @Column({ name: "plan_section", type: "varchar", length: 16, nullable: true })
  planSection!: string | null;

  @Column({ name: "valid_from", type: "date", nullable: true })
  validFrom!: string | null;

  /** The first day on which the agency no longer is. */
  @Column({ name: "valid_until", type: "date", nullable: true })
  validUntil!: string | null;

  @Column({ name: "unit_id", type: "varchar", length: 40, nullable: true })
  unitId!: string | null;
}
