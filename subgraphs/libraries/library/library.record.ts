import { Column, Entity } from "typeorm";
import {
  InstitutionRecord,
  KindRecord,
  PlacementRecord,
  ReportRecord,
} from "../../foundation/institution/institution.record";

@Entity({ name: "library" })
export class LibraryRecord extends InstitutionRecord {}

@Entity({ name: "library_placement" })
export class LibraryPlacementRecord extends PlacementRecord {}

@Entity({ name: "library_kind" })
export class LibraryKindRecord extends KindRecord {}

/** Measures of ISO 2789; null is "not reported", 0 is "none". */
@Entity({ name: "library_report" })
export class LibraryReportRecord extends ReportRecord {
  @Column({ name: "provides_lifelong_learning", type: "boolean", nullable: true })
  providesLifelongLearning!: boolean | null;

  @Column({ type: "simple-json", nullable: true })
  services!: string[] | null;

  @Column({ type: "int", nullable: true })
  visits!: number | null;

  @Column({ name: "learning_visits", type: "int", nullable: true })
  learningVisits!: number | null;

  @Column({ name: "virtual_visits", type: "int", nullable: true })
  virtualVisits!: number | null;

  @Column({ type: "int", nullable: true })
  loans!: number | null;

  @Column({ name: "registered_users", type: "int", nullable: true })
  registeredUsers!: number | null;

  @Column({ type: "int", nullable: true })
  events!: number | null;

  @Column({ name: "event_attendance", type: "int", nullable: true })
  eventAttendance!: number | null;

  @Column({ type: "int", nullable: true })
  staff!: number | null;
}
