import type { GraphQLResolveInfo } from "graphql";
import { userErrors } from "../../entry/problem";
import type { LedgerWrite, Outcome } from "../../ledger/ledger";
import type { Sector } from "../../sector";
import type { InstitutionContext } from "../institution-context";
import type { InstitutionRecord, ReportRecord } from "../institution.record";
import { sectorOfId } from "../institution-registry";
import type { InstitutionNames } from "../institution.resolvers";
import type { Step } from "./change-institution";
import type { Correction, Registration } from "./institution-entry";
import type { ReportStep, SavedReport } from "./report-entry";
import type { AskedRuling } from "./ruling-entry";

/** What every input of a write has. */
interface WriteInput {
  idempotencyKey: string;
}

type UnitArgument = { unit: unknown };

/**
 * Resolvers of the mutations that libraries, museums and cultural centres share, under each subgraph's own names. Who may
 * use them is said in the SDL and has been judged before any of this runs.
 */
export function entryResolvers(
  { type, many, one }: InstitutionNames,
  { hasKinds, hasRulings }: { hasKinds: boolean; hasRulings: boolean },
) {
  const plural = many[0]!.toUpperCase() + many.slice(1);
  const institution = <Asked>(
    act: (
      write: LedgerWrite,
      asked: Asked,
      context: InstitutionContext,
    ) => Promise<Outcome<object>>,
  ) => mutation<Asked>((answer) => ({ [one]: field(answer, "institution") }), act);
  const report = <Asked>(
    act: (
      write: LedgerWrite,
      asked: Asked,
      context: InstitutionContext,
    ) => Promise<Outcome<object>>,
  ) => mutation<Asked>((answer) => ({ report: field(answer, "report") }), act);
  return {
    [`register${type}`]: institution<Registration & UnitArgument>(
      (write, asked, { writer, unitOf }) =>
        writer.institutions.register(write, {
          ...asked,
          sector: writer.ownerOf(asked),
          unitId: unitOf(asked.unit),
        }),
    ),
    [`correct${type}`]: institution<Correction>((write, asked, { writer }) =>
      writer.institutions.correct(write, asked),
    ),
    [`move${type}`]: institution<Step & UnitArgument & { on: string }>(
      (write, asked, { writer, unitOf }) =>
        writer.intervals.move(write, { ...asked, unitId: unitOf(asked.unit) }),
    ),
    ...(hasKinds && {
      [`reclassify${type}`]: institution<Step & { kind: string; on: string }>(
        (write, asked, { writer }) =>
          writer.intervals.reclassify(write, { ...asked, sector: sectorOfId(asked.id)! }),
      ),
    }),
    [`close${type}`]: institution<Step & { on: string; reason: string }>(
      (write, asked, { writer }) => writer.institutions.close(write, asked),
    ),
    [`merge${plural}`]: institution<Step & { merged: Step[]; on: string; reason: string }>(
      (write, asked, { writer }) => writer.institutions.merge(write, asked),
    ),
    [`save${type}Report`]: report<SavedReport & { id: string }>((write, asked, { writer }) =>
      writer.reports.save(write, { ...asked, institutionId: asked.id }),
    ),
    [`submit${type}Report`]: report<ReportStep>((write, asked, { writer }) =>
      writer.reports.submit(write, asked),
    ),
    [`return${type}Report`]: report<ReportStep & { reason: string }>((write, asked, { writer }) =>
      writer.reports.return(write, asked),
    ),
    [`approve${type}Report`]: report<ReportStep>((write, asked, { writer }) =>
      writer.reports.approve(write, asked),
    ),
    [`revise${type}Report`]: report<ReportStep & { reason: string }>((write, asked, { writer }) =>
      writer.reports.revise(write, asked),
    ),
    ...(hasRulings && {
      [`record${type}Ruling`]: mutation<AskedRuling>(
        (answer) => ({ ruling: field(answer, "ruling") }),
        (write, asked, { writer }) => writer.rulings.record(write, asked),
      ),
    }),
  };
}

/** What the owner's own people may read of an institution: drafts, and what was done to it. */
export const entryFields = {
  draft: async (
    { id }: InstitutionRecord,
    { year }: { year: number },
    { loaders }: InstitutionContext,
  ) => (await loaders.draftsByInstitution.load(id)).find((each) => each.year === year) ?? null,
  mergedInto: (
    { mergedIntoId }: InstitutionRecord,
    _args: unknown,
    { loaders }: InstitutionContext,
  ) => (mergedIntoId === null ? null : loaders.institutionById.load(mergedIntoId)),
  history,
};

export const reportEntryFields = { history };

export const historyEventFields = {
  agency: ({ agencyId }: { agencyId: string }) => ({ id: agencyId }),
  changes: ({ changes }: { changes: string }) =>
    (JSON.parse(changes) as { field: string; from: unknown; to: unknown }[]).map((change) => ({
      field: change.field,
      from: change.from === null ? null : JSON.stringify(change.from),
      to: change.to === null ? null : JSON.stringify(change.to),
    })),
};

function history(
  { id, auditSequence }: InstitutionRecord | ReportRecord,
  _args: unknown,
  { loaders }: InstitutionContext,
) {
  return loaders.historyOf.load(JSON.stringify([id, auditSequence]));
}

function mutation<Asked>(
  pack: (answer: object | undefined) => object,
  act: (write: LedgerWrite, asked: Asked, context: InstitutionContext) => Promise<Outcome<object>>,
) {
  return async (
    _root: unknown,
    { input }: { input: Asked & WriteInput & { id?: string; sector?: Sector } },
    context: InstitutionContext,
    info: GraphQLResolveInfo,
  ) => {
    const sector = context.writer.ownerOf(input);
    const { idempotencyKey, ...request } = input;
    const outcome = await context.writer.write(
      sector,
      context.roles.get(String(info.path.key))!,
      { name: info.fieldName, idempotencyKey, request },
      (write) => act(write, input, context),
    );
    context.forget();
    return {
      ...pack(outcome.answer),
      userErrors: userErrors(outcome.problems ?? [], context.language),
    };
  };
}

function field(answer: object | undefined, name: string): unknown {
  return (answer as Record<string, unknown> | undefined)?.[name] ?? null;
}
