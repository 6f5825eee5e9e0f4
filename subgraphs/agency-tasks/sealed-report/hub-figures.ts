import { readFileSync } from "node:fs";
import { join } from "node:path";
import { lastDayOf } from "../../foundation/calendar";

/** Where the hub's public figures are asked for: its own gateway, as anybody would. */
export type AskHub = (query: string, variables: object) => Promise<Record<string, unknown>>;

/** One pooled figure as it is sealed. */
export interface PublicFigure {
  unitCode: string;
  unitName: string;
  indicatorCode: string;
  indicatorName: string;
  /** Names of the agencies that answer for the indicator on 31 December. */
  agencies: string[];
  value: number | null;
  numerator: number | null;
  denominator: number | null;
  reported: number | null;
  baseYear: number | null;
  target: number | null;
  status: string | null;
  ruling: string | null;
  suppressed: boolean;
  /** Whether any institution counted was generated for demonstration. */
  demonstration: boolean;
}

export interface CollectedFigures {
  figures: PublicFigure[];
  /** By sector: its shares of the figures. */
  shares: Map<string, object[]>;
}

/** An institution that a figure of the province was judged by. */
export interface JudgedReport {
  sector: string;
  indicatorCode: string;
  part: string;
  institutionId: string;
  code: string;
  reportId: string | null;
  revision: number | null;
}

/** What the hub answers to the questions below. */
interface ToldFigure {
  indicator: { code: string; name: string; responsibleAgencies: { name: string }[] };
  value: number | null;
  numerator: number | null;
  denominator: number | null;
  reported: number | null;
  baseYear: number | null;
  suppressed: boolean;
  demonstration: boolean | null;
  missingSectors: string[];
  shares: ({ sector: string } & Record<string, unknown>)[];
  ruling: { basis: string; citation: string } | null;
  assessment: { status: string | null; target: { minimum: number | null } | null } | null;
}
type Field = (typeof FIELDS)[number];
type ToldUnit = { code: string; name: string } & Record<Field, ToldFigure[]>;
interface ToldFigures {
  administrativeUnit: ToldUnit & { subdivisions: ToldUnit[] };
}

type Part = (typeof PARTS)[number];
interface ToldPage {
  nodes: ({ id: string } & Pick<JudgedReport, "code" | "sector" | "reportId" | "revision">)[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}
interface ToldReasons {
  indicator: { code: string };
  explanation: Record<Part, ToldPage> | null;
}

const FIELDS = ["libraryIndicators", "museumIndicators", "culturalCentreIndicators"] as const;
const PARTS = ["counted", "notCounted", "silent"] as const;

/** The reports by which each field's figures were judged. */
const JUDGED: Readonly<Record<Field, string>> = {
  libraryIndicators: "seal-library-reports",
  museumIndicators: "seal-museum-reports",
  culturalCentreIndicators: "seal-cultural-centre-reports",
};

/** One of the operations that every gateway knows, so that it may be asked where nothing else may be without a token. */
const knownOperation = (name: string): string =>
  readFileSync(join(__dirname, "../../../schema/operations", `${name}.graphql`), "utf8");

/** The public figures of the province and its units for a year. @throws when any of them is not whole. */
export async function collectFigures(
  ask: AskHub,
  provinceCode: string,
  year: number,
): Promise<CollectedFigures> {
  const variables = { code: provinceCode, asOf: lastDayOf(year), year };
  const { administrativeUnit: province } = (await ask(
    knownOperation("seal-figures"),
    variables,
  )) as unknown as ToldFigures;
  const figures: PublicFigure[] = [];
  const shares: CollectedFigures["shares"] = new Map();
  for (const unit of [province, ...province.subdivisions]) {
    for (const figure of FIELDS.flatMap((field) => unit[field])) {
      if (figure.missingSectors.length > 0)
        throw new Error(`${figure.indicator.code}: ${figure.missingSectors.join(", ")} ?`);
      const { value, numerator, denominator, reported, baseYear, suppressed } = figure;
      figures.push({
        unitCode: unit.code,
        unitName: unit.name,
        indicatorCode: figure.indicator.code,
        indicatorName: figure.indicator.name,
        agencies: figure.indicator.responsibleAgencies.map(({ name }) => name),
        value,
        numerator,
        denominator,
        reported,
        baseYear,
        target: figure.assessment?.target?.minimum ?? null,
        status: figure.assessment?.status ?? null,
        ruling: figure.ruling && `${figure.ruling.basis}: ${figure.ruling.citation}`,
        suppressed,
        demonstration: figure.demonstration ?? false,
      });
      for (const { sector, ...share } of figure.shares) {
        const leaf = { unitCode: unit.code, indicatorCode: figure.indicator.code, ...share };
        shares.set(sector, [...(shares.get(sector) ?? []), leaf]);
      }
    }
  }
  return { figures, shares };
}

/** Which revision of whose report each of the province's figures was judged by, as far as anybody may see them. */
export async function collectReports(
  ask: AskHub,
  provinceCode: string,
  year: number,
): Promise<JudgedReport[]> {
  const reports: JudgedReport[] = [];
  const base = { code: provinceCode, asOf: lastDayOf(year), year };
  const reasonsOf = async (field: Field, cursors: object): Promise<ToldReasons[]> => {
    const answer = await ask(knownOperation(JUDGED[field]), { ...base, ...cursors });
    return (answer.administrativeUnit as Record<Field, ToldReasons[]>)[field];
  };
  for (const field of FIELDS) {
    const first = await reasonsOf(field, {});
    for (const { indicator, explanation } of first) {
      let told = explanation;
      const open = new Set<Part>(PARTS);
      while (told !== null) {
        const cursors: Partial<Record<Part, string>> = {};
        for (const part of [...open]) {
          const { nodes, pageInfo } = told[part];
          for (const { id, ...node } of nodes)
            reports.push({ ...node, indicatorCode: indicator.code, part, institutionId: id });
          if (pageInfo.hasNextPage) cursors[part] = pageInfo.endCursor!;
          else open.delete(part);
        }
        if (open.size === 0) break;
        const next = await reasonsOf(field, cursors);
        told = next.find((each) => each.indicator.code === indicator.code)!.explanation;
      }
    }
  }
  return reports;
}

/** Asks the gateway at the address. @throws when it does not answer whole. */
export function hubAt(url: string): AskHub {
  return async (query, variables) => {
    const response = await fetch(url, {
      method: "POST",
      // Made anew: what is sealed, or compared with what was, must also show what was written past the ledgers.
      headers: { "content-type": "application/json", "cache-control": "no-cache" },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(30_000),
    });
    const { data, errors } = (await response.json()) as {
      data?: Record<string, unknown> | null;
      errors?: { message: string }[];
    };
    if (!data || errors) throw new Error(errors?.[0]?.message ?? `HTTP ${response.status}`);
    return data;
  };
}
