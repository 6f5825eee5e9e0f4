import type { AdministrativeUnitType } from "../generated/unit-comparison";

/** Sets of units that can be compared: those of today, and those until the reorganisation of 1 July 2025. */
export type Era = "now" | "districts" | "communes";

interface EraUnits {
  /** In an address: `thoi=huyen-cu`. Undefined: it stands there when nothing does. */
  word: string | undefined;
  /** A day on which the units were. Undefined: today. */
  asOf: string | undefined;
  type: AdministrativeUnitType[];
}

const COMMUNE_LEVEL: AdministrativeUnitType[] = ["COMMUNE", "WARD", "TOWNSHIP", "SPECIAL_ZONE"];
const DISTRICT_LEVEL: AdministrativeUnitType[] = [
  "DISTRICT",
  "PROVINCIAL_CITY",
  "TOWN",
  "URBAN_DISTRICT",
];
const LAST_OLD_DAY = "2025-06-30";

export const ERAS: Readonly<Record<Era, EraUnits>> = {
  now: { word: undefined, asOf: undefined, type: COMMUNE_LEVEL },
  districts: { word: "huyen-cu", asOf: LAST_OLD_DAY, type: DISTRICT_LEVEL },
  communes: { word: "xa-cu", asOf: LAST_OLD_DAY, type: COMMUNE_LEVEL },
};

export const ERA_NAMES = Object.keys(ERAS) as Era[];

export const eraOf = (word: string | undefined): Era =>
  ERA_NAMES.find((era) => ERAS[era].word === word) ?? "now";
