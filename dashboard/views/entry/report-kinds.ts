import { EntryApproveCulturalCentreReport } from "../../generated/entry-approve-cultural-centre-report";
import { EntryApproveLibraryReport } from "../../generated/entry-approve-library-report";
import { EntryApproveMuseumReport } from "../../generated/entry-approve-museum-report";
import { EntryCulturalCentreList } from "../../generated/entry-cultural-centre-list";
import { EntryCulturalCentreReport } from "../../generated/entry-cultural-centre-report";
import { EntryLibraryList } from "../../generated/entry-library-list";
import { EntryLibraryReport } from "../../generated/entry-library-report";
import { EntryMuseumList } from "../../generated/entry-museum-list";
import { EntryMuseumReport } from "../../generated/entry-museum-report";
import { EntryReturnCulturalCentreReport } from "../../generated/entry-return-cultural-centre-report";
import { EntryReturnLibraryReport } from "../../generated/entry-return-library-report";
import { EntryReturnMuseumReport } from "../../generated/entry-return-museum-report";
import { EntryReviseCulturalCentreReport } from "../../generated/entry-revise-cultural-centre-report";
import { EntryReviseLibraryReport } from "../../generated/entry-revise-library-report";
import { EntryReviseMuseumReport } from "../../generated/entry-revise-museum-report";
import { EntrySaveCulturalCentreReport } from "../../generated/entry-save-cultural-centre-report";
import { EntrySaveLibraryReport } from "../../generated/entry-save-library-report";
import { EntrySaveMuseumReport } from "../../generated/entry-save-museum-report";
import { EntrySubmitCulturalCentreReport } from "../../generated/entry-submit-cultural-centre-report";
import { EntrySubmitLibraryReport } from "../../generated/entry-submit-library-report";
import { EntrySubmitMuseumReport } from "../../generated/entry-submit-museum-report";
import type { TrustedDocument } from "../../hub/trusted-document";
import {
  culturalCentreMeasures,
  libraryMeasures,
  museumMeasures,
  type MeasureField,
} from "./measure-fields";

export type ReportState = "DRAFT" | "SUBMITTED" | "RETURNED" | "APPROVED";

export interface ListedInstitution {
  id: string;
  code: string;
  name: string;
  openedOn: string | null;
  closedOn: string | null;
  draft: { state: ReportState; returnReason: string | null } | null;
  report: { state: ReportState; submittedAt: string | null } | null;
}

export interface ListVariables {
  year: number;
  sector: "CULTURE" | "EDUCATION" | "ARMED_FORCES" | "LABOUR";
  unit?: { id?: string; code?: string };
  reported?: { year: number; reported: boolean };
  reportState?: { year: number; state: "SUBMITTED" | "APPROVED" };
  text?: string;
  after?: string;
}

export interface ListAnswer {
  page: {
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
    nodes: readonly ListedInstitution[];
  } | null;
}

/** By the keys of the measures; null: not reported. */
export type Measures = Readonly<Record<string, unknown>>;

export type WholeReport = Measures & {
  id: string;
  version: number;
  state: ReportState;
  year: number;
  /** 1, or higher for the correction of one that was approved. */
  revision: number;
  submittedAt: string | null;
  returnReason: string | null;
  explanation: string | null;
  /** What was done to it, latest first. Null: the reader is not told. */
  history: readonly { action: string; reason: string | null }[] | null;
};

export interface ReportAnswer {
  institution: {
    id: string;
    code: string;
    name: string;
    draft: WholeReport | null;
    /** Of every year, submitted and approved, the latest revision first. */
    reports: readonly WholeReport[];
  } | null;
}

export interface UserError {
  code: string;
  path: readonly string[];
  message: string;
}

export interface OutcomeAnswer {
  outcome: {
    report: { id: string; version: number; state: ReportState } | null;
    userErrors: readonly UserError[];
  } | null;
}

export interface Step {
  input: { idempotencyKey: string; id: string; version: number };
}

export interface ReasonedStep {
  input: Step["input"] & { reason: string };
}

interface Save {
  input: {
    idempotencyKey: string;
    id: string;
    year: number;
    version: number | null;
    /** Each kind has its own; `measures` of the same kind says which. */
    measures: never;
    explanation: string | null;
  };
}

/** A kind of institution that reports: what it is called in addresses and by the hub, what it tells, and how it is asked. */
export interface ReportKind {
  /** In addresses. */
  word: string;
  subgraph: "libraries" | "museums" | "cultural-centres";
  /** With what the ids of its institutions begin. */
  idPrefix: string;
  measures: readonly MeasureField[];
  list: TrustedDocument<ListAnswer, ListVariables>;
  read: TrustedDocument<ReportAnswer, { id: string; year: number }>;
  save: TrustedDocument<OutcomeAnswer, Save>;
  submit: TrustedDocument<OutcomeAnswer, Step>;
  approve: TrustedDocument<OutcomeAnswer, Step>;
  sendBack: TrustedDocument<OutcomeAnswer, ReasonedStep>;
  revise: TrustedDocument<OutcomeAnswer, ReasonedStep>;
}

export const REPORT_KINDS: readonly [ReportKind, ...ReportKind[]] = [
  {
    word: "thu-vien",
    subgraph: "libraries",
    idPrefix: "library:",
    measures: libraryMeasures,
    list: EntryLibraryList,
    read: EntryLibraryReport,
    save: EntrySaveLibraryReport,
    submit: EntrySubmitLibraryReport,
    approve: EntryApproveLibraryReport,
    sendBack: EntryReturnLibraryReport,
    revise: EntryReviseLibraryReport,
  },
  {
    word: "bao-tang",
    subgraph: "museums",
    idPrefix: "museum:",
    measures: museumMeasures,
    list: EntryMuseumList,
    read: EntryMuseumReport,
    save: EntrySaveMuseumReport,
    submit: EntrySubmitMuseumReport,
    approve: EntryApproveMuseumReport,
    sendBack: EntryReturnMuseumReport,
    revise: EntryReviseMuseumReport,
  },
  {
    word: "trung-tam",
    subgraph: "cultural-centres",
    idPrefix: "cultural-centre:",
    measures: culturalCentreMeasures,
    list: EntryCulturalCentreList,
    read: EntryCulturalCentreReport,
    save: EntrySaveCulturalCentreReport,
    submit: EntrySubmitCulturalCentreReport,
    approve: EntryApproveCulturalCentreReport,
    sendBack: EntryReturnCulturalCentreReport,
    revise: EntryReviseCulturalCentreReport,
  },
];

/** Museums and cultural centres are all of the culture sector; every sector has libraries. */
export const kindsOf = (sector: ListVariables["sector"]): readonly ReportKind[] =>
  sector === "CULTURE" ? REPORT_KINDS : REPORT_KINDS.slice(0, 1);
