import {
  AgencyTasks,
  openTestAgencyTasksDatabase,
  startAgencyTasks,
} from "../../testkit/agency-tasks";

let agencyTasks: AgencyTasks;

beforeAll(async () => {
  agencyTasks = await startAgencyTasks();
});
afterAll(() => agencyTasks.stop());

describe("Query.plan", () => {
  it("names the decision, the issuer, the period and the territory, and invents no number or date", async () => {
    const { data, errors } = await agencyTasks.ask(`{
      plan {
        name nameEn number issuedOn firstYear lastYear issuer { id } unit { id }
        decision { number signedOn name nameEn issuer { id } }
      }
    }`);

    expect(errors).toBeUndefined();
    expect(data.plan).toEqual({
      name: "Kế hoạch của tỉnh Lai Châu thực hiện Quyết định 1520/QĐ-TTg",
      nameEn: "Lai Châu province's plan to carry out Decision 1520/QĐ-TTg",
      number: null,
      issuedOn: null,
      firstYear: 2022,
      lastYear: 2030,
      issuer: { id: "agency:ubnd-tinh" },
      unit: { id: "unit:12" },
      decision: {
        number: "1520/QĐ-TTg",
        signedOn: "2022-12-09",
        name: expect.stringContaining("học tập suốt đời"),
        nameEn: expect.stringContaining("lifelong learning"),
        issuer: { id: "agency:thu-tuong" },
      },
    });
  });

  it("holds every indicator, task and duty once, each with its section and both names", async () => {
    const { data } = await agencyTasks.ask(`{
      plan {
        indicators { code planSection name nameEn }
        taskGroups { code planSection name nameEn tasks { code planSection name nameEn } }
        duties { clause planSection name nameEn }
        dutyGroups { code planSection name nameEn duties { clause } }
      }
    }`);

    const { indicators, taskGroups, duties, dutyGroups } = data.plan;
    expect(indicators.map((each: any) => `${each.code} ${each.planSection}`)).toEqual([
      ...["L1 I-B.2.1", "L2 I-B.2.1", "L3 I-B.2.1", "L4 I-B.2.1", "L5 I-B.2.1", "L6 I-B.2.1"],
      ...["L7 I-B.2.1", "M1 I-B.2.2", "M2 I-B.2.2", "C1 I-B.2.3", "C2 I-B.2.3"],
    ]);
    expect(taskGroups.map((group: any) => group.tasks.map(({ code }: any) => code))).toEqual([
      ["II.1-1", "II.1-2", "II.1-3", "II.1-4"],
      ["II.2-1", "II.2-2", "II.2-3", "II.2-4", "II.2-5"],
      ["II.3-1", "II.3-2", "II.3-3", "II.3-4"],
      ["II.4-1", "II.4-2", "II.4-3"],
      ["II.5-1", "II.5-2"],
    ]);
    const perGroup = { 1: 8, 2: 3, 3: 1, 4: 1, 5: 1, 6: 1, 7: 2, 8: 2, 9: 4, 10: 1, 11: 2 };
    const clauses = Object.entries(perGroup).map(([group, count]) =>
      Array.from({ length: count }, (_, index) => `IV.${group}-${index + 1}`),
    );
    expect(dutyGroups.map((group: any) => group.duties.map(({ clause }: any) => clause))).toEqual(
      clauses,
    );
    expect(duties.map(({ clause }: any) => clause)).toEqual(clauses.flat());
    expect(clauses.flat()).toHaveLength(26);
    const named = [
      ...indicators,
      ...taskGroups,
      ...taskGroups.flatMap(({ tasks }: any) => tasks),
      ...duties,
      ...dutyGroups,
    ];
    expect(named).toHaveLength(11 + 5 + 18 + 26 + 11);
    expect(
      named.filter(({ name, nameEn, planSection }) => !name || !nameEn || !planSection),
    ).toEqual([]);
    expect(agencyTasks.statements).toHaveLength(4);
  });

  it("tells lead and coordination, partners, and whom it asks rather than charges", async () => {
    const { data } = await agencyTasks.ask(`{
      plan {
        duties { clause roles doneWith(asOf: "2024-12-31") { id } alsoDoneWith alsoDoneWithEn }
        dutyGroups { code requested agencies { id } }
      }
    }`);

    const duty = (clause: string) => data.plan.duties.find((each: any) => each.clause === clause);
    expect(duty("IV.2-2")).toEqual({
      clause: "IV.2-2",
      roles: ["LEAD"],
      doneWith: [{ id: "agency:so-vhttdl" }],
      alsoDoneWith: null,
      alsoDoneWithEn: null,
    });
    expect(duty("IV.8-2").roles).toEqual(["COORDINATE", "REVIEW", "REPORT"]);
    expect(duty("IV.1-3").doneWith).toHaveLength(8);
    expect(duty("IV.11-1").alsoDoneWithEn).toBe("Related agencies and other social organisations");
    expect(
      data.plan.dutyGroups
        .filter(({ requested }: any) => requested)
        .map(({ code, agencies }: any) => [code, agencies.length]),
    ).toEqual([
      ["IV.10", 1],
      ["IV.11", 9],
    ]);
  });

  it("follows a partner that has ended to its successors", async () => {
    const { data } = await agencyTasks.ask(`{ duties { clause doneWith { id } } }`);

    const partners = (clause: string) =>
      data.duties.find((each: any) => each.clause === clause).doneWith.map(({ id }: any) => id);
    expect(partners("IV.1-3")).toHaveLength(38);
    expect(partners("IV.2-3")).toContain("agency:phong-vhxh");
    expect(partners("IV.2-3")).not.toContain("agency:phong-gddt");
  });

  it("holds reporting duties, reviews, named days and funding sources", async () => {
    const { data } = await agencyTasks.ask(`{
      plan {
        reportingDuties { code frequency year duty { clause } recipient { id } name nameEn planSection }
        reviews { year kind duty { clause } name nameEn planSection }
        namedDays { name month day task { code } planSection nameEn occurrences { year from until source } }
        fundingSources { code planSections name nameEn }
      }
    }`);

    const { reportingDuties, reviews, namedDays, fundingSources } = data.plan;
    expect(
      reportingDuties.map((each: any) =>
        [each.code, each.frequency, each.year, each.duty.clause, each.recipient.id].join(" "),
      ),
    ).toEqual([
      "R1 YEARLY  IV.8-2 agency:so-vhttdl",
      "R2 YEARLY  IV.9-4 agency:so-vhttdl",
      "R3 YEARLY  IV.1-8 agency:ubnd-tinh",
      "R4 ONCE 2025 IV.1-8 agency:ubnd-tinh",
      "R5 ONCE 2030 IV.1-8 agency:ubnd-tinh",
      "R6 UNDATED  IV.1-8 agency:ubnd-tinh",
    ]);
    expect(reviews.map(({ year, kind }: any) => [year, kind])).toEqual([
      [2025, "INTERIM"],
      [2030, "FINAL"],
    ]);
    expect(namedDays.map(({ month, day }: any) => `${day}/${month}`)).toEqual([
      "null/null",
      "21/4",
      "23/4",
      "18/5",
      "23/11",
      "null/null",
    ]);
    expect(new Set(namedDays.map(({ task }: any) => task.code))).toEqual(new Set(["II.1-2"]));
    expect(namedDays[0].occurrences).toEqual([
      {
        year: 2025,
        from: "2025-10-01",
        until: "2025-10-08",
        source: "Công văn 5607/BGDĐT-GDNNGDTX",
      },
    ]);
    expect(
      fundingSources.map((each: any) => `${each.code} ${each.planSections.join(" ")}`),
    ).toEqual(["F1 III", "F2 III", "F3 III II.5", "F4 III", "F5 IV.6", "F6 IV.9", "F7 II.4"]);
    const named = [...reportingDuties, ...reviews, ...namedDays, ...fundingSources];
    expect(named.filter(({ name, nameEn }: any) => !name || !nameEn)).toEqual([]);
    expect(agencyTasks.statements).toHaveLength(4);
  });

  it("says what to do when the reference has not been loaded", async () => {
    const { database, statements, drop } = await openTestAgencyTasksDatabase();
    const empty = new AgencyTasks(database, statements, drop);

    const { data, errors } = await empty.ask("{ plan { name } }");

    expect(data).toEqual({ plan: null });
    expect(errors).toEqual([
      {
        code: "SUBGRAPH_UNAVAILABLE",
        path: ["plan"],
        message: expect.stringContaining("run `npm run db:migrate`"),
      },
    ]);
    await empty.stop();
  });
});
