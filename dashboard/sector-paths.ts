/** Sectors as an address names them. */
export const SECTOR_PATHS = {
  "van-hoa": "CULTURE",
  "giao-duc": "EDUCATION",
  "luc-luong-vu-trang": "ARMED_FORCES",
  "lao-dong": "LABOUR",
} as const;
