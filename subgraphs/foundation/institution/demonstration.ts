import { createHash } from "node:crypto";
import type { Sector } from "../sector";
import type { ReferenceUnit } from "../territory/reference-file";
import type { Territory } from "../territory/territory";
import type { WholeInstitution, WholeReport } from "./write-institutions";

/** Figures that look real and are the same on every machine: one seed, one sequence. */
export class SeededRandom {
  constructor(private state: number) {}

  /** From 0 to below 1 (mulberry32). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  oneOf<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.next() * items.length)]!;
  }
}

/** The last day on which the districts and the old communes existed, and the first day without them. */
export const LAST_OLD_DAY = "2025-06-30";
export const FIRST_NEW_DAY = "2025-07-01";
/** Demonstration reports cover these years; that of the current year is only beginning to come in. */
const YEARS = [2022, 2023, 2024, 2025, 2026];
const CURRENT_YEAR = 2026;

/** The units as demonstration data need them: what existed before the reorganisation, and what followed it. */
export function demonstrationPlaces(territory: Territory) {
  const onOldDay = territory.units.filter(
    ({ validFrom, validUntil }) =>
      (validFrom === null || validFrom <= LAST_OLD_DAY) &&
      (validUntil === null || validUntil > LAST_OLD_DAY),
  );
  const ofType = (...types: string[]) => onOldDay.filter(({ type }) => types.includes(type));
  return {
    districts: ofType("DISTRICT", "PROVINCIAL_CITY"),
    communes: ofType("COMMUNE", "WARD", "TOWNSHIP"),
    townOf: (district: ReferenceUnit) =>
      territory
        .childrenOf(district.id, LAST_OLD_DAY)
        .sort((a, b) => Number(a.type === "COMMUNE") - Number(b.type === "COMMUNE"))[0] ?? district,
    newUnitOf: (commune: ReferenceUnit) => territory.onDay(commune.id, FIRST_NEW_DAY) ?? commune,
  };
}

export interface DemonstrationInstitution {
  name: string;
  kind?: string;
  place: ReferenceUnit;
  /** The place written in units of after the reorganisation, as agencies do that no longer know the old ones. */
  placedByNewUnit?: ReferenceUnit;
  managingAgencyId: string;
  openedOn?: string | null;
  closedOn?: string | null;
  /** What it became, from that day on. */
  reclassified?: { kind: string; on: string };
  /** How likely it is to report for a year. */
  reports: number;
  measures: (year: number, random: SeededRandom) => Record<string, unknown>;
}

/** Makes whole institutions of one owner, with reports that are late, missing, returned and corrected as real ones are. */
export function demonstrationInstitutions(
  prefix: string,
  sector: Sector,
  seed: number,
  described: readonly DemonstrationInstitution[],
): WholeInstitution[] {
  const random = new SeededRandom(seed);
  const owner = sector.toLowerCase().replace("_", "-");
  return described.map((each, index) => {
    const key = `${prefix}/${owner}/${index}`;
    const openedOn = each.openedOn ?? null;
    const closedOn = each.closedOn ?? null;
    const placements = each.placedByNewUnit
      ? [{ unitId: each.placedByNewUnit.id, fromOn: null, untilOn: null }]
      : [{ unitId: each.place.id, fromOn: null, untilOn: null }];
    const kinds = each.kind && [
      { kind: each.kind, fromOn: null, untilOn: each.reclassified?.on ?? null },
      ...(each.reclassified
        ? [{ kind: each.reclassified.kind, fromOn: each.reclassified.on, untilOn: null }]
        : []),
    ];
    return {
      id: `${prefix}:${owner}:${uuidOf(key)}`,
      code: `${prefix.slice(0, 2).toUpperCase()}-${owner.slice(0, 2).toUpperCase()}-${String(index + 1).padStart(4, "0")}`,
      name: each.name,
      managingAgencyId: each.managingAgencyId,
      openedOn,
      closedOn,
      demonstration: true,
      placements,
      kinds: kinds || undefined,
      reports: YEARS.filter(
        (year) =>
          (openedOn === null || openedOn < `${year}-10-01`) &&
          (closedOn === null || closedOn > `${year}-12-31`),
      ).flatMap((year) => reportsOf(`${prefix}-report:${owner}`, key, year, each, random)),
    };
  });
}

function reportsOf(
  idPrefix: string,
  key: string,
  year: number,
  { reports, measures }: DemonstrationInstitution,
  random: SeededRandom,
): WholeReport[] {
  const current = year === CURRENT_YEAR;
  if (!random.chance(current ? reports / 4 : reports)) return [];
  const state = current
    ? random.oneOf(["DRAFT", "SUBMITTED"])
    : random.chance(0.92)
      ? "APPROVED"
      : random.oneOf(["SUBMITTED", "SUBMITTED", "RETURNED", "DRAFT"]);
  const report = (revision: number, revisionState: string): WholeReport => ({
    id: `${idPrefix}:${uuidOf(`${key}/${year}/${revision}`)}`,
    year,
    revision,
    state: revisionState,
    ...instants(year, revision, revisionState, random),
    ...measures(year, random),
  });
  const first = report(1, state);
  if (state !== "APPROVED" || !random.chance(0.05)) return [first];
  return [first, report(2, random.chance(0.8) ? "APPROVED" : "SUBMITTED")];
}

/** Reports come in from January of the year after, and some only in the summer. */
function instants(year: number, revision: number, state: string, random: SeededRandom) {
  const days =
    (random.chance(0.8) ? random.between(5, 45) : random.between(46, 200)) + (revision - 1) * 60;
  const start = year === CURRENT_YEAR ? Date.UTC(year, 9, 1) : Date.UTC(year + 1, 0, 1);
  const submitted = new Date(
    start + Math.min(days, year === CURRENT_YEAR ? 45 : days) * 86_400_000 + 2 * 3_600_000,
  );
  const isSent = state === "SUBMITTED" || state === "APPROVED";
  return {
    submittedAt: isSent ? submitted : null,
    approvedAt:
      state === "APPROVED"
        ? new Date(submitted.getTime() + random.between(2, 30) * 86_400_000)
        : null,
  };
}

/** An id that is the same on every machine. */
function uuidOf(key: string): string {
  const hex = createHash("sha256").update(`demonstration/${key}`).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** A yes that grows likelier year by year, from `first` in 2022 to `last` in 2026; now and then left blank. */
export function yesGrowing(
  first: number,
  last: number,
  year: number,
  random: SeededRandom,
): boolean | null {
  if (random.chance(0.02)) return null;
  return random.chance(first + ((last - first) * (year - 2022)) / 4);
}

/** A count that grows by about `rate` a year, with the unevenness of real ones; now and then left blank. */
export function countGrowing(
  start: number,
  rate: number,
  year: number,
  random: SeededRandom,
): number | null {
  if (random.chance(0.02)) return null;
  return Math.round(start * (1 + rate) ** (year - 2022) * (0.9 + random.next() * 0.2));
}
