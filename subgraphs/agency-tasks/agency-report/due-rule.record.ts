import { Column, Entity, PrimaryColumn } from "typeorm";

/** By which day of the following year an annual report is due; the plan gives none, so it is a stored setting. */
@Entity({ name: "due_rule" })
export class DueRuleRecord {
  @PrimaryColumn({ name: "reporting_duty_code", type: "varchar", length: 8 })
  reportingDutyCode!: string;

  @Column({ type: "int" })
  month!: number;

  @Column({ type: "int" })
  day!: number;

  /** Whose rule it is, in Vietnamese. */
  @Column({ type: "varchar", length: 500 })
  basis!: string;

  @Column({ name: "basis_en", type: "varchar", length: 500 })
  basisEn!: string;
}
