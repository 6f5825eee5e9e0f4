import {
  countGrowing,
  demonstrationInstitutions,
  demonstrationPlaces,
  FIRST_NEW_DAY,
  yesGrowing,
  type DemonstrationInstitution,
  type SeededRandom,
} from "../../foundation/institution/demonstration";
import type { WholeInstitution } from "../../foundation/institution/write-institutions";
import type { Sector } from "../../foundation/sector";
import type { Territory } from "../../foundation/territory/territory";

const VILLAGE_HOUSES_OF_A_COMMUNE = 9;

/** Centres of all four levels in realistic number. None of them is a real centre's record. */
export function culturalCentreDemonstration(territory: Territory): Map<Sector, WholeInstitution[]> {
  const { communes, districts, townOf, newUnitOf } = demonstrationPlaces(territory);
  const seat = communes.find(({ type }) => type === "WARD") ?? communes[0]!;
  const localCommittee = (commune: DemonstrationInstitution["place"]) =>
    `agency:ubnd-${newUnitOf(commune).code}`;
  const provincial: DemonstrationInstitution = {
    name: "Trung tâm Văn hóa tỉnh",
    kind: "PROVINCIAL",
    place: seat,
    managingAgencyId: "agency:so-vhttdl",
    reports: 1,
    measures: centreMeasures({ first: 1, last: 1 }, 20_000),
  };
  const ofDistricts = districts.map((district, index): DemonstrationInstitution => ({
    name: `Trung tâm Văn hóa, Thể thao và Truyền thông ${district.name.charAt(0).toLowerCase()}${district.name.slice(1)}`,
    kind: "DISTRICT",
    place: townOf(district),
    managingAgencyId: localCommittee(townOf(district)),
    closedOn: index === 3 ? "2025-12-01" : null,
    reclassified: index === 4 ? { kind: "COMMUNE", on: "2025-10-01" } : undefined,
    reports: 0.95,
    measures: centreMeasures({ first: 0.5, last: 0.95 }, 5_000),
  }));
  const ofCommunes = communes.map((commune, index): DemonstrationInstitution => ({
    name: `Trung tâm Văn hóa, Thể thao ${commune.name.charAt(0).toLowerCase()}${commune.name.slice(1)}`,
    kind: "COMMUNE",
    place: commune,
    managingAgencyId: localCommittee(commune),
    closedOn: index % 11 === 8 ? FIRST_NEW_DAY : null,
    reports: 0.85,
    measures: centreMeasures({ first: 0.4, last: 0.75 }, 900),
  }));
  const villageHouses = communes.flatMap((commune, index) =>
    Array.from(
      { length: VILLAGE_HOUSES_OF_A_COMMUNE },
      (_none, number): DemonstrationInstitution => ({
        name: `Nhà văn hóa - khu thể thao thôn ${number + 1}, ${commune.name.charAt(0).toLowerCase()}${commune.name.slice(1)}`,
        kind: "VILLAGE",
        place: commune,
        placedByNewUnit: (index + number) % 12 === 0 ? newUnitOf(commune) : undefined,
        managingAgencyId: localCommittee(commune),
        openedOn: number === 8 ? "2023-02-01" : null,
        reports: 0.78,
        measures: centreMeasures({ first: 0.35, last: 0.7 }, 250),
      }),
    ),
  );
  return new Map([
    [
      "CULTURE",
      demonstrationInstitutions("cultural-centre", "CULTURE", 2030, [
        provincial,
        ...ofDistricts,
        ...ofCommunes,
        ...villageHouses,
      ]),
    ],
  ]);
}

function centreMeasures({ first, last }: { first: number; last: number }, participants: number) {
  return (year: number, random: SeededRandom) => ({
    supportsCreativeActivity: yesGrowing(first, last, year, random),
    hasClubsOrClasses: yesGrowing(Math.min(1, first + 0.1), Math.min(1, last + 0.1), year, random),
    hasRegularActivities: yesGrowing(
      Math.min(1, first + 0.1),
      Math.min(1, last + 0.1),
      year,
      random,
    ),
    clubs: random.between(0, 6),
    talentClasses: random.between(0, 4),
    interestGroups: random.between(0, 5),
    events: random.between(0, 30),
    participants: countGrowing(participants, 0.06, year, random),
  });
}
