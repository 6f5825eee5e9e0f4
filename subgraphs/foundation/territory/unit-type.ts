/** The types of the national list in both eras; a reference file writes them in lower case. */
const LEVELS = {
  PROVINCE: 0,
  CENTRAL_CITY: 0,
  PROVINCIAL_CITY: 1,
  DISTRICT: 1,
  URBAN_DISTRICT: 1,
  TOWN: 1,
  COMMUNE: 2,
  WARD: 2,
  TOWNSHIP: 2,
  SPECIAL_ZONE: 2,
} as const;

export type UnitType = keyof typeof LEVELS;
export const UNIT_TYPES = Object.keys(LEVELS) as UnitType[];

/** 0 the province, 1 the district level, 2 the commune level. */
export function levelOf(type: UnitType): 0 | 1 | 2 {
  return LEVELS[type];
}

/** How many digits a code has at each level: a spreadsheet that ate a leading zero is found out. */
export const CODE_DIGITS = [2, 3, 5] as const;
