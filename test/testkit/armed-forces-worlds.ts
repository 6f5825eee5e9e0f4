import fc from "fast-check";
import {
  indicatorFigure,
  type IndicatorDefinition,
} from "../../subgraphs/foundation/indicator/indicator-value";
import { FigureRepository } from "../../subgraphs/foundation/indicator/figure.repository";
import {
  readYearPicture,
  type YearPicture,
} from "../../subgraphs/foundation/indicator/year-picture";
import type { Sector } from "../../subgraphs/foundation/sector";
import type { ReferenceUnit } from "../../subgraphs/foundation/territory/reference-file";
import { Territory } from "../../subgraphs/foundation/territory/territory";

export const L5: IndicatorDefinition = {
  code: "L5",
  measure: "SHARE",
  sectors: ["ARMED_FORCES"],
  condition: "learning",
  kinds: () => ["ARMED_FORCES"],
};
export const L7: IndicatorDefinition = {
  code: "L7",
  measure: "GROWTH",
  sectors: ["CULTURE", "ARMED_FORCES"],
  sumsToldOf: 2025,
};

/**
 * Two districts with two communes each until mid-2025; then two communes, of which one took a commune of either district:
 * the eras' units lie across each other, as six of Lai Châu's do.
 */
export const TERRITORY = new Territory(
  [
    ["p", "PROVINCE", null, null, null, []],
    ["d1", "DISTRICT", "p", null, "2025-07-01", []],
    ["d2", "DISTRICT", "p", null, "2025-07-01", []],
    ["a", "COMMUNE", "d1", null, "2025-07-01", ["x"]],
    ["b", "COMMUNE", "d1", null, "2025-07-01", ["y"]],
    ["c", "COMMUNE", "d2", null, "2025-07-01", ["y"]],
    ["d", "COMMUNE", "d2", null, "2025-07-01", ["z"]],
    ["x", "COMMUNE", "p", "2025-07-01", null, []],
    ["y", "COMMUNE", "p", "2025-07-01", null, []],
    ["z", "COMMUNE", "p", "2025-07-01", null, []],
  ].map(([id, type, parentId, validFrom, validUntil, successors], index) => ({
    id,
    code: id,
    name: id,
    nameEn: null,
    type,
    parentId,
    validFrom,
    validUntil,
    variants: [],
    successors: (successors as string[]).map((unitId) => ({
      unitId,
      on: "2025-07-01",
      instrument: "",
    })),
    predecessors: [
      ["x", ["a"]],
      ["y", ["b", "c"]],
      ["z", ["d"]],
    ]
      .filter(([heir]) => heir === id)
      .flatMap(([, from]) => from as string[])
      .map((unitId) => ({ unitId, on: "2025-07-01", instrument: "" })),
    line: index + 2,
  })) as ReferenceUnit[],
);
export const PLACES = ["a", "b", "c", "d", "x", "y", "z"];

export type Answer = "YES" | "NO" | "SILENT";
export type Visits = readonly [base: number | null, current: number | null];

const byPlace = <Row extends { unitId: string }>(rows: Row[]) => {
  const places = new Map<string | null, Row[]>();
  for (const row of rows) places.set(row.unitId, [...(places.get(row.unitId) ?? []), row]);
  return places;
};

/** What the armed forces' database says when its libraries stand in these places and answered so. */
export function picture(
  places: readonly string[],
  answers: readonly Answer[],
  visits: readonly Visits[],
  { year = 2025, civilVisits = 10 } = {},
): YearPicture {
  const counts = places.map((unitId, index) => ({
    unitId,
    kind: "ARMED_FORCES",
    institutions: 1,
    demonstration: false,
    answers: {
      learning: {
        answered: answers[index] === "SILENT" ? 0 : 1,
        yes: answers[index] === "YES" ? 1 : 0,
      },
    },
  }));
  const growth = places.flatMap((unitId, index) => {
    const [base, current] = visits[index]!;
    if (base === null || current === null) return [];
    return [{ unitId, institutions: 1, demonstration: false, base, current }];
  });
  const civil = PLACES.map((unitId) => ({
    unitId,
    institutions: 1,
    demonstration: false,
    base: civilVisits,
    current: civilVisits + 1,
  }));
  return {
    year,
    basis: "APPROVED",
    baseYear: 2022,
    isBaseKnown: true,
    sectors: new Map([
      ["CULTURE", { live: new Map(), ended: new Map(), growth: byPlace(civil) }],
      [
        "ARMED_FORCES",
        {
          live: new Map([["ARMED_FORCES", byPlace(counts)]]),
          ended: new Map(),
          growth: byPlace(growth),
        },
      ],
    ]),
    faults: new Map(),
    yearly: async () => new Map(),
  };
}

/** Everything that anybody may ask about an indicator, for every unit of either era. */
export function publicAnswers(
  indicator: IndicatorDefinition,
  year: YearPicture,
  territory = TERRITORY,
) {
  return territory.units.map(({ id }) =>
    indicatorFigure(indicator, id, year, territory, ["ARMED_FORCES"]),
  );
}

/** All ways of filling so many places with the values. */
function* worlds<Value>(values: readonly Value[], length: number): Generator<Value[]> {
  if (length === 0) return yield [];
  for (const rest of worlds(values, length - 1)) for (const value of values) yield [value, ...rest];
}

/** Worlds that look the same to the public, in which some library gave one and the same answer: it could be derived. */
export function derivable<Value>(
  values: readonly Value[],
  count: number,
  look: (world: Value[]) => string,
): { world: Value[]; library: number }[] {
  const alike = new Map<string, Value[][]>();
  for (const world of worlds(values, count)) {
    const seen = look(world);
    alike.set(seen, [...(alike.get(seen) ?? []), world]);
  }
  return [...alike.values()].flatMap((group) =>
    group[0]!.flatMap((_, library) => {
      const answers = new Set(group.map((world) => JSON.stringify(world[library])));
      return answers.size === 1 ? [{ world: group[0]!, library }] : [];
    }),
  );
}

/** Worlds in which one library's visits are others: changed alone, swapped with another's, or one visit passed on. */
export function otherWorlds(visits: readonly Visits[], library: number): Visits[][] {
  const [base, current] = visits[library]!;
  const more = (by: number): Visits => [(base ?? 0) + by, (current ?? 0) + by];
  return [
    visits.with(library, more(1)),
    visits.with(library, [null, null]),
    ...visits.flatMap((own, other) => {
      const swapped = visits.with(library, own).with(other, [base, current]);
      const [theirBase, theirCurrent] = own;
      if (base === null || current === null || theirBase === null || theirCurrent === null)
        return [swapped];
      const passed = (by: number) =>
        visits.with(library, [base + by, current]).with(other, [theirBase - by, theirCurrent]);
      return [swapped, ...(theirBase > 0 ? [passed(1)] : []), ...(base > 0 ? [passed(-1)] : [])];
    }),
  ];
}

export const YEARS = [2022, 2023, 2024, 2025];

/** One library's visits of each of `YEARS`; null: not reported. */
export type History = readonly (number | null)[];

/** An owner's libraries, with visits of each of `YEARS`, where its database would be asked. */
class RememberedFigures extends FigureRepository {
  constructor(private readonly libraries: readonly (readonly [place: string, own: History])[]) {
    super(undefined as never, undefined as never);
  }

  override async countByUnitAndKind() {
    return this.libraries.map(([unitId]) => ({
      ...{ unitId, kind: "ANY", institutions: 1, demonstration: false, answers: {} },
    }));
  }

  override async rulings() {
    return [];
  }

  override async firstYearOfVisits() {
    return YEARS.find((_, at) => this.libraries.some(([, own]) => own[at] != null)) ?? null;
  }

  override async growthByUnit(baseYear: number, year: number) {
    return this.libraries.flatMap(([unitId, own]) => {
      const [base, current] = [own[YEARS.indexOf(baseYear)], own[YEARS.indexOf(year)]];
      if (base == null || current == null) return [];
      return [{ unitId, institutions: 1, demonstration: false, base, current }];
    });
  }

  override async yearlyByUnit(baseYear: number, year: number) {
    return this.libraries.flatMap(([unitId, own]) =>
      YEARS.flatMap((each, at) => {
        const [before, current] = [own[at - 1], own[at]];
        if (each <= baseYear || each > year || before == null || current == null) return [];
        return [{ unitId, year: each, before, current }];
      }),
    );
  }
}

/** Everything that anybody may ask about growth, of every year and unit, where civil libraries began in this year. */
export async function growthOverYears(
  civilFrom: number,
  libraries: readonly (readonly [place: string, own: History])[],
): Promise<string> {
  const civil = YEARS.map((year) => (year < civilFrom ? null : 20_000 + year));
  const owners = new Map<Sector, FigureRepository>([
    ["CULTURE", new RememberedFigures(PLACES.map((place) => [place, civil]))],
    ["ARMED_FORCES", new RememberedFigures(libraries)],
  ]);
  const told = YEARS.map(async (year) => {
    const read = await readYearPicture(owners, year, "APPROVED", [L7], ["ARMED_FORCES"]);
    const figures = publicAnswers(L7, read);
    return Promise.all(
      figures.map(async (figure) => ({ ...figure, arithmeticMean: await figure.arithmeticMean() })),
    );
  });
  return JSON.stringify(await Promise.all(told));
}

/** What the province's growth of a year looks like, however the libraries are spread: they all stand in one commune. */
export function lookOf(year: number, libraries: readonly History[]): string {
  const at = YEARS.indexOf(year);
  const visits = libraries.map((own): Visits => [own[0] ?? null, own[at] ?? null]);
  const places = libraries.map(() => "a");
  const silent = places.map((): Answer => "SILENT");
  const told = picture(places, silent, visits, { year, civilVisits: 3000 });
  return JSON.stringify(indicatorFigure(L7, "p", told, TERRITORY, ["ARMED_FORCES"]));
}

/** One library has other visits of the base year; where the sums are told, another of those that are in them makes up for it. */
export function worldWithBase(
  libraries: readonly History[],
  library: number,
  by: number,
): History[] | null {
  const world = libraries.map((own) => [...own]);
  const change = (at: number, more: number) => (world[at]![0] = world[at]![0]! + more);
  if (change(library, by) < 0) return null;
  if (libraries[library]![3] == null) return world;
  const isTold = libraries.filter((own) => own[0] != null && own[3] != null).length >= 3;
  if (!isTold) return world;
  const makesUp = libraries.findIndex(
    (own, at) => at !== library && own[0] != null && own[3] != null && own[0] >= by,
  );
  if (makesUp === -1) return null;
  change(makesUp, -by);
  return world;
}

/** Whether the year's answer can be the one that was seen, when one of the counted has a few more or fewer visits in that year. */
export function canLookLike(seen: string, year: number, world: readonly History[]): boolean {
  const at = YEARS.indexOf(year);
  const counted = world.findIndex((own) => own[0] != null && own[at] != null);
  const tries = counted === -1 ? [0] : [0, 10, -10, 20, -20, 40, -40];
  return tries.some((more) => {
    const tried = world.map((own, index) =>
      index === counted ? own.with(at, Math.max(0, own[at]! + more)) : own,
    );
    return lookOf(year, tried) === seen;
  });
}

export const somePlaces = (most: number) =>
  fc.array(fc.constantFrom(...PLACES), { minLength: 1, maxLength: most });
