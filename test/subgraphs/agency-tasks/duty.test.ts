import { type AgencyTasks, startAgencyTasks } from "../../testkit/agency-tasks";

let agencyTasks: AgencyTasks;

beforeAll(async () => {
  agencyTasks = await startAgencyTasks();
});
afterEach(() => agencyTasks.forget());
afterAll(() => agencyTasks.stop());

describe("Query.duties", () => {
  const held = async (agency: string | null, asOf: string | null = null) =>
    (
      await agencyTasks.ask(
        "query ($agency: ID, $asOf: Date) { duties(agency: $agency, asOf: $asOf) { clause } }",
        { agency, asOf },
      )
    ).data.duties.map(({ clause }: any) => clause);

  it("pass from labour to education on 1 March 2025", async () => {
    const own = ["IV.2-1", "IV.2-2", "IV.2-3"];

    expect(await held("agency:so-ldtbxh", "2025-02-28")).toEqual(["IV.4-1"]);
    expect(await held("agency:so-gddt", "2025-02-28")).toEqual(own);
    expect(await held("agency:so-ldtbxh", "2025-03-01")).toEqual([]);
    expect(await held("agency:so-gddt", "2025-03-01")).toEqual([...own, "IV.4-1"]);
    expect(agencyTasks.statements).toHaveLength(3);
  });

  it("pass only to the successor that they concern", async () => {
    expect(await held("agency:so-khcn")).toEqual([]);
    expect(await held("agency:so-vhttdl")).toEqual([
      ...Array.from({ length: 8 }, (_, index) => `IV.1-${index + 1}`),
      "IV.5-1",
    ]);
  });

  it("of two merged bodies come together once", async () => {
    expect(await held("agency:bao-lai-chau", "2025-06-19")).toEqual(["IV.7-1", "IV.7-2"]);
    expect(await held("agency:dai-ptth", "2025-06-20")).toEqual([]);
    expect(await held("agency:bao-lai-chau-hop-nhat", "2025-06-20")).toEqual(["IV.7-1", "IV.7-2"]);
  });

  it("of a commune that lay in two districts come to it once", async () => {
    const inherited = ["IV.9-1", "IV.9-2", "IV.9-3", "IV.9-4"];

    expect(await held("agency:ubnd-03388", "2025-06-30")).toEqual([]);
    expect(await held("agency:ubnd-03388", "2025-07-01")).toEqual(inherited);
  });

  it("of an ended agency are, without a day, those of its last day", async () => {
    expect(await held("agency:so-ldtbxh")).toEqual(["IV.4-1"]);
  });

  it("are all 26 when no agency is named, on every day, and none of an unknown agency", async () => {
    expect(await held(null)).toHaveLength(26);
    expect(await held(null, "2024-01-01")).toHaveLength(26);
    expect(await held("agency:khong-co")).toEqual([]);
  });
});

describe("Duty.agencies", () => {
  it("are those of the day, in a constant number of statements", async () => {
    const { data } = await agencyTasks.ask(
      `{ duties { clause before: agencies(asOf: "2025-06-30") { id } after: agencies { id } } }`,
    );

    const counts = data.duties.map((each: any) => [each.before.length, each.after.length]);
    expect(counts.filter(([before, after]: number[]) => before === 8 && after === 38)).toHaveLength(
      4,
    );
    const duty = data.duties.find(({ clause }: any) => clause === "IV.7-1");
    expect(duty).toEqual({
      clause: "IV.7-1",
      before: [{ id: "agency:bao-lai-chau-hop-nhat" }],
      after: [{ id: "agency:bao-lai-chau-hop-nhat" }],
    });
    expect(agencyTasks.statements).toHaveLength(3);
  });
});

describe("Duty as an entity", () => {
  it("is resolved by its id in one statement, and null when unknown", async () => {
    const { data } = await agencyTasks.askEntities(
      ["duty:IV.3-1", "duty:IV.99-1"].map((id) => ({ __typename: "Duty", id })),
      "... on Duty { clause roles }",
    );

    expect(data._entities).toEqual([{ clause: "IV.3-1", roles: ["LEAD", "DIRECT"] }, null]);
    expect(agencyTasks.statements).toHaveLength(1);
  });
});

describe("Duty.status", () => {
  const report = (agencyId: string, status: string, more: object = {}) =>
    agencyTasks.givenProgress({ dutyId: "duty:IV.3-1", agencyId, year: 2024, status, ...more });
  const statusOf = async (clause: string, year: number) =>
    (
      await agencyTasks.ask("query ($year: Int!) { duties { clause status(year: $year) } }", {
        year,
      })
    ).data.duties.find((each: any) => each.clause === clause).status;

  it("is NOT_REPORTED where nobody has reported, which is not NOT_STARTED", async () => {
    expect(await statusOf("IV.3-1", 2024)).toBe("NOT_REPORTED");
    expect(agencyTasks.statements).toHaveLength(3);
  });

  it("is the least advanced of its agencies, and a silent one counts", async () => {
    await report("agency:bo-chqs", "DONE");
    await report("agency:cong-an-tinh", "BLOCKED");
    expect(await statusOf("IV.3-1", 2024)).toBe("NOT_REPORTED");

    await report("agency:bch-bien-phong", "IN_PROGRESS");
    expect(await statusOf("IV.3-1", 2024)).toBe("BLOCKED");
    expect(await statusOf("IV.3-1", 2025)).toBe("NOT_REPORTED");
  });

  it.each([
    [["DONE", "DONE", "DONE"], "DONE"],
    [["DONE", "IN_PROGRESS", "DONE"], "IN_PROGRESS"],
    [["IN_PROGRESS", "BLOCKED", "DONE"], "BLOCKED"],
    [["BLOCKED", "NOT_STARTED", "DONE"], "NOT_STARTED"],
  ])("of agencies at %j is %s", async (statuses, expected) => {
    await report("agency:bo-chqs", statuses[0]!);
    await report("agency:bch-bien-phong", statuses[1]!);
    await report("agency:cong-an-tinh", statuses[2]!);

    expect(await statusOf("IV.3-1", 2024)).toBe(expected);
  });

  it("below an agency is that agency's own", async () => {
    await report("agency:bo-chqs", "DONE");
    await report("agency:cong-an-tinh", "IN_PROGRESS");

    const { data } = await agencyTasks.ask(
      `{ indicator(code: "L5") { responsibleAgencies { id duties { clause status(year: 2024) } } } }`,
    );

    const shared = data.indicator.responsibleAgencies.map(({ id, duties }: any) => [
      id,
      duties.find(({ clause }: any) => clause === "IV.3-1").status,
    ]);
    expect(shared).toEqual([
      ["agency:bo-chqs", "DONE"],
      ["agency:bch-bien-phong", "NOT_REPORTED"],
      ["agency:cong-an-tinh", "IN_PROGRESS"],
    ]);
    expect(agencyTasks.statements).toHaveLength(7);
  });

  it("below a successor is, for years before its time, that of those who had the duty then", async () => {
    await agencyTasks.givenProgress(
      { dutyId: "duty:IV.4-1", agencyId: "agency:so-ldtbxh", year: 2023, status: "DONE" },
      { dutyId: "duty:IV.4-1", agencyId: "agency:so-ldtbxh", year: 2025, status: "NOT_STARTED" },
      { dutyId: "duty:IV.4-1", agencyId: "agency:so-gddt", year: 2025, status: "IN_PROGRESS" },
    );

    const { data } = await agencyTasks.ask(`{
      labour: agency(id: "agency:so-ldtbxh") { duties { y23: status(year: 2023) y25: status(year: 2025) } }
      education: agency(id: "agency:so-gddt") { duties { clause y23: status(year: 2023) y25: status(year: 2025) } }
    }`);

    expect(data.labour.duties).toEqual([{ y23: "DONE", y25: "NOT_STARTED" }]);
    expect(data.education.duties.at(-1)).toEqual({
      clause: "IV.4-1",
      y23: "DONE",
      y25: "IN_PROGRESS",
    });
  });
});

describe("Duty.progress", () => {
  it("tells what each agency reported, and null for what it did not say", async () => {
    await agencyTasks.givenProgress(
      {
        ...{ dutyId: "duty:IV.3-1", agencyId: "agency:bo-chqs", year: 2024, status: "BLOCKED" },
        percent: 40,
        summary: "Đã có kế hoạch",
        blockedReason: "Thiếu kinh phí",
        evidenceUrl: "https://example.org/van-ban/1",
        reportedAt: new Date("2024-11-20T02:30:00.250Z"),
      },
      {
        dutyId: "duty:IV.3-1",
        agencyId: "agency:cong-an-tinh",
        year: 2024,
        status: "NOT_STARTED",
        percent: 0,
      },
      { dutyId: "duty:IV.3-1", agencyId: "agency:cong-an-tinh", year: 2023, status: "DONE" },
    );

    const { data } = await agencyTasks.askEntities(
      [{ __typename: "Duty", id: "duty:IV.3-1" }],
      `... on Duty { progress(year: 2024) { agency { id } year status percent summary blockedReason evidenceUrl reportedAt demonstration } }`,
    );

    expect(data._entities[0].progress).toEqual([
      {
        agency: { id: "agency:bo-chqs" },
        year: 2024,
        status: "BLOCKED",
        percent: 40,
        summary: "Đã có kế hoạch",
        blockedReason: "Thiếu kinh phí",
        evidenceUrl: "https://example.org/van-ban/1",
        reportedAt: "2024-11-20T02:30:00.250Z",
        demonstration: false,
      },
      {
        agency: { id: "agency:cong-an-tinh" },
        year: 2024,
        status: "NOT_STARTED",
        percent: 0,
        summary: null,
        blockedReason: null,
        evidenceUrl: null,
        reportedAt: "2024-11-20T02:00:00.000Z",
        demonstration: false,
      },
    ]);
    expect(agencyTasks.statements).toHaveLength(4);
  });

  it("below an agency is that agency's own", async () => {
    await agencyTasks.givenProgress(
      { dutyId: "duty:IV.3-1", agencyId: "agency:bo-chqs", year: 2024, status: "DONE" },
      { dutyId: "duty:IV.3-1", agencyId: "agency:cong-an-tinh", year: 2024, status: "BLOCKED" },
    );

    const { data } = await agencyTasks.ask(
      `{ agency(id: "agency:cong-an-tinh") { duties { progress(year: 2024) { status } } } }`,
    );

    expect(data.agency.duties[0].progress).toEqual([{ status: "BLOCKED" }]);
  });
});
