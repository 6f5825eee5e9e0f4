import { readFileSync } from "node:fs";

/**
 * The second count: every indicator of one unit and year from raw rows, by plain loops over plain objects. It shares no code
 * with the hub and is written to be read by an auditor, not to be fast: docs/decisions and the descriptions in
 * schema/common/indicator-value.graphql are what it follows.
 */

export interface Interval {
  from_on: string | null;
  until_on: string | null;
}

export type Report = Record<string, unknown> & { year: number; revision: number; state: string };

/** An institution with its own rows, as they stand in the tables. */
export interface Institution {
  id: string;
  opened_on: string | null;
  closed_on: string | null;
  demonstration: number;
  placements: (Interval & { unit_id: string })[];
  kinds: (Interval & { kind: string })[];
  reports: Report[];
}

/** What one owner's database holds. */
export interface OwnerRows {
  institutions: Institution[];
  rulings: {
    id: string;
    class: string;
    basis: string;
    class_ended_on: string;
    recorded_at: string;
  }[];
}

export interface Figure {
  value: number | null;
  numerator: number | null;
  denominator: number | null;
  reported: number | null;
  unplaced: number | null;
  lowerBound: number | null;
  upperBound: number | null;
  baseYear: number | null;
  arithmeticMean: number | null;
  shares: {
    sector: string;
    numerator: number | null;
    denominator: number | null;
    reported: number | null;
  }[];
  ruling: string | null;
  demonstration: boolean | null;
}

interface Share {
  owners: string[];
  kinds: (year: number) => string[];
  columns: string[];
}

const PROVIDES = ["provides_lifelong_learning"];

/** The plan's shares: whose institutions, of which kinds, and which columns must all say yes. */
const SHARES: Record<string, Share> = {
  L1: { owners: ["CULTURE"], kinds: () => ["PROVINCIAL_PUBLIC"], columns: PROVIDES },
  L2: { owners: ["CULTURE"], kinds: () => ["DISTRICT_PUBLIC"], columns: PROVIDES },
  L3: { owners: ["CULTURE"], kinds: () => ["COMMUNE_PUBLIC"], columns: PROVIDES },
  L4: {
    owners: ["CULTURE"],
    kinds: (year) => (year > 2025 ? ["SPECIALISED"] : ["SPECIALISED", "BOOK_COLLECTION"]),
    columns: PROVIDES,
  },
  L5: { owners: ["ARMED_FORCES"], kinds: () => ["ARMED_FORCES"], columns: PROVIDES },
  L6: {
    owners: ["EDUCATION", "LABOUR"],
    kinds: () => ["GENERAL_EDUCATION", "VOCATIONAL_EDUCATION", "OTHER_EDUCATION"],
    columns: PROVIDES,
  },
  M1: {
    owners: ["CULTURE"],
    kinds: () => ["any"],
    columns: ["has_education_programme", "has_digital_display"],
  },
  C1: {
    owners: ["CULTURE"],
    kinds: () => ["PROVINCIAL", "DISTRICT"],
    columns: ["supports_creative_activity"],
  },
  C2: {
    owners: ["CULTURE"],
    kinds: () => ["COMMUNE", "VILLAGE"],
    columns: ["has_clubs_or_classes", "has_regular_activities"],
  },
};

export const GROWTHS = ["L7", "M2"];

export type Units = Map<string, Set<string>>;

/** For every unit version, the oldest communes that it is made of; none of ours was ever divided. */
export function readUnits(path: string): Units {
  const rows = readFileSync(path, "utf8")
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => {
      // Only the last column may be quoted, and it is not needed here.
      const [code, from, until, , , , parent, , successors] = line.split(",");
      return {
        id: from ? `unit:${code}:${from}` : `unit:${code}`,
        code: code!,
        from: from!,
        until: until!,
        parent: parent!,
        successors: successors!,
      };
    });
  const units: Units = new Map(rows.map(({ id }) => [id, new Set<string>()]));
  for (const row of rows) {
    const isCommune = row.code.length === 5;
    if (!isCommune) continue;
    const communes =
      row.from === ""
        ? [row.code]
        : rows
            .filter((old) => old.successors === row.code && old.until === row.from)
            .map((old) => old.code);
    for (const commune of communes) {
      units.get(row.id)!.add(commune);
      // A commune of either era lies in its parent, and the parent in its own.
      for (
        let parent = row.parent;
        parent !== "";
        parent = rows.find(({ code }) => code === parent)!.parent
      ) {
        units.get(rows.find(({ code, from }) => code === parent && from === "")!.id)!.add(commune);
      }
    }
  }
  return units;
}

const whereaboutsKnown = new Map<string, "in" | "out" | "unplaced">();

/** Inside, outside, or neither: then the institution is unplaced for the unit. */
function whereabouts(
  units: Units,
  unitId: string,
  placeId: string | undefined,
): "in" | "out" | "unplaced" {
  if (placeId === undefined) return "unplaced";
  const key = `${unitId} ${placeId}`;
  let where = whereaboutsKnown.get(key);
  if (!where) {
    const place = [...units.get(placeId)!];
    const within = place.filter((commune) => units.get(unitId)!.has(commune)).length;
    where = within === 0 ? "out" : within === place.length ? "in" : "unplaced";
    whereaboutsKnown.set(key, where);
  }
  return where;
}

/** The interval of the day; one that ends with the institution itself goes on holding. */
function on<Row extends Interval>(
  rows: Row[],
  closedOn: string | null,
  day: string,
): Row | undefined {
  return rows.find((row) => {
    if (row.from_on !== null && row.from_on > day) return false;
    const heldToTheEnd = row.until_on !== null && row.until_on === closedOn && closedOn <= day;
    return row.until_on === null || row.until_on > day || heldToTheEnd;
  });
}

/** The report that counts: the highest revision among those of a counting state. */
function countingReport({ reports }: Institution, year: number, basis: string): Report | undefined {
  let counting: Report | undefined;
  for (const report of reports) {
    const counts =
      report.state === "APPROVED" || (basis === "SUBMITTED" && report.state === "SUBMITTED");
    if (report.year === year && counts && (!counting || report.revision > counting.revision))
      counting = report;
  }
  return counting;
}

export function recountShare(
  code: string,
  unitId: string,
  year: number,
  basis: string,
  owners: Map<string, OwnerRows>,
  units: Units,
): Figure {
  const { owners: sectors, kinds: kindsOf, columns } = SHARES[code]!;
  const newYearsEve = `${year}-12-31`;
  let ruling: string | null = null;
  let demonstration = false;
  let unplaced = 0;
  let isRetired = true;
  const shares = sectors.map((sector) => {
    const rows = owners.get(sector)!;
    const share = { sector, numerator: 0, denominator: 0, reported: 0 };
    const rulings = [...rows.rulings].sort((a, b) =>
      `${a.recorded_at} ${a.id}` < `${b.recorded_at} ${b.id}` ? -1 : 1,
    );
    const endOf = (kind: string) => {
      const last = rulings.filter((each) => each.class === kind).at(-1);
      return last && last.class_ended_on <= newYearsEve ? last : undefined;
    };
    ruling ??= kindsOf(year).flatMap((kind) => endOf(kind)?.basis ?? [])[0] ?? null;
    // What is still there comes first, then what ended last: nobody is counted a second time.
    const lasted = (kind: string) => endOf(kind)?.class_ended_on ?? "for ever";
    const kindsInOrder = [...kindsOf(year)].sort((a, b) => lasted(b).localeCompare(lasted(a)));
    const seen = new Set<string>();
    for (const kind of kindsInOrder) {
      const ended = endOf(kind);
      let kindDay = newYearsEve;
      let day = newYearsEve;
      if (ended) {
        if (ended.basis === "RETIRED") continue;
        const lastDay = new Date(Date.parse(ended.class_ended_on) - 86_400_000)
          .toISOString()
          .slice(0, 10);
        kindDay = lastDay;
        if (ended.basis === "FROZEN") day = lastDay;
      }
      isRetired = false;
      for (const institution of rows.institutions) {
        const { opened_on, closed_on, placements, kinds } = institution;
        if (opened_on !== null && opened_on > day) continue;
        // Not yet there on the class's last day, so never a member of it.
        if (opened_on !== null && opened_on > kindDay) continue;
        if (closed_on !== null && closed_on <= day) continue;
        if (kind !== "any" && on(kinds, closed_on, kindDay)?.kind !== kind) continue;
        if (seen.has(institution.id)) continue;
        seen.add(institution.id);
        const where = whereabouts(units, unitId, on(placements, closed_on, day)?.unit_id);
        if (where === "unplaced") unplaced += 1;
        if (where !== "in") continue;
        share.denominator += 1;
        demonstration ||= institution.demonstration === 1;
        const report = countingReport(institution, Number(day.slice(0, 4)), basis);
        const answers = columns.map((column) => (report ? report[column] : null));
        if (answers.some((answer) => answer === 0)) share.reported += 1;
        else if (answers.every((answer) => answer === 1)) {
          share.reported += 1;
          share.numerator += 1;
        }
      }
    }
    return share;
  });
  if (isRetired) {
    const blank = sectors.map((sector) => ({
      sector,
      numerator: null,
      denominator: null,
      reported: null,
    }));
    return { ...NOTHING, shares: blank, ruling };
  }
  const numerator = shares.reduce((sum, share) => sum + share.numerator, 0);
  const denominator = shares.reduce((sum, share) => sum + share.denominator, 0);
  const reported = shares.reduce((sum, share) => sum + share.reported, 0);
  const perCent = (part: number) => (denominator === 0 ? null : (part * 100) / denominator);
  return {
    ...NOTHING,
    value: reported === 0 ? null : perCent(numerator),
    numerator,
    denominator,
    reported,
    unplaced,
    lowerBound: perCent(numerator),
    upperBound: perCent(numerator + denominator - reported),
    shares,
    ruling,
    demonstration,
  };
}

export function recountGrowth(
  unitId: string,
  year: number,
  basis: string,
  owners: Map<string, OwnerRows>,
  units: Units,
): Figure {
  const visits = (institution: Institution, of: number) => {
    const count = countingReport(institution, of, basis)?.learning_visits;
    return count == null ? null : Number(count);
  };
  // The base year is told to everybody, so libraries that not everybody may see have no say in it.
  const years: number[] = [];
  for (const [sector, { institutions }] of owners) {
    if (sector === "ARMED_FORCES") continue;
    for (const institution of institutions) {
      for (const { year: of } of institution.reports)
        if (visits(institution, of) !== null) years.push(of);
    }
  }
  const base = Math.min(...years);
  if (years.length === 0 || base > year) {
    const shares = [...owners.keys()].map((sector) => ({
      sector,
      numerator: null,
      denominator: null,
      reported: 0,
    }));
    return { ...NOTHING, reported: 0, unplaced: 0, shares, demonstration: false };
  }
  let unplaced = 0;
  let demonstration = false;
  const before = new Map<number, number>();
  const after = new Map<number, number>();
  const shares = [...owners].map(([sector, rows]) => {
    const share = { sector, numerator: 0, denominator: 0, reported: 0 };
    for (const institution of rows.institutions) {
      const { placements, closed_on } = institution;
      const where = whereabouts(units, unitId, on(placements, closed_on, `${year}-12-31`)?.unit_id);
      if (where === "out") continue;
      const then = visits(institution, base);
      const now = visits(institution, year);
      if (then !== null && now !== null) {
        if (where === "unplaced") unplaced += 1;
        if (where === "in") {
          share.denominator += then;
          share.numerator += now;
          share.reported += 1;
          demonstration ||= institution.demonstration === 1;
        }
      }
      if (where !== "in") continue;
      for (let each = base + 1; each <= year; each += 1) {
        const previous = visits(institution, each - 1);
        const current = visits(institution, each);
        if (previous === null || current === null) continue;
        before.set(each, (before.get(each) ?? 0) + previous);
        after.set(each, (after.get(each) ?? 0) + current);
      }
    }
    return share;
  });
  const numerator = shares.reduce((sum, share) => sum + share.numerator, 0);
  const denominator = shares.reduce((sum, share) => sum + share.denominator, 0);
  const reported = shares.reduce((sum, share) => sum + share.reported, 0);
  const rates: (number | null)[] = [];
  for (let each = base + 1; each <= year; each += 1) {
    rates.push(before.get(each) ? after.get(each)! / before.get(each)! - 1 : null);
  }
  const known = rates.filter((rate) => rate !== null);
  return {
    ...NOTHING,
    value:
      year > base && denominator > 0 && reported > 0
        ? (Math.pow(numerator / denominator, 1 / (year - base)) - 1) * 100
        : null,
    numerator,
    denominator,
    reported,
    unplaced,
    baseYear: base,
    arithmeticMean:
      rates.length > 0 && known.length === rates.length
        ? (known.reduce((sum, rate) => sum + rate, 0) / rates.length) * 100
        : null,
    shares,
    demonstration,
  };
}

const NOTHING: Figure = {
  value: null,
  numerator: null,
  denominator: null,
  reported: null,
  unplaced: null,
  lowerBound: null,
  upperBound: null,
  baseYear: null,
  arithmeticMean: null,
  shares: [],
  ruling: null,
  demonstration: null,
};
