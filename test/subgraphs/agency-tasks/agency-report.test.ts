import { type AgencyTasks, startAgencyTasks } from "../../testkit/agency-tasks";

let agencyTasks: AgencyTasks;

beforeAll(async () => {
  agencyTasks = await startAgencyTasks();
});
afterEach(() => agencyTasks.forget());
afterAll(() => agencyTasks.stop());

const query = `
  query ($year: Int!) {
    reportingStatus(year: $year) {
      agency { id } reportingDuty { code } year dueOn receivedOn state basis demonstration dueRuleEn
    }
  }`;
const statusOf = async (year: number, agency: string) =>
  (await agencyTasks.ask(query, { year })).data.reportingStatus.find(
    (each: any) => each.agency.id === agency,
  );

describe("Query.reportingStatus", () => {
  it("are the yearly reports that departments, localities and the culture department owe", async () => {
    const { data, errors } = await agencyTasks.ask(query, { year: 2024 });

    expect(errors).toBeUndefined();
    expect(
      data.reportingStatus.map((each: any) => `${each.reportingDuty.code} ${each.agency.id}`),
    ).toEqual([
      "R1 agency:so-gddt",
      "R1 agency:bo-chqs",
      "R1 agency:bch-bien-phong",
      "R1 agency:cong-an-tinh",
      "R1 agency:so-ldtbxh",
      "R1 agency:so-tttt",
      "R1 agency:so-tai-chinh",
      "R1 agency:dai-ptth",
      "R1 agency:bao-lai-chau",
      ...[105, 106, 107, 108, 109, 110, 111, 112].map((code) => `R2 agency:ubnd-${code}`),
      "R3 agency:so-vhttdl",
    ]);
    expect(agencyTasks.statements).toHaveLength(5);
  });

  it("for the year of the reorganisation are owed by those who were there at its end", async () => {
    const { data } = await agencyTasks.ask(query, { year: 2025 });

    const owing = (code: string) =>
      data.reportingStatus
        .filter(({ reportingDuty }: any) => reportingDuty.code === code)
        .map(({ agency }: any) => agency.id);
    expect(owing("R1")).toEqual([
      "agency:so-gddt",
      "agency:bo-chqs",
      "agency:bch-bien-phong",
      "agency:cong-an-tinh",
      "agency:so-tai-chinh",
      "agency:bao-lai-chau-hop-nhat",
    ]);
    expect(owing("R2")).toHaveLength(38);
    expect(owing("R2")).toContain("agency:ubnd-03388");
    expect(owing("R3")).toEqual(["agency:so-vhttdl"]);
  });

  it("are expected until the day, which is the hub's rule and said to be", async () => {
    agencyTasks.today = "2025-01-31";

    expect(await statusOf(2024, "agency:ubnd-105")).toEqual({
      agency: { id: "agency:ubnd-105" },
      reportingDuty: { code: "R2" },
      year: 2024,
      dueOn: "2025-01-31",
      dueRuleEn: "The hub's rule: the plan says only `every year` and sets no day for the report.",
      receivedOn: null,
      state: "EXPECTED",
      basis: "EXPLICIT",
      demonstration: false,
    });
    expect((await statusOf(2024, "agency:so-vhttdl")).dueOn).toBe("2025-02-28");
  });

  it("are overdue from the day after", async () => {
    agencyTasks.today = "2025-02-01";

    expect((await statusOf(2024, "agency:ubnd-105")).state).toBe("OVERDUE");
    expect((await statusOf(2024, "agency:so-vhttdl")).state).toBe("EXPECTED");
  });

  it("are on time on the day itself and late after it", async () => {
    const report = (agencyId: string, receivedOn: string) =>
      agencyTasks.givenReports({ agencyId, reportingDutyCode: "R2", year: 2024, receivedOn });
    await report("agency:ubnd-105", "2025-01-31");
    await report("agency:ubnd-106", "2025-02-01");

    expect(await statusOf(2024, "agency:ubnd-105")).toMatchObject({
      receivedOn: "2025-01-31",
      state: "ON_TIME",
    });
    expect(await statusOf(2024, "agency:ubnd-106")).toMatchObject({
      receivedOn: "2025-02-01",
      state: "LATE",
    });
    expect((await statusOf(2023, "agency:ubnd-105")).state).toBe("OVERDUE");
  });

  it("tell what the plan says from what had to be inferred", async () => {
    expect((await statusOf(2024, "agency:so-gddt")).basis).toBe("INFERRED");
    expect((await statusOf(2025, "agency:ubnd-03388")).basis).toBe("INFERRED");
  });

  it.each([2021, 2031])("are refused for %i, naming the years of the plan", async (year) => {
    const { data, errors } = await agencyTasks.ask(query, { year });

    expect(data).toEqual({ reportingStatus: null });
    expect(errors).toEqual([
      {
        code: "BAD_USER_INPUT",
        path: ["reportingStatus"],
        message: expect.stringContaining(`must be between 2022 and 2030; got ${year}.`),
      },
    ]);
    expect(agencyTasks.statements).toEqual([]);
  });
});
