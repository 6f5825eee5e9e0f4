import { Column, Entity } from "typeorm";
import {
  InstitutionRecord,
  PlacementRecord,
  ReportRecord,
} from "../../foundation/institution/institution.record";

@Entity({ name: "museum" })
export class MuseumRecord extends InstitutionRecord {}

@Entity({ name: "museum_placement" })
export class MuseumPlacementRecord extends PlacementRecord {}

/** Measures of ISO 18461; null is "not reported", 0 is "none". */
@Entity({ name: "museum_report" })
export class MuseumReportRecord extends ReportRecord {
  @Column({ name: "has_education_programme", type: "boolean", nullable: true })
  hasEducationProgramme!: boolean | null;

  @Column({ name: "has_digital_display", type: "boolean", nullable: true })
  hasDigitalDisplay!: boolean | null;

  @Column({ type: "int", nullable: true })
  visits!: number | null;

  @Column({ name: "learning_visits", type: "int", nullable: true })
  learningVisits!: number | null;

  @Column({ name: "virtual_visits", type: "int", nullable: true })
  virtualVisits!: number | null;

  @Column({ name: "educational_programmes", type: "int", nullable: true })
  educationalProgrammes!: number | null;

  @Column({ name: "school_visits", type: "int", nullable: true })
  schoolVisits!: number | null;

  @Column({ name: "digitised_objects", type: "int", nullable: true })
  digitisedObjects!: number | null;
}
