import { manyByKey } from "../../foundation/keyed-loader";
import type { DutyProgressRepository } from "./duty-progress.repository";

export function createDutyProgressLoaders(progress: DutyProgressRepository) {
  const progressByDutyAndYear = manyByKey(
    (keys) => {
      const asked = keys.map((key) => JSON.parse(key) as [string, number]);
      return progress.ofDuties(
        [...new Set(asked.map(([dutyId]) => dutyId))],
        [...new Set(asked.map(([, year]) => year))],
      );
    },
    ({ dutyId, year }) => JSON.stringify([dutyId, year]),
  );
  return {
    progressOf: (dutyId: string, year: number) =>
      progressByDutyAndYear.load(JSON.stringify([dutyId, year])),
  };
}
