import type { InstitutionViews } from "../../foundation/institution/institution-views";

/** Measures by the terms of ISO 2789. */
export const libraryViews: InstitutionViews = {
  table: "library",
  hasKinds: true,
  measures: {
    provides_lifelong_learning: "provides_lifelong_learning",
    services: "services",
    visits: "visits",
    learning_visits: "learning_visits",
    virtual_visits: "virtual_visits",
    loans: "loans",
    registered_users: "registered_users",
    events: "events",
    event_attendances: "event_attendance",
    employees: "staff",
  },
  conditions: { lifelong_learning: "r.provides_lifelong_learning" },
  sums: ["visits", "learning_visits"],
};
