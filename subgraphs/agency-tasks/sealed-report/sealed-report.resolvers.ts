import type { GraphQLResolveInfo } from "graphql";
import { requirePlanYear } from "../../foundation/calendar";
import { userErrors } from "../../foundation/entry/problem";
import type { Context } from "../context";
import type { Resolvers } from "../generated/resolver-types";
import { collectFigures, type PublicFigure } from "./hub-figures";
import type { SealedReportRecord } from "./sealed-report.record";

type InYear = { year: number };

export const sealedReportResolvers = {
  Query: {
    sealedReport: (_root: unknown, { year }: InYear, { sealedReports }: Context) =>
      sealedReports.ofYear(requirePlanYear(year)),
  },
  Mutation: {
    sealReport: async (
      _root: unknown,
      { input }: { input: InYear & { idempotencyKey: string } },
      { writer, sealing, language }: Context,
      info: GraphQLResolveInfo,
    ) => {
      const outcome = await writer.write(info, input, (write) => sealing.begin(write, input.year));
      const report = outcome.answer?.report ?? null;
      // It goes on by itself: whoever asked learns the state by `sealedReport`.
      if (report) void sealing.finish(writer.authorOf(info), input.year);
      return {
        sealedReport: report,
        userErrors: userErrors(outcome.problems ?? [], language),
      };
    },
  },
  SealedReport: {
    agency: ({ agencyId }: SealedReportRecord, _args: unknown, { loaders }: Context) =>
      loaders.agencyById.load(agencyId),
    trees: async ({ year }: SealedReportRecord, _args: unknown, { sealedReports }: Context) => {
      const trees = await sealedReports.treesOf(year);
      return [...(await sealedReports.rootsOf(year))].map(([name, root]) => ({
        name,
        root,
        leaves: trees.get(name)?.length ?? 0,
      }));
    },
    figures: async ({ year }: SealedReportRecord, _args: unknown, { sealedReports }: Context) =>
      sealedReports.figuresOf(year),
    differs: async (
      { year, state }: SealedReportRecord,
      _args: unknown,
      { sealedReports, askHub, provinceCode }: Context,
    ) => {
      if (state !== "SEALED") return null;
      const sealed = await sealedReports.figuresOf(year);
      try {
        const { figures } = await collectFigures(askHub, provinceCode, year);
        return differences(sealed, figures);
      } catch {
        return null;
      }
    },
  },
} satisfies Resolvers;

function differences(sealed: readonly PublicFigure[], now: readonly PublicFigure[]) {
  const keyOf = ({ unitCode, indicatorCode }: PublicFigure) => `${unitCode} ${indicatorCode}`;
  const [before, after] = [sealed, now].map(
    (figures) => new Map(figures.map((figure) => [keyOf(figure), figure])),
  ) as [Map<string, PublicFigure>, Map<string, PublicFigure>];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const [was, is] = [before.get(key), after.get(key)];
    const { unitCode, indicatorCode } = (was ?? is)!;
    const fields = Object.keys((was ?? is)!) as (keyof PublicFigure)[];
    const text = (value: unknown) =>
      value === undefined || value === null ? null : JSON.stringify(value);
    return fields
      .filter((field) => text(was?.[field]) !== text(is?.[field]))
      .map((field) => ({
        unitCode,
        indicatorCode,
        field,
        sealed: text(was?.[field]),
        now: text(is?.[field]),
      }));
  });
}
