/** The owners of institutions' data, in the order in which answers name them (Design: the plan's section IV). */
export const SECTORS = ["CULTURE", "EDUCATION", "ARMED_FORCES", "LABOUR"] as const;
export type Sector = (typeof SECTORS)[number];

/** Vietnamese names for messages that people read. */
export const SECTOR_NAMES: Record<Sector, string> = {
  CULTURE: "văn hóa",
  EDUCATION: "giáo dục",
  ARMED_FORCES: "lực lượng vũ trang",
  LABOUR: "lao động",
};
