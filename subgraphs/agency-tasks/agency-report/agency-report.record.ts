import { Column, Entity, Index, PrimaryColumn } from "typeorm";

/** That an agency's annual report on the plan has arrived. */
@Entity({ name: "agency_report" })
@Index("agency_report_by_year", ["year", "agencyId", "reportingDutyCode"], { unique: true })
export class AgencyReportRecord {
  @PrimaryColumn({ type: "varchar", length: 36 })
  id!: string;

  @Column({ name: "agency_id", type: "varchar", length: 64 })
  agencyId!: string;

  /** R1, R2 or R3 of the plan. */
  @Column({ name: "reporting_duty_code", type: "varchar", length: 8 })
  reportingDutyCode!: string;

  /** The year that the report is about. */
  @Column({ type: "int" })
  year!: number;

  @Column({ name: "received_on", type: "date" })
  receivedOn!: string;

  @Column({ type: "boolean" })
  demonstration!: boolean;
}
