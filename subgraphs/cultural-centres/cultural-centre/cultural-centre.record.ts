import { Column, Entity } from "typeorm";
import {
  InstitutionRecord,
  KindRecord,
  PlacementRecord,
  ReportRecord,
} from "../../foundation/institution/institution.record";

@Entity({ name: "cultural_centre" })
export class CulturalCentreRecord extends InstitutionRecord {}

@Entity({ name: "cultural_centre_placement" })
export class CulturalCentrePlacementRecord extends PlacementRecord {}

@Entity({ name: "cultural_centre_kind" })
export class CulturalCentreKindRecord extends KindRecord {}

/** Null is "not reported", 0 is "none". */
@Entity({ name: "cultural_centre_report" })
export class CulturalCentreReportRecord extends ReportRecord {
  @Column({ name: "supports_creative_activity", type: "boolean", nullable: true })
  supportsCreativeActivity!: boolean | null;

  @Column({ name: "has_clubs_or_classes", type: "boolean", nullable: true })
  hasClubsOrClasses!: boolean | null;

  @Column({ name: "has_regular_activities", type: "boolean", nullable: true })
  hasRegularActivities!: boolean | null;

  @Column({ type: "int", nullable: true })
  clubs!: number | null;

  @Column({ name: "talent_classes", type: "int", nullable: true })
  talentClasses!: number | null;

  @Column({ name: "interest_groups", type: "int", nullable: true })
  interestGroups!: number | null;

  @Column({ type: "int", nullable: true })
  events!: number | null;

  @Column({ type: "int", nullable: true })
  participants!: number | null;
}
