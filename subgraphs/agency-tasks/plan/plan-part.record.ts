import { Column, Entity, PrimaryColumn } from "typeorm";

/** What the parts of each kind have beside a name and a section. */
export interface PlanPartDetails {
  TASK_GROUP: null;
  TASK: null;
  DUTY_GROUP: { requested: boolean; agencyIds: string[] };
  FUNDING_SOURCE: { planSections: string[] };
  NAMED_DAY: {
    month: number | null;
    day: number | null;
    occurrences: { year: number; from: string; until: string; source: string }[];
    taskCode: string;
    note: string | null;
    noteEn: string | null;
  };
  REVIEW: { year: number; kind: string; dutyId: string; reportingDutyCode: string };
  REPORTING_DUTY: {
    dutyId: string;
    recipientId: string;
    frequency: string;
    year: number | null;
  };
}
export type PlanPartKind = keyof PlanPartDetails;

/** A named part of the plan that nothing is counted or decided by: tasks, funding, days, reviews, reporting duties. */
@Entity({ name: "plan_part" })
export class PlanPartRecord<Kind extends PlanPartKind = PlanPartKind> {
  @PrimaryColumn({ type: "varchar", length: 24 })
  kind!: Kind;

  @PrimaryColumn({ type: "varchar", length: 64 })
  code!: string;

  /** Its place in the plan, among its kind. */
  @Column({ type: "int" })
  ordinal!: number;

  /** Tasks: the group's code. */
  @Column({ name: "parent_code", type: "varchar", length: 64, nullable: true })
  parentCode!: string | null;

  @Column({ name: "plan_section", type: "varchar", length: 16 })
  planSection!: string;

  @Column({ type: "varchar", length: 500 })
  name!: string;

  @Column({ name: "name_en", type: "varchar", length: 500 })
  nameEn!: string;

  @Column({ type: "simple-json", nullable: true })
  details!: PlanPartDetails[Kind];
}
