import type { Sector } from "../sector";
import type { Territory } from "../territory/territory";
import type { IndicatorDefinition } from "./indicator-value";
import { membersOf } from "./share-figure";
import type { SectorPicture, YearPicture } from "./year-picture";

/** The fewest institutions of which a figure may be shown. */
export const FEWEST = 3;

/** Institutions of one place: how many there are, and how many of them gave each of the answers that are counted. */
export interface Atom {
  institutions: number;
  answers: readonly number[];
}

/** Places that an attacker can never tell apart, since every set that is shown holds all of them or none. */
type Group = ReadonlySet<string>;

/**
 * Whether one sector's part of a figure is withheld from those who may not see its institutions one by one. Only approved
 * figures are shown, for the difference between the bases would tell who waits for approval.
 */
export function isSuppressed(
  indicator: IndicatorDefinition,
  sector: Sector,
  unitId: string,
  picture: YearPicture,
  territory: Territory,
): boolean {
  const sectorPicture = picture.sectors.get(sector);
  if (!sectorPicture) return false;
  const key = `${indicator.code} ${sector}`;
  const plans = plansOf(picture);
  let plan = plans.get(key);
  if (!plan) {
    const atoms = atomsOf(indicator, sectorPicture, picture.year);
    const choice = indicator.measure === "SHARE" ? "GROUPS" : "WHOLE";
    plan = planSuppression(atoms, territory, picture.basis === "APPROVED" ? choice : "NOTHING");
    plans.set(key, plan);
  }
  return !plan(unitId);
}

const plans = new WeakMap<YearPicture, Map<string, (unitId: string) => boolean>>();

function plansOf(picture: YearPicture): Map<string, (unitId: string) => boolean> {
  const known = plans.get(picture) ?? new Map<string, (unitId: string) => boolean>();
  plans.set(picture, known);
  return known;
}

/**
 * Which units' figures are shown. First by places alone: from the largest set of institutions to the smallest, a unit is
 * taken as long as no group that all taken units leave indistinguishable becomes smaller than `FEWEST`. Then by what was
 * answered: where all of a group gave the same answer only the whole is shown, and where all of them did, nothing.
 * Two institutions of one group can swap their answers without any shown figure changing, so none can be told.
 * @param choice `WHOLE`: no smaller set, for sums that are told of one year in the figures of several years would lay
 * different sets over each other.
 */
export function planSuppression(
  atoms: ReadonlyMap<string, Atom>,
  territory: Territory,
  choice: "GROUPS" | "WHOLE" | "NOTHING",
): (unitId: string) => boolean {
  const placesOf = (unitId: string) =>
    territory.territoryOf(unitId).inside.filter((place) => atoms.has(place));
  const isEmpty = (unitId: string) =>
    placesOf(unitId).length === 0 &&
    !territory.territoryOf(unitId).straddling.some((place) => atoms.has(place));
  const everything: Group = new Set(atoms.keys());
  const whole = keyOf(everything);
  const total = (places: Iterable<string>) =>
    [...places].reduce((sum, place) => sum + atoms.get(place)!.institutions, 0);
  const isUniform = (group: Group) => hasOneAnswer([...group].map((place) => atoms.get(place)!));
  if (choice === "NOTHING" || total(everything) < FEWEST || isUniform(everything)) return isEmpty;

  let groups: Group[] = [everything];
  const shown = new Set([whole]);
  const sets = territory.units
    .map(({ id }) => new Set(placesOf(id)))
    .filter(({ size }) => size > 0)
    .sort((a, b) => total(b) - total(a) || (keyOf(a) < keyOf(b) ? -1 : 1));
  for (const set of choice === "GROUPS" ? sets : []) {
    if (shown.has(keyOf(set))) continue;
    const parted = groups.flatMap((group) => [
      new Set([...group].filter((place) => set.has(place))),
      new Set([...group].filter((place) => !set.has(place))),
    ]);
    const finer = parted.filter(({ size }) => size > 0);
    if (finer.some((group) => total(group) < FEWEST)) continue;
    groups = finer;
    shown.add(keyOf(set));
  }
  const isShown = groups.some(isUniform)
    ? (places: string[]) => keyOf(new Set(places)) === whole
    : (places: string[]) => shown.has(keyOf(new Set(places)));
  return (unitId) => isEmpty(unitId) || isShown(placesOf(unitId));
}

/** All of them gave the same answer, as far as answers are counted. */
function hasOneAnswer(atoms: readonly Atom[]): boolean {
  const institutions = atoms.reduce((sum, atom) => sum + atom.institutions, 0);
  const [first] = atoms;
  return (first?.answers ?? []).some(
    (_, answer) => atoms.reduce((sum, atom) => sum + atom.answers[answer]!, 0) === institutions,
  );
}

const keyOf = (places: ReadonlySet<string>): string => [...places].sort().join(" ");

/**
 * The sector's institutions by place. A share's answers are yes, no and silence. Of growth it is told who reported in both
 * years; where those are fewer than `FEWEST`, or their sum is nothing, all count as having said the same.
 */
function atomsOf(
  indicator: IndicatorDefinition,
  picture: SectorPicture,
  year: number,
): Map<string, Atom> {
  const atoms = new Map<string, Atom>();
  const add = (place: string | null, institutions: number, answers: readonly number[]) => {
    if (place === null || institutions === 0) return;
    const known = atoms.get(place);
    atoms.set(place, {
      institutions: institutions + (known?.institutions ?? 0),
      answers: answers.map((count, index) => count + (known?.answers[index] ?? 0)),
    });
  };
  if (indicator.measure === "SHARE") {
    for (const kind of indicator.kinds(year)) {
      for (const [place, rows] of membersOf(kind, picture) ?? []) {
        for (const { institutions, answers } of rows) {
          const { answered, yes } = answers[indicator.condition]!;
          add(place, institutions, [yes, answered - yes, institutions - answered]);
        }
      }
    }
    return atoms;
  }
  const growth = [...picture.growth.values()].flat();
  const sum = (of: (row: (typeof growth)[number]) => number) =>
    growth.reduce((total, row) => total + of(row), 0);
  const tooFew =
    sum(({ institutions }) => institutions) < FEWEST ||
    sum(({ base }) => base) === 0 ||
    sum(({ current }) => current) === 0;
  for (const byPlace of picture.live.values()) {
    for (const [place, rows] of byPlace)
      for (const { institutions } of rows) add(place, institutions, [tooFew ? institutions : 0]);
  }
  for (const [place, rows] of picture.growth) {
    // Closed since, and still in the sums.
    if (place !== null && !atoms.has(place))
      for (const { institutions } of rows) add(place, institutions, [tooFew ? institutions : 0]);
  }
  return atoms;
}
