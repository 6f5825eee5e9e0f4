import { bothOf } from "../../foundation/indicator/figure.repository";
import type { InstitutionViews } from "../../foundation/institution/institution-views";

/** Measures by the terms of ISO 18461. */
export const museumViews: InstitutionViews = {
  table: "museum",
  hasKinds: false,
  measures: {
    has_education_programme: "has_education_programme",
    has_digital_display: "has_digital_display",
    physical_visits: "visits",
    learning_visits: "learning_visits",
    virtual_visits: "virtual_visits",
    educational_programmes: "educational_programmes",
    school_visits: "school_visits",
    digitised_objects: "digitised_objects",
  },
  conditions: { programme_and_display: bothOf("has_education_programme", "has_digital_display") },
  sums: ["visits", "learning_visits"],
};
