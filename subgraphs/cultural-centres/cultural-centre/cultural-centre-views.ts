import { bothOf } from "../../foundation/indicator/figure.repository";
import type { InstitutionViews } from "../../foundation/institution/institution-views";

/** Measures by their names in the reports: no international standard counts them. */
export const culturalCentreViews: InstitutionViews = {
  table: "cultural_centre",
  hasKinds: true,
  measures: {
    supports_creative_activity: "supports_creative_activity",
    has_clubs_or_classes: "has_clubs_or_classes",
    has_regular_activities: "has_regular_activities",
    clubs: "clubs",
    talent_classes: "talent_classes",
    interest_groups: "interest_groups",
    events: "events",
    participants: "participants",
  },
  conditions: {
    creative_activity: "r.supports_creative_activity",
    regular_activities: bothOf("has_clubs_or_classes", "has_regular_activities"),
  },
  sums: ["participants"],
};
