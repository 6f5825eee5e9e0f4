import type { InstitutionsUnderTest } from "./institutions";

export const PROVINCE = "unit:12";
export const CITY = "unit:105"; // thành phố Lai Châu, to 30 June 2025
export const DOAN_KET = "unit:03388:2025-07-01"; // straddles the city and Phong Thổ
export const OLD_DOAN_KET = "unit:03389";
export const LA_NHI_THANG = "unit:03391"; // old Phong Thổ, now part of Đoàn Kết
export const BINH_LU = "unit:03412"; // old, in Tam Đường

export const COUNTS = "value numerator denominator reported";

/** A public library of a commune; undefined: it has sent no report. */
export const commune = (unitId: string, provides?: boolean | null, year = 2024) => ({
  kind: "COMMUNE_PUBLIC",
  unitId,
  reports: provides === undefined ? [] : [{ year, providesLifelongLearning: provides }],
});

/** Asks for one indicator of a unit; the libraries are looked up at each question. */
export const figureOf =
  (libraries: () => InstitutionsUnderTest) =>
  async (code: string, unitId: string, year: number, fields: string, basis?: string) => {
    const [figures] = await libraries().figures([unitId], year, fields, basis);
    return figures![code];
  };
