import type { Day } from "../calendar";
import { levelOf } from "./reference-check";
import type { ReferenceUnit } from "./reference-file";

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
  private readonly relations = new Map<string, Map<string, Relation>>();
  private readonly territories = new Map<string, { inside: string[]; straddling: string[] }>();

  constructor(readonly units: readonly ReferenceUnit[]) {
    this.byId = new Map(units.map((unit) => [unit.id, unit]));
    for (const unit of units) {
      this.byCode.set(unit.code, [...(this.byCode.get(unit.code) ?? []), unit]);
      if (unit.parentId === null) continue;
      const siblings = this.children.get(unit.parentId);
      if (siblings) siblings.push(unit);
      else this.children.set(unit.parentId, [unit]);
    }
    this.numberParts();
    for (const unit of [...units].sort((a, b) => levelOf(b.type) - levelOf(a.type)))
      this.gatherParts(unit);
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

  /** An unknown unit is elsewhere. */
  relation(unitId: string, placedInId: string): Relation {
    let known = this.relations.get(unitId);
    if (!known) this.relations.set(unitId, (known = new Map()));
    let relation = known.get(placedInId);
    if (!relation) known.set(placedInId, (relation = this.compare(unitId, placedInId)));
    return relation;
  }

  /** Every unit version, of any era and level, that lies in the unit or partly in it. */
  territoryOf(unitId: string): { inside: string[]; straddling: string[] } {
    let territory = this.territories.get(unitId);
    if (!territory) {
      territory = { inside: [], straddling: [] };
      for (const { id } of this.units) {
        const relation = this.compare(unitId, id);
        if (relation === "INSIDE") territory.inside.push(id);
        if (relation === "STRADDLING") territory.straddling.push(id);
      }
      this.territories.set(unitId, territory);
    }
    return territory;
  }

  /**
   * The unit of the same level that holds the whole of this one on the day. Null when that cannot be known: a unit
   * formed by a merger has no one place before it.
   */
  onDay(unitId: string, day: Day): ReferenceUnit | null {
    const unit = this.byId.get(unitId);
    if (!unit || isInForce(unit, day)) return unit ?? null;
    const isPast = unit.validUntil !== null && unit.validUntil <= day;
    const steps = isPast ? unit.successors : unit.predecessors;
    if (steps.length !== 1) return null;
    const next = this.onDay(steps[0]!.unitId, day);
    return next && this.relation(next.id, unitId) === "INSIDE" ? next : null;
  }

  private compare(unitId: string, placedInId: string): Relation {
    const whole = this.parts.get(unitId);
    const place = this.parts.get(placedInId);
    if (!whole || !place) return "OUTSIDE";
    let shared = 0;
    const [smaller, larger] = place.size < whole.size ? [place, whole] : [whole, place];
    for (const part of smaller) if (larger.has(part)) shared += 1;
    if (shared === 0) return "OUTSIDE";
    return shared === place.size ? "INSIDE" : "STRADDLING";
  }

  /** Numbers each way through the succession of units without subdivisions, and gives it to every unit on the way. */
  private numberParts(): void {
    let next = 0;
    const follow = (unit: ReferenceUnit, way: ReferenceUnit[]) => {
      const through = [...way, unit];
      const successors = unit.successors.flatMap(({ unitId }) => this.byId.get(unitId) ?? []);
      for (const successor of successors) follow(successor, through);
      if (successors.length > 0) return;
      for (const { id } of through) {
        const parts = this.parts.get(id);
        if (parts) parts.add(next);
        else this.parts.set(id, new Set([next]));
      }
      next += 1;
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

function isInForce({ validFrom, validUntil }: ReferenceUnit, day: Day): boolean {
  return (validFrom === null || validFrom <= day) && (validUntil === null || day < validUntil);
}
