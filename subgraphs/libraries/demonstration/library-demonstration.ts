import {
  countGrowing,
  demonstrationInstitutions,
  demonstrationPlaces,
  FIRST_NEW_DAY,
  SeededRandom,
  yesGrowing,
  type DemonstrationInstitution,
} from "../../foundation/institution/demonstration";
import type { WholeInstitution } from "../../foundation/institution/write-institutions";
import type { Sector } from "../../foundation/sector";
import type { ReferenceUnit } from "../../foundation/territory/reference-file";
import type { Territory } from "../../foundation/territory/territory";

/** Libraries of realistic number and history in all four sectors. None of them is a real library's record. */
export function libraryDemonstration(territory: Territory): Map<Sector, WholeInstitution[]> {
  const places = demonstrationPlaces(territory);
  return new Map<Sector, WholeInstitution[]>([
    ["CULTURE", demonstrationInstitutions("library", "CULTURE", 1520, cultureLibraries(places))],
    ["EDUCATION", demonstrationInstitutions("library", "EDUCATION", 1521, schoolLibraries(places))],
    [
      "ARMED_FORCES",
      demonstrationInstitutions("library", "ARMED_FORCES", 1522, armedForcesLibraries(places)),
    ],
    ["LABOUR", demonstrationInstitutions("library", "LABOUR", 1523, vocationalLibraries(places))],
  ]);
}

type Places = ReturnType<typeof demonstrationPlaces>;

function cultureLibraries(places: Places): DemonstrationInstitution[] {
  const random = new SeededRandom(46);
  const { districts, communes } = places;
  const seat = communes.find(({ type }) => type === "WARD") ?? communes[0]!;
  const provincial: DemonstrationInstitution = {
    name: "Thư viện tỉnh",
    kind: "PROVINCIAL_PUBLIC",
    place: seat,
    managingAgencyId: "agency:so-vhttdl",
    reports: 1,
    measures: (year, r) => ({
      ...libraryMeasures(24_000, 0.11, year, r),
      providesLifelongLearning: true,
      services: ["Đọc tại chỗ", "Mượn về nhà", "Thư viện lưu động", "Hướng dẫn tra cứu"],
    }),
  };
  const ofDistricts = districts.map((district, index): DemonstrationInstitution => ({
    name: `Thư viện ${lowerFirst(district.name)}`,
    kind: "DISTRICT_PUBLIC",
    place: places.townOf(district),
    managingAgencyId: `agency:ubnd-${places.newUnitOf(places.townOf(district)).code}`,
    // After the districts ended, one was closed and two serve their new commune.
    closedOn: index === 6 ? "2025-09-01" : null,
    reclassified:
      index === 2 || index === 5 ? { kind: "COMMUNE_PUBLIC", on: "2025-10-01" } : undefined,
    reports: 0.95,
    measures: learningLibrary(4_000 + index * 300, 0.1, 0.35, 0.8),
  }));
  const ofCommunes = communes.map((commune, index): DemonstrationInstitution => ({
    name: `Thư viện ${lowerFirst(commune.name)}`,
    kind: "COMMUNE_PUBLIC",
    place: commune,
    // Every seventh was registered after the merger and is known by its new unit alone.
    placedByNewUnit: index % 7 === 3 ? places.newUnitOf(commune) : undefined,
    managingAgencyId: `agency:ubnd-${places.newUnitOf(commune).code}`,
    openedOn: random.chance(0.5) ? `${random.between(2005, 2023)}-09-05` : null,
    closedOn: index % 13 === 7 ? FIRST_NEW_DAY : null,
    reports: 0.82,
    measures: learningLibrary(300, 0.08, 0.06, 0.3),
  }));
  const subjects = [
    "nông nghiệp",
    "y tế",
    "tư pháp",
    "tài chính",
    "xây dựng",
    "khoa học và công nghệ",
    "lịch sử Đảng",
  ];
  const specialised = Array.from({ length: 20 }, (_none, index): DemonstrationInstitution => {
    const isCollection = index >= 14;
    return {
      name: `${isCollection ? "Tủ sách" : "Thư viện"} chuyên ngành ${subjects[index % subjects.length]} số ${index + 1}`,
      kind: isCollection ? "BOOK_COLLECTION" : "SPECIALISED",
      place: seat,
      managingAgencyId: "agency:so-vhttdl",
      openedOn: index % 5 === 4 ? "2023-03-01" : null,
      reports: 0.88,
      measures: learningLibrary(500, 0.05, 0.6, 0.95),
    };
  });
  const community = communes
    .filter((_commune, index) => index % 18 === 5)
    .map((commune): DemonstrationInstitution => ({
      name: `Thư viện cộng đồng ${lowerFirst(commune.name)}`,
      kind: "COMMUNITY",
      place: commune,
      managingAgencyId: `agency:ubnd-${places.newUnitOf(commune).code}`,
      openedOn: "2023-06-01",
      reports: 0.6,
      measures: learningLibrary(150, 0.12, 0.5, 0.8),
    }));
  return [provincial, ...ofDistricts, ...ofCommunes, ...specialised, ...community];
}

function schoolLibraries(places: Places): DemonstrationInstitution[] {
  const random = new SeededRandom(47);
  const levels = ["Tiểu học", "Trung học cơ sở"];
  const schools = places.communes.flatMap((commune, index) => [
    school(`Thư viện Trường Tiểu học ${bareName(commune)}`, commune, places, random),
    ...(index % 10 === 9
      ? []
      : [school(`Thư viện Trường ${levels[1]} ${bareName(commune)}`, commune, places, random)]),
  ]);
  const other = places.districts.slice(0, 6).map((district): DemonstrationInstitution => ({
    ...school(
      `Thư viện Trung tâm giáo dục thường xuyên ${bareName(district)}`,
      places.townOf(district),
      places,
      random,
    ),
    kind: "OTHER_EDUCATION",
  }));
  return [...schools, ...other];
}

function school(
  name: string,
  commune: ReferenceUnit,
  places: Places,
  random: SeededRandom,
): DemonstrationInstitution {
  return {
    name,
    kind: "GENERAL_EDUCATION",
    place: commune,
    placedByNewUnit: random.chance(0.1) ? places.newUnitOf(commune) : undefined,
    managingAgencyId: "agency:so-gddt",
    openedOn: random.chance(0.06) ? `${random.between(2022, 2024)}-08-15` : null,
    // Some schools were joined when their communes were.
    closedOn: random.chance(0.03) ? "2025-08-01" : null,
    reports: 0.86,
    measures: learningLibrary(900, 0.12, 0.55, 0.86),
  };
}

function armedForcesLibraries(places: Places): DemonstrationInstitution[] {
  const border = places.communes.filter((_commune, index) => index % 9 === 2);
  return Array.from({ length: 17 }, (_none, index): DemonstrationInstitution => {
    const [owner, name] =
      index < 3
        ? ["agency:bo-chqs", `Thư viện đơn vị quân sự số ${index + 1}`]
        : index < 15
          ? ["agency:bch-bien-phong", `Thư viện đơn vị biên phòng số ${index - 2}`]
          : ["agency:cong-an-tinh", `Thư viện đơn vị công an số ${index - 14}`];
    return {
      name,
      kind: "ARMED_FORCES",
      place: border[index % border.length]!,
      managingAgencyId: owner,
      reports: 0.9,
      measures: learningLibrary(400, 0.07, 0.5, 0.9),
    };
  });
}

function vocationalLibraries(places: Places): DemonstrationInstitution[] {
  return Array.from({ length: 8 }, (_none, index): DemonstrationInstitution => {
    const district = places.districts[index % places.districts.length]!;
    return {
      name: `Thư viện cơ sở giáo dục nghề nghiệp ${bareName(district)}`,
      kind: "VOCATIONAL_EDUCATION",
      place: places.townOf(district),
      managingAgencyId: "agency:so-gddt",
      reports: 0.85,
      measures: learningLibrary(700, 0.09, 0.4, 0.85),
    };
  });
}

/** A library of about `visits` uses in 2022, ever likelier to serve lifelong learning. */
function learningLibrary(visits: number, rate: number, first: number, last: number) {
  return (year: number, random: SeededRandom) => {
    const provides = yesGrowing(first, last, year, random);
    return {
      ...libraryMeasures(visits, rate, year, random),
      providesLifelongLearning: provides,
      services: provides === null ? null : provides ? ["Đọc tại chỗ", "Mượn về nhà"] : [],
    };
  };
}

function libraryMeasures(start: number, rate: number, year: number, random: SeededRandom) {
  const visits = countGrowing(start, rate, year, random);
  const learning = countGrowing(start * 0.6, rate + 0.01, year, random);
  return {
    visits,
    learningVisits: learning === null || visits === null ? learning : Math.min(learning, visits),
    virtualVisits: countGrowing(start * 0.15, 0.2, year, random),
    loans: countGrowing(start * 0.8, rate, year, random),
    registeredUsers: countGrowing(start * 0.1, 0.04, year, random),
    events: random.between(0, 12),
    eventAttendance: countGrowing(start * 0.2, 0.05, year, random),
    staff: random.between(1, 4),
  };
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** `Xã Bình Lư` is `Bình Lư` in a school's name. */
function bareName({ name }: ReferenceUnit): string {
  return name.replace(/^(Xã|Phường|Thị trấn|Huyện|Thành phố)\s+/u, "");
}
