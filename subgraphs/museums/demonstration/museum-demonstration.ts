import {
  countGrowing,
  demonstrationInstitutions,
  demonstrationPlaces,
  type DemonstrationInstitution,
  type SeededRandom,
} from "../../foundation/institution/demonstration";
import type { WholeInstitution } from "../../foundation/institution/write-institutions";
import type { Sector } from "../../foundation/sector";
import type { Territory } from "../../foundation/territory/territory";

/** A provincial museum and a few more. None of them is a real museum's record. */
export function museumDemonstration(territory: Territory): Map<Sector, WholeInstitution[]> {
  const { communes, districts, townOf } = demonstrationPlaces(territory);
  const seat = communes.find(({ type }) => type === "WARD") ?? communes[0]!;
  const inDistrict = (index: number) => townOf(districts[index % districts.length]!);
  const museum = (
    name: string,
    place: DemonstrationInstitution["place"],
    visits: number,
    years: { programme: number; digital: number },
    more: Partial<DemonstrationInstitution> = {},
  ): DemonstrationInstitution => ({
    name,
    place,
    managingAgencyId: "agency:so-vhttdl",
    reports: 1,
    measures: museumMeasures(visits, years),
    ...more,
  });
  return new Map([
    [
      "CULTURE",
      demonstrationInstitutions("museum", "CULTURE", 18461, [
        museum("Bảo tàng tỉnh", seat, 26_000, { programme: 2022, digital: 2023 }),
        museum("Bảo tàng các dân tộc", inDistrict(1), 4_000, { programme: 2023, digital: 2025 }),
        museum(
          "Bảo tàng thiên nhiên",
          inDistrict(2),
          2_500,
          { programme: 2024, digital: 2027 },
          { openedOn: "2022-05-18" },
        ),
        museum(
          "Bảo tàng nghề thủ công",
          inDistrict(5),
          1_200,
          { programme: 2026, digital: 2027 },
          { reports: 0.75 },
        ),
      ]),
    ],
  ]);
}

function museumMeasures(start: number, first: { programme: number; digital: number }) {
  return (year: number, random: SeededRandom) => {
    const visits = countGrowing(start, 0.1, year, random) ?? start;
    return {
      hasEducationProgramme: year >= first.programme,
      hasDigitalDisplay: year >= first.digital,
      visits,
      learningVisits: Math.min(visits, countGrowing(start * 0.35, 0.12, year, random) ?? visits),
      virtualVisits: countGrowing(start * 0.2, 0.3, year, random),
      educationalProgrammes: year >= first.programme ? random.between(2, 20) : 0,
      schoolVisits: random.between(4, 60),
      digitisedObjects: year >= first.digital ? countGrowing(start * 0.05, 0.25, year, random) : 0,
    };
  };
}
