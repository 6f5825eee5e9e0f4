import { z } from "zod";
import { isDay } from "../../foundation/calendar";
import { SECTORS } from "../../foundation/sector";
import { INDICATOR_KINDS } from "../assessment/assessment";

const text = z.string().trim().min(1).max(500).normalize("NFC");
const section = z.string().min(1).max(16);
const day = z.string().refine(isDay, "YYYY-MM-DD");
const agencyId = z
  .string()
  .regex(/^agency:[a-z0-9]+(?:-[a-z0-9]+)*$/u)
  .max(64);
const dutyId = z.string().regex(/^IV\.\d+-\d+$/u);
const taskId = z.string().regex(/^II\.\d-\d$/u);
const indicatorCode = z.string().regex(/^[LMC]\d$/u);
const reportingCode = z.string().regex(/^R\d$/u);
/** Whether the plan says it, or we read it so. */
const basis = z.enum(["explicit", "inferred"]);
const named = { nameVi: text, nameEn: text, planSection: section };
const note = { noteVi: text.nullable(), noteEn: text.nullable() };
const scope = { scopeVi: text.nullable(), scopeEn: text.nullable() };
const perCent = z.number().min(0).max(100).nullable();

const milestone = z.strictObject({
  year: z.number().int().min(2022).max(2030),
  /** Null: the plan states no number. */
  minimum: perCent,
  /** Null: no upper end. */
  maximum: perCent,
  /** "Phấn đấu" or "đạt". Null: the plan uses neither. */
  verb: z.enum(["STRIVE", "REACH"]).nullable(),
  wordingVi: text,
  wordingEn: text,
  basis,
  classNoteVi: text.nullable(),
  classNoteEn: text.nullable(),
  /** Null: the indicator's class knows no book collections. */
  countsBookCollections: z.boolean().nullable(),
  /** The target of the national decision. Null: not known. */
  national: z
    .strictObject({ minimum: perCent, maximum: perCent, source: text, ...note })
    .nullable(),
});

const indicator = z.strictObject({
  code: indicatorCode,
  ...named,
  kind: z.enum(INDICATOR_KINDS),
  conditionVi: text,
  conditionEn: text,
  ...note,
  milestones: z.array(milestone),
  /** Duties whose holders support the lead. */
  supportingDuties: z.array(dutyId),
});

const DUTY_ROLES = [
  "LEAD",
  "COORDINATE",
  "DIRECT",
  "DO",
  "REPORT",
  "REVIEW",
  "PLAN",
  "FUND",
  "REWARD",
] as const;

const duty = z.strictObject({
  id: dutyId,
  ...named,
  roles: z.array(z.enum(DUTY_ROLES)).min(1),
  /** Who carries it by the plan; later holders follow from the agencies' successions. */
  agencies: z.array(agencyId).min(1),
  with: z.array(agencyId),
  /** Partners that the plan leaves unnamed. */
  alsoWithVi: text.nullable(),
  alsoWithEn: text.nullable(),
});

const responsibility = z.strictObject({
  indicator: indicatorCode,
  agency: agencyId,
  /** The duty by which the agency answers: whoever holds it on a day from this agency, answers on that day. */
  duty: dutyId,
  clauses: z.array(dutyId).min(1),
  basis,
  ...scope,
});

/** `plan.json`: the national decision, the provincial plan, and what the plan sets, in our own short wording. */
export const planSchema = z.strictObject({
  decision: z.strictObject({
    number: text,
    signedOn: day,
    issuer: agencyId,
    nameVi: text,
    nameEn: text,
  }),
  plan: z.strictObject({
    /** Null: the text bears none. */
    number: text.nullable(),
    issuedOn: day.nullable(),
    issuer: agencyId,
    unitCode: z.string(),
    nameVi: text,
    nameEn: text,
    ...note,
  }),
  indicators: z.array(indicator),
  taskGroups: z.array(
    z.strictObject({
      id: z.string().regex(/^II\.\d$/u),
      ...named,
      tasks: z.array(z.strictObject({ id: taskId, ...named })),
    }),
  ),
  dutyGroups: z.array(
    z.strictObject({
      id: z.string().regex(/^IV\.\d+$/u),
      ...named,
      /** The plan asks ("đề nghị") Party and front bodies, and charges the others. */
      requested: z.boolean(),
      agencies: z.array(agencyId).min(1),
      duties: z.array(duty),
    }),
  ),
  responsibilities: z.array(responsibility),
  reportingDuties: z.array(
    z.strictObject({
      code: reportingCode,
      ...named,
      duty: dutyId,
      reporters: z.array(z.strictObject({ agency: agencyId, basis })).min(1),
      to: agencyId,
      /** The plan gives no day and month to any. */
      frequency: z.enum(["YEARLY", "ONCE", "UNDATED"]),
      year: z.number().int().nullable(),
    }),
  ),
  reviews: z.array(
    z.strictObject({
      year: z.number().int(),
      kind: z.enum(["INTERIM", "FINAL"]),
      ...named,
      duty: dutyId,
      reportingDuty: reportingCode,
    }),
  ),
  namedDays: z.array(
    z.strictObject({
      id: z.string().regex(/^[a-z0-9-]+$/u),
      ...named,
      task: taskId,
      /** Null: no fixed date. */
      month: z.number().int().min(1).max(12).nullable(),
      day: z.number().int().min(1).max(31).nullable(),
      /** Known days of a movable one; `until` is the first day after. */
      occurrences: z.array(
        z.strictObject({ year: z.number().int(), from: day, until: day, source: text }),
      ),
      ...note,
    }),
  ),
  fundingSources: z.array(
    z.strictObject({
      code: z.string().regex(/^F\d$/u),
      nameVi: text,
      nameEn: text,
      planSections: z.array(section).min(1),
    }),
  ),
});

/** `agencies.json`: the bodies that the plan names, and those that followed them. */
export const agenciesSchema = z.strictObject({
  agencies: z.array(
    z.strictObject({
      id: agencyId,
      nameVi: text,
      nameEn: text,
      /** Null: the plan does not name it; it is a successor. */
      planSection: section.nullable(),
      kind: z.enum([
        "CENTRAL",
        "PROVINCIAL_COMMITTEE",
        "DEPARTMENT",
        "ARMED_FORCES",
        "MEDIA",
        "PARTY",
        "FRONT",
        "SOCIO_POLITICAL",
        "SOCIAL",
        "DISTRICT_COMMITTEE",
        "DISTRICT_OFFICE",
        "DISTRICT_UNIT",
        "COMMUNE_COMMITTEE",
        "COMMUNE_OFFICE",
        "COMMUNE_INSTITUTION",
        "INSTITUTION",
        "GROUP",
        "PARTNER",
      ]),
      sector: z.enum(SECTORS).nullable(),
      /** The unit it serves, by the code borne while the agency is. Null: none of ours. */
      unitCode: z.string().nullable(),
      /** Null: since before the plan, or not known. */
      validFrom: day.nullable(),
      /** The first day on which it no longer is. */
      validUntil: day.nullable(),
      successions: z.array(
        z.strictObject({
          /** The agency itself where it continues or is reorganised in place. Null: not found out. */
          to: agencyId.nullable(),
          /** Null: no day is known, so nothing passes on any day. */
          on: day.nullable(),
          what: z.enum([
            "CONTINUES",
            "MERGED",
            "DISSOLVED",
            "REORGANISED",
            "TRANSFERRED",
            "NOT_VERIFIED",
          ]),
          scopeVi: text,
          scopeEn: text,
          /** Duties of the plan that pass. */
          duties: z.array(dutyId),
          legalBasis: text.nullable(),
          dateBasis: z.enum(["SOURCED", "NATIONAL", "PLANNED", "NOT_FOUND"]),
          confidence: z.enum(["HIGH", "MEDIUM_HIGH", "MEDIUM", "INFERRED", "UNKNOWN"]),
          ...note,
        }),
      ),
    }),
  ),
});

export type Plan = z.infer<typeof planSchema>;
export type PlanIndicator = Plan["indicators"][number];
export type PlanMilestone = PlanIndicator["milestones"][number];
export type PlanDuty = Plan["dutyGroups"][number]["duties"][number];
export type PlanResponsibility = Plan["responsibilities"][number];
export type PlanReportingDuty = Plan["reportingDuties"][number];
export type PlanAgency = z.infer<typeof agenciesSchema>["agencies"][number];
export type PlanAgencySuccession = PlanAgency["successions"][number];
