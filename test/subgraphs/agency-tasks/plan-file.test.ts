import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  dutiesOf,
  PlanFileError,
  readAgencies,
  readPlan,
  readPlanAndAgencies,
  type Plan,
  type PlanAgency,
} from "../../../subgraphs/agency-tasks/reference/plan-file";
import { readReferenceUnits } from "../../../subgraphs/foundation/territory/reference-file";
import { Territory } from "../../../subgraphs/foundation/territory/territory";

const PLAN = "reference/lai-chau/plan.json";
const AGENCIES = "reference/lai-chau/agencies.json";
const { plan, agencies } = readPlanAndAgencies(PLAN, AGENCIES);
const duties = dutiesOf(plan);
const agency = (id: string) => agencies.find((each) => each.id === id)!;

const TASKS = [
  ...["II.1-1", "II.1-2", "II.1-3", "II.1-4"],
  ...["II.2-1", "II.2-2", "II.2-3", "II.2-4", "II.2-5"],
  ...["II.3-1", "II.3-2", "II.3-3", "II.3-4"],
  ...["II.4-1", "II.4-2", "II.4-3"],
  ...["II.5-1", "II.5-2"],
];

const DUTIES = [
  ...["IV.1-1", "IV.1-2", "IV.1-3", "IV.1-4", "IV.1-5", "IV.1-6", "IV.1-7", "IV.1-8"],
  ...["IV.2-1", "IV.2-2", "IV.2-3"],
  ...["IV.3-1", "IV.4-1", "IV.5-1", "IV.6-1"],
  ...["IV.7-1", "IV.7-2", "IV.8-1", "IV.8-2"],
  ...["IV.9-1", "IV.9-2", "IV.9-3", "IV.9-4"],
  ...["IV.10-1", "IV.11-1", "IV.11-2"],
];

/** Code, kind, then minimum, maximum and verb of 2025 and of 2030. */
const TARGETS = [
  ["L1", "YES_NO", [null, null, null], [null, null, null]],
  ["L2", "SHARE", [60, null, null], [70, null, null]],
  ["L3", "SHARE", [20, null, null], [30, null, null]],
  ["L4", "SHARE", [90, null, null], [100, null, null]],
  ["L5", "SHARE", [80, null, null], [100, null, null]],
  ["L6", "SHARE", [70, null, null], [80, null, null]],
  ["L7", "GROWTH", [10, null, null], [10, 15, null]],
  ["M1", "SHARE", [70, null, "STRIVE"], [100, null, "STRIVE"]],
  ["M2", "GROWTH", [10, null, "STRIVE"], [10, 15, null]],
  ["C1", "SHARE", [80, null, "STRIVE"], [100, null, "REACH"]],
  ["C2", "SHARE", [70, null, "REACH"], [100, null, "REACH"]],
];

describe("reference/lai-chau/plan.json", () => {
  it("names the decision, and gives the plan neither number nor date, which its text does not bear", () => {
    expect(plan.decision).toMatchObject({ number: "1520/QĐ-TTg", signedOn: "2022-12-09" });
    expect(plan.plan).toMatchObject({ number: null, issuedOn: null, issuer: "agency:ubnd-tinh" });
  });

  it("has the eleven indicators with the targets of both milestones, none missing or doubled", () => {
    const targets = plan.indicators.map(({ code, kind, milestones }) => [
      code,
      kind,
      ...milestones.map(({ minimum, maximum, verb }) => [minimum, maximum, verb]),
    ]);

    expect(targets).toEqual(TARGETS);
    expect(plan.indicators.map(({ milestones }) => milestones.map(({ year }) => year))).toEqual(
      TARGETS.map(() => [2025, 2030]),
    );
    expect(plan.indicators.flatMap(({ milestones }) => milestones)).toHaveLength(22);
  });

  it("counts book collections among specialised libraries in 2025 and not in 2030", () => {
    const counted = plan.indicators.map(({ code, milestones }) => [
      code,
      ...milestones.map(({ countsBookCollections }) => countsBookCollections),
    ]);

    expect(counted.filter(([, in2025]) => in2025 !== null)).toEqual([["L4", true, false]]);
  });

  it("has the national targets where they are known", () => {
    const national = plan.indicators.map(({ code, milestones }) => [
      code,
      ...milestones.map((milestone) => milestone.national?.minimum ?? null),
    ]);

    expect(national).toEqual([
      ["L1", 100, null],
      ["L2", 70, null],
      ["L3", 40, null],
      ["L4", 90, null],
      ["L5", 80, null],
      ["L6", 70, null],
      ["L7", null, null],
      ["M1", 70, 100],
      ["M2", 10, null],
      ["C1", 80, 100],
      ["C2", null, null],
    ]);
  });

  it("marks the one milestone whose year is our reading", () => {
    const inferred = plan.indicators.flatMap(({ code, milestones }) =>
      milestones.filter(({ basis }) => basis === "inferred").map(({ year }) => [code, year]),
    );

    expect(inferred).toEqual([["M2", 2025]]);
  });

  it("has five groups with the eighteen tasks, none missing or doubled", () => {
    expect(plan.taskGroups.map(({ id }) => id)).toEqual(["II.1", "II.2", "II.3", "II.4", "II.5"]);
    expect(plan.taskGroups.flatMap(({ tasks }) => tasks.map(({ id }) => id))).toEqual(TASKS);
    expect(TASKS).toHaveLength(18);
  });

  it("has the 26 duties of eleven groups of agencies, none missing or doubled", () => {
    expect(plan.dutyGroups.map(({ id }) => id)).toEqual(
      Array.from({ length: 11 }, (_, index) => `IV.${index + 1}`),
    );
    expect(duties.map(({ id }) => id)).toEqual(DUTIES);
    expect(DUTIES).toHaveLength(26);
    expect(plan.dutyGroups.filter(({ requested }) => requested).map(({ id }) => id)).toEqual([
      "IV.10",
      "IV.11",
    ]);
  });

  it("says who leads, and with whom", () => {
    const leading = duties.filter(({ roles }) => roles.includes("LEAD")).map(({ id }) => id);

    expect(leading).toEqual([
      ...["IV.1-1", "IV.1-2", "IV.1-5", "IV.1-8", "IV.2-1", "IV.2-2"],
      ...["IV.3-1", "IV.4-1", "IV.6-1", "IV.9-3"],
    ]);
    expect(duties.find(({ id }) => id === "IV.2-2")).toMatchObject({
      agencies: ["agency:so-gddt"],
      with: ["agency:so-vhttdl"],
    });
    expect(duties.find(({ id }) => id === "IV.3-1")!.agencies).toHaveLength(3);
    expect(duties.find(({ id }) => id === "IV.9-1")!.agencies).toHaveLength(8);
    expect(duties.find(({ id }) => id === "IV.11-1")!.agencies).toHaveLength(7);
  });

  it("says which agency answers for each indicator, two of them for educational libraries", () => {
    const answers = plan.responsibilities.map(({ indicator, agency: id, duty, basis }) =>
      [indicator, id.replace("agency:", ""), duty, basis].join(" "),
    );

    expect(answers).toEqual([
      "L1 so-vhttdl IV.1-2 explicit",
      "L2 so-vhttdl IV.1-2 explicit",
      "L3 so-vhttdl IV.1-2 explicit",
      "L4 so-vhttdl IV.1-2 inferred",
      "L5 bo-chqs IV.3-1 explicit",
      "L5 bch-bien-phong IV.3-1 explicit",
      "L5 cong-an-tinh IV.3-1 explicit",
      "L6 so-gddt IV.2-1 explicit",
      "L6 so-ldtbxh IV.4-1 explicit",
      "L7 so-vhttdl IV.1-8 inferred",
      "M1 so-vhttdl IV.1-2 explicit",
      "M2 so-vhttdl IV.1-2 explicit",
      "C1 so-vhttdl IV.1-2 explicit",
      "C2 so-vhttdl IV.1-2 explicit",
    ]);
  });

  it("has six reporting duties, two reviews, six named days and seven sources of funds", () => {
    expect(
      plan.reportingDuties.map(({ code, frequency, year }) => [code, frequency, year]),
    ).toEqual([
      ["R1", "YEARLY", null],
      ["R2", "YEARLY", null],
      ["R3", "YEARLY", null],
      ["R4", "ONCE", 2025],
      ["R5", "ONCE", 2030],
      ["R6", "UNDATED", null],
    ]);
    expect(plan.reviews.map(({ year, kind }) => [year, kind])).toEqual([
      [2025, "INTERIM"],
      [2030, "FINAL"],
    ]);
    expect(plan.namedDays.map(({ month, day }) => [month, day])).toEqual([
      [null, null],
      [4, 21],
      [4, 23],
      [5, 18],
      [11, 23],
      [null, null],
    ]);
    expect(plan.fundingSources.map(({ code }) => code)).toEqual([
      ...["F1", "F2", "F3", "F4", "F5", "F6", "F7"],
    ]);
  });

  it("takes only the clause on all departments for explicit: who is covered by it is our reading", () => {
    const { reporters } = plan.reportingDuties[0]!;

    expect(reporters.filter(({ basis }) => basis === "explicit")).toEqual([
      { agency: "agency:so-ban-nganh-doan-the", basis: "explicit" },
    ]);
    expect(reporters.filter(({ basis }) => basis === "inferred")).toHaveLength(9);
  });
});

describe("reference/lai-chau/agencies.json", () => {
  it("passes vocational libraries to education on 1 March 2025", () => {
    expect(agency("agency:so-ldtbxh")).toMatchObject({
      sector: "LABOUR",
      validUntil: "2025-03-01",
    });
    expect(passing("agency:so-ldtbxh")).toEqual([["agency:so-gddt", "2025-03-01", "IV.4-1"]]);
  });

  it("passes the duties of the other bodies that ended in 2025", () => {
    expect(passing("agency:so-tttt")).toEqual([["agency:so-vhttdl", "2025-03-01", "IV.5-1"]]);
    expect(passing("agency:ban-tuyen-giao")).toEqual([
      ["agency:ban-tuyen-giao-dan-van", "2025-03-01", "IV.10-1"],
    ]);
    for (const id of ["agency:dai-ptth", "agency:bao-lai-chau"]) {
      expect(passing(id)).toEqual([
        ["agency:bao-lai-chau-hop-nhat", "2025-06-20", "IV.7-1"],
        ["agency:bao-lai-chau-hop-nhat", "2025-06-20", "IV.7-2"],
      ]);
    }
  });

  it("invents no day for the Border Guard, the Fatherland Front and three associations", () => {
    const undated = agencies.filter(({ successions }) => successions.some(({ on }) => on === null));

    expect(undated.map(({ id }) => id)).toEqual([
      "agency:bo-chqs",
      "agency:bch-bien-phong",
      "agency:mttq-tinh",
      "agency:ldld-tinh",
      "agency:tinh-doan",
      "agency:hoi-lhpn",
      "agency:hoi-ccb",
      "agency:hoi-nong-dan",
      "agency:hoi-cuu-giao-chuc",
      "agency:hoi-nct",
      "agency:hoi-khuyen-hoc",
    ]);
  });

  it("has a committee for each of the 8 old and 38 new units, and passes duties by territory", () => {
    const territory = new Territory(readReferenceUnits("reference/lai-chau/units.csv"));
    const before = agencies.filter(({ kind }) => kind === "DISTRICT_COMMITTEE");
    const after = agencies.filter(({ kind }) => kind === "COMMUNE_COMMITTEE");
    const unitOf = ({ unitCode }: PlanAgency, day: string) =>
      territory.withCode(unitCode!, day)!.id;

    expect([before.length, after.length]).toEqual([8, 38]);
    for (const committee of before) {
      const heirs = committee.successions;
      const district = unitOf(committee, "2025-06-30");
      expect(heirs.map(({ to }) => to)).toEqual(
        after
          .filter((each) => territory.relation(district, unitOf(each, "2025-07-01")) !== "OUTSIDE")
          .map(({ id }) => id),
      );
      expect(new Set(heirs.map(({ confidence }) => confidence))).toEqual(new Set(["INFERRED"]));
      expect(heirs.every(({ duties: passed }) => passed.length === 4)).toBe(true);
    }
    expect(before.flatMap(({ successions }) => successions)).toHaveLength(44);
  });

  it("leaves no duty without a holder, whatever the day", () => {
    for (const day of ["2023-01-01", "2025-02-28", "2025-03-01", "2025-06-30", "2025-07-01"]) {
      const without = duties.filter(
        ({ id, agencies: first }) => holders(id, first, day).length === 0,
      );
      expect(without).toEqual([]);
    }
    const vocational = duties.find(({ id }) => id === "IV.4-1")!;
    expect(holders(vocational.id, vocational.agencies, "2025-02-28")).toEqual(["agency:so-ldtbxh"]);
    expect(holders(vocational.id, vocational.agencies, "2025-03-01")).toEqual(["agency:so-gddt"]);
  });

  function passing(id: string) {
    return agency(id).successions.flatMap(({ to, on, duties: passed }) =>
      passed.map((duty) => [to, on, duty]),
    );
  }

  function holders(duty: string, ids: readonly string[], day: string): string[] {
    return ids.flatMap((id) => {
      const { validUntil, successions } = agency(id);
      if (validUntil === null || validUntil > day) return [id];
      const heirs = successions.filter((each) => each.duties.includes(duty)).map(({ to }) => to!);
      return holders(duty, heirs, day);
    });
  }
});

describe("readPlan, readAgencies", () => {
  const folder = mkdtempSync(join(tmpdir(), "hub-plan-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function copyOf(path: string, content: unknown): string {
    const copy = join(folder, path.split("/").at(-1)!);
    writeFileSync(copy, JSON.stringify(content));
    return copy;
  }
  function changedPlan(change: (content: Partial<Plan> & Record<string, unknown>) => void): string {
    const content = JSON.parse(readFileSync(PLAN, "utf8")) as Plan;
    change(content);
    return copyOf(PLAN, content);
  }
  function changedAgencies(change: (content: { agencies: PlanAgency[] }) => void): string {
    const content = JSON.parse(readFileSync(AGENCIES, "utf8")) as { agencies: PlanAgency[] };
    change(content);
    return copyOf(AGENCIES, content);
  }
  const problemsOf = (act: () => unknown): readonly string[] => {
    try {
      act();
    } catch (error) {
      if (error instanceof PlanFileError) return error.problems;
      throw error;
    }
    return [];
  };

  it("refuse what is missing, unknown or malformed", () => {
    const path = changedPlan((content) => {
      content.colour = "red";
      delete content.reviews;
    });

    expect(problemsOf(() => readPlan(path))).toEqual([
      expect.stringContaining("reviews"),
      expect.stringContaining("colour"),
    ]);
    expect(problemsOf(() => readPlan(join(folder, "nowhere.json")))).toHaveLength(1);
  });

  it("refuse what stands twice, and references to what does not exist", () => {
    const path = changedPlan((content) => {
      content.taskGroups![0]!.tasks.push(content.taskGroups![0]!.tasks[0]!);
      content.responsibilities![0]!.duty = "IV.1-9";
      content.indicators![1]!.milestones[0]!.minimum = null;
    });

    expect(problemsOf(() => readPlan(path))).toEqual([
      "L2 2025: a SHARE target needs a minimum",
      "task II.1-1 stands twice",
      "L1 refers to duty IV.1-9, which does not exist",
    ]);
  });

  it("refuse agencies that stand twice, outlive themselves or pass duties to nobody", () => {
    const path = changedAgencies((content) => {
      const labour = content.agencies.find(({ id }) => id === "agency:so-ldtbxh")!;
      labour.successions[0]!.to = "agency:nobody";
      labour.successions[1]!.on = "2026-01-01";
      content.agencies.push({
        ...content.agencies[0]!,
        validFrom: "2025-01-01",
        validUntil: "2024-01-01",
      });
    });

    expect(problemsOf(() => readAgencies(path))).toEqual([
      "agency agency:thu-tuong stands twice",
      "agency:so-ldtbxh refers to agency agency:nobody, which does not exist",
      "agency:so-ldtbxh: succession on 2026-01-01, though it ended on 2025-03-01",
      "agency:thu-tuong: validFrom must be before validUntil",
    ]);
  });

  it("refuse a plan whose agencies the other file does not know, and duties that the plan does not have", () => {
    const withoutFinance = changedAgencies((content) => {
      content.agencies = content.agencies.filter(({ id }) => id !== "agency:so-tai-chinh");
    });
    expect(problemsOf(() => readPlanAndAgencies(PLAN, withoutFinance))).toEqual(
      ["IV.6", "IV.6-1", "R1"].map(
        (from) => `${from} refers to agency agency:so-tai-chinh, which does not exist`,
      ),
    );

    const withoutDuty = changedPlan((content) => {
      const [, second] = content.dutyGroups![10]!.duties;
      content.dutyGroups![10]!.duties = [second!];
      content.dutyGroups![9]!.duties = [];
    });
    expect(problemsOf(() => readPlanAndAgencies(withoutDuty, AGENCIES))).toEqual([
      "agency:ban-tuyen-giao refers to duty IV.10-1, which does not exist",
    ]);
  });
});
