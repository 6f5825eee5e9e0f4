import { Column, Entity, PrimaryColumn } from "typeorm";

/** One duty of the plan's section IV, as the plan gives it out. */
@Entity({ name: "duty" })
export class DutyRecord {
  /** `duty:IV.1-1`. */
  @PrimaryColumn({ type: "varchar", length: 40 })
  id!: string;

  @Column({ type: "varchar", length: 16 })
  clause!: string;

  /** The group of agencies that the plan gives it to. */
  @Column({ name: "group_code", type: "varchar", length: 16 })
  groupCode!: string;

  /** Its place in the plan. */
  @Column({ type: "int" })
  ordinal!: number;

  @Column({ name: "plan_section", type: "varchar", length: 16 })
  planSection!: string;

  @Column({ type: "varchar", length: 500 })
  name!: string;

  @Column({ name: "name_en", type: "varchar", length: 500 })
  nameEn!: string;

  @Column({ type: "simple-json" })
  roles!: string[];

  /** Partners that are no agency of the reference. */
  @Column({ name: "also_with", type: "varchar", length: 500, nullable: true })
  alsoWith!: string | null;

  @Column({ name: "also_with_en", type: "varchar", length: 500, nullable: true })
  alsoWithEn!: string | null;
}
