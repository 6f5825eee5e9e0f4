import type { Day } from "../calendar";
import type { ReferenceUnit } from "./reference-file";
import { levelOf } from "./unit-type";

/** How a place lies to an asked unit: within it, partly within it, or elsewhere. */
export type Relation = "INSIDE" | "STRADDLING" | "OUTSIDE";

/**
 * What lies in what, across every reorganisation. The finest parts are the ways through the succession of units that
 * have no subdivisions: with mergers alone they are the oldest communes; a divided commune has one part for each heir.
 * A unit's territory is the set of its parts, so units of different eras compare as sets.
 */
export class Territory {
  private readonly byId: ReadonlyMap<string, ReferenceUnit>;
  private readonly byCode = new Map<string, ReferenceUnit[]>();
  private readonly children = new Map<string, ReferenceUnit[]>();
  private readonly parts = new Map<string, Set<number>>();
  /** For each part, every unit whose territory has it: overlaps are found without comparing all units. */
  private readonly unitsWithPart: ReferenceUnit[][] = [];
  private readonly relations = new Map<string, ReadonlyMap<string, Relation>>();
  private readonly territories = new Map<string, { inside: string[]; straddling: string[] }>();

  /** @param units as `readReferenceUnits` gives them: checked, so neither parents nor successions go in a circle. */
  constructor(readonly units: readonly ReferenceUnit[]) {
    this.byId = new Map(units.map((unit) => [unit.id, unit]));
    for (const unit of units) {
      push(this.byCode, unit.code, unit);
      if (unit.parentId !== null) push(this.children, unit.parentId, unit);
    }
    this.numberParts();
    for (const unit of [...units].sort((a, b) => levelOf(b.type) - levelOf(a.type)))
      this.gatherParts(unit);
    for (const unit of units)
      for (const part of this.partsOf(unit.id)) this.unitsWithPart[part]!.push(unit);
  }

  unit(id: string): ReferenceUnit | undefined {
    return this.byId.get(id);
  }

  /** The version of the code that is in force on the day. */
  withCode(code: string, day: Day): ReferenceUnit | undefined {
    return this.byCode.get(code)?.find((unit) => isInForce(unit, day));
  }

  /** Units directly below, as they were on the day. */
  childrenOf(id: string, day: Day): ReferenceUnit[] {
    return (this.children.get(id) ?? []).filter((unit) => isInForce(unit, day));
  }

  /** How a thing that is known to be in one unit lies to another. An unknown unit is elsewhere. */
  relation(unitId: string, placedInId: string): Relation {
    return this.relationsOf(unitId).get(placedInId) ?? "OUTSIDE";
  }

  /** Whether the whole of a unit lies in the others taken together, as a new commune does in the old ones it came from. */
  isCovered(unitId: string, by: readonly string[]): boolean {
    const parts = this.partsOf(unitId);
    const held = by.map((each) => this.partsOf(each));
    return parts.size > 0 && [...parts].every((part) => held.some((own) => own.has(part)));
  }

  /** Every unit version, of any era and level, that lies in the unit or partly in it; empty for an unknown unit. */
  territoryOf(unitId: string): { inside: string[]; straddling: string[] } {
    let territory = this.territories.get(unitId);
    if (!territory) {
      const relations = this.relationsOf(unitId);
      const related = (wanted: Relation) =>
        [...relations].filter(([, relation]) => relation === wanted).map(([id]) => id);
      territory = { inside: related("INSIDE"), straddling: related("STRADDLING") };
      if (this.byId.has(unitId)) this.territories.set(unitId, territory);
    }
    return territory;
  }

  /**
   * The unit of the same level (or, both being without subdivisions, of the finest) that holds the whole of this one on
   * the day. Null when there is none, or when it cannot be known: a unit formed by a merger has no one place before it.
   */
  onDay(unitId: string, day: Day): ReferenceUnit | null {
    const unit = this.byId.get(unitId);
    if (!unit || isInForce(unit, day)) return unit ?? null;
    const [part] = this.partsOf(unitId);
    const holders = (part === undefined ? [] : this.unitsWithPart[part]!).filter(
      (other) => isInForce(other, day) && this.relation(other.id, unitId) === "INSIDE",
    );
    const isFinest = ({ id }: ReferenceUnit) => !this.children.has(id);
    return (
      holders.find((other) => levelOf(other.type) === levelOf(unit.type)) ??
      holders.find((other) => isFinest(unit) && isFinest(other)) ??
      null
    );
  }

  /** Shared parts are counted per unit, so that a whole country's units are not compared one by one. */
  private relationsOf(unitId: string): ReadonlyMap<string, Relation> {
    const known = this.relations.get(unitId);
    if (known) return known;
    const shared = new Map<string, number>();
    for (const part of this.partsOf(unitId)) {
      for (const { id } of this.unitsWithPart[part]!) shared.set(id, (shared.get(id) ?? 0) + 1);
    }
    const relations = new Map<string, Relation>();
    for (const [id, count] of shared) {
      relations.set(id, count === this.partsOf(id).size ? "INSIDE" : "STRADDLING");
    }
    if (this.byId.has(unitId)) this.relations.set(unitId, relations);
    return relations;
  }

  private partsOf(unitId: string): ReadonlySet<number> {
    return this.parts.get(unitId) ?? NO_PARTS;
  }

  /** Numbers each way through the succession of units without subdivisions, and gives it to every unit on the way. */
  private numberParts(): void {
    const follow = (unit: ReferenceUnit, way: ReferenceUnit[]) => {
      const through = [...way, unit];
      const successors = unit.successors.flatMap(({ unitId }) => this.byId.get(unitId) ?? []);
      for (const successor of successors) follow(successor, through);
      if (successors.length > 0) return;
      const part = this.unitsWithPart.push([]) - 1;
      if (part >= MOST_PARTS) throw new RangeError("The successions of units are too tangled.");
      for (const { id } of through) {
        const parts = this.parts.get(id);
        if (parts) parts.add(part);
        else this.parts.set(id, new Set([part]));
      }
    };
    for (const unit of this.units) {
      if (unit.predecessors.length === 0 && !this.children.has(unit.id)) follow(unit, []);
    }
  }

  private gatherParts(unit: ReferenceUnit): void {
    const children = this.children.get(unit.id);
    if (!children) return;
    const parts = this.parts.get(unit.id) ?? new Set<number>();
    for (const child of children)
      for (const part of this.parts.get(child.id) ?? []) parts.add(part);
    this.parts.set(unit.id, parts);
  }
}

const NO_PARTS: ReadonlySet<number> = new Set();

/** Far above a whole country's: a tangle of divisions and mergers must not eat the memory of the process. */
const MOST_PARTS = 1_000_000;

function push<Item>(groups: Map<string, Item[]>, key: string, item: Item): void {
  const group = groups.get(key);
  if (group) group.push(item);
  else groups.set(key, [item]);
}

function isInForce({ validFrom, validUntil }: ReferenceUnit, day: Day): boolean {
  return (validFrom === null || validFrom <= day) && (validUntil === null || day < validUntil);
}
