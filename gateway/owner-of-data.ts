const PROTECTED = "ARMED_FORCES";

/** `libraries/armed-forces`: ARMED_FORCES; null: an owner that is no sector. */
export const sectorOf = (owner: string): string | null =>
  owner.split("/")[1]?.replaceAll("-", "_").toUpperCase() ?? null;

/** Of this owner nobody is told more than that something changed for everybody. */
export const isProtected = (owner: string): boolean => sectorOf(owner) === PROTECTED;
