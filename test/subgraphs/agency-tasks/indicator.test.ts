import { type AgencyTasks, startAgencyTasks } from "../../testkit/agency-tasks";

let agencyTasks: AgencyTasks;

beforeAll(async () => {
  agencyTasks = await startAgencyTasks();
});
afterEach(() => agencyTasks.forget());
afterAll(() => agencyTasks.stop());

describe("Query.indicators", () => {
  it("are eleven with their kinds, and two milestones each with the plan's numbers", async () => {
    const { data, errors } = await agencyTasks.ask(
      "{ indicators { code kind milestones { year minimum maximum verb } } }",
    );

    expect(errors).toBeUndefined();
    const written = data.indicators.map(
      ({ code, kind, milestones }: any) =>
        `${code} ${kind}: ` +
        milestones
          .map((each: any) => [each.year, each.minimum, each.maximum, each.verb].join(" ").trim())
          .join("; "),
    );
    expect(written).toEqual([
      "L1 YES_NO: 2025; 2030",
      "L2 SHARE: 2025 60; 2030 70",
      "L3 SHARE: 2025 20; 2030 30",
      "L4 SHARE: 2025 90; 2030 100",
      "L5 SHARE: 2025 80; 2030 100",
      "L6 SHARE: 2025 70; 2030 80",
      "L7 GROWTH: 2025 10; 2030 10 15",
      "M1 SHARE: 2025 70  STRIVE; 2030 100  STRIVE",
      "M2 GROWTH: 2025 10  STRIVE; 2030 10 15",
      "C1 SHARE: 2025 80  STRIVE; 2030 100  REACH",
      "C2 SHARE: 2025 70  REACH; 2030 100  REACH",
    ]);
    expect(agencyTasks.statements).toHaveLength(2);
  });
});

describe("Query.indicator", () => {
  it("counts book collections in L4 of 2025 and not of 2030", async () => {
    const { data } = await agencyTasks.ask(
      `{ indicator(code: "L4") { name nameEn planSection condition conditionEn note
          milestones { year countsBookCollections classNoteEn } } }`,
    );

    expect(data.indicator).toEqual({
      name: "Thư viện chuyên ngành phục vụ học tập suốt đời",
      nameEn: "Specialised libraries serving lifelong learning",
      planSection: "I-B.2.1",
      condition: "Có dịch vụ phục vụ học tập suốt đời cho người dùng thư viện",
      conditionEn: "Offers its users services for lifelong learning",
      note: "Lớp thiết chế khác nhau giữa hai mốc: tủ sách chỉ tính năm 2025.",
      milestones: [
        {
          year: 2025,
          countsBookCollections: true,
          classNoteEn: "Book collections are counted too",
        },
        {
          year: 2030,
          countsBookCollections: false,
          classNoteEn: "Book collections are not mentioned",
        },
      ],
    });
  });

  it("shows the national target beside the province's where it is known", async () => {
    const { data } = await agencyTasks.ask(
      `{ indicator(code: "L3") { milestones { year minimum wordingEn basis
          national { minimum maximum source } } } }`,
    );

    expect(data.indicator.milestones).toEqual([
      {
        year: 2025,
        minimum: 20,
        wordingEn: "By 2025: 20%",
        basis: "EXPLICIT",
        national: { minimum: 40, maximum: null, source: "Quyết định 1520/QĐ-TTg" },
      },
      { year: 2030, minimum: 30, wordingEn: "By 2030: 30%", basis: "EXPLICIT", national: null },
    ]);
  });

  it("is null for a code that the plan does not have", async () => {
    expect(await agencyTasks.ask(`{ indicator(code: "L8") { name } }`)).toEqual({
      data: { indicator: null },
    });
  });
});

describe("Indicator.responsibleAgencies", () => {
  const answering = async (code: string, asOf: string | null) => {
    const { data } = await agencyTasks.ask(
      `query ($code: ID!, $asOf: Date) { indicator(code: $code) { responsibleAgencies(asOf: $asOf) { id } } }`,
      { code, asOf },
    );
    return data.indicator.responsibleAgencies.map(({ id }: { id: string }) => id);
  };

  it("for vocational libraries lose the Department of Labour on 1 March 2025", async () => {
    expect(await answering("L6", "2025-02-28")).toEqual(["agency:so-gddt", "agency:so-ldtbxh"]);
    expect(await answering("L6", "2025-03-01")).toEqual(["agency:so-gddt"]);
  });

  it("are those of today when no day is given", async () => {
    agencyTasks.today = "2025-02-28";
    expect(await answering("L6", null)).toEqual(["agency:so-gddt", "agency:so-ldtbxh"]);

    agencyTasks.today = "2025-03-01";
    expect(await answering("L6", null)).toEqual(["agency:so-gddt"]);
  });

  it("keep an agency of which the day of reorganisation is not known", async () => {
    const forces = ["agency:bo-chqs", "agency:bch-bien-phong", "agency:cong-an-tinh"];

    expect(await answering("L5", "2024-12-31")).toEqual(forces);
    expect(await answering("L5", "2026-03-15")).toEqual(forces);
  });

  it("are the culture department for everything else, in a constant number of statements", async () => {
    const { data } = await agencyTasks.ask("{ indicators { code responsibleAgencies { id } } }");

    expect(
      data.indicators
        .filter(({ responsibleAgencies: [first] }: any) => first.id === "agency:so-vhttdl")
        .map(({ code, responsibleAgencies }: any) => `${code} ${responsibleAgencies.length}`),
    ).toEqual(["L1 1", "L2 1", "L3 1", "L4 1", "L7 1", "M1 1", "M2 1", "C1 1", "C2 1"]);
    expect(agencyTasks.statements).toHaveLength(3);
  });

  it("come with the duty that each answers by, its scope, and whether the plan says so", async () => {
    const { data } = await agencyTasks.ask(
      `{ indicators { code responsibilities(asOf: "2025-03-01") {
          agency { id } duty { clause } basis scopeEn } } }`,
    );

    const of = (code: string) =>
      data.indicators.find((each: any) => each.code === code).responsibilities;
    expect(of("L6")).toEqual([
      {
        agency: { id: "agency:so-gddt" },
        duty: { clause: "IV.2-1" },
        basis: "EXPLICIT",
        scopeEn: "Libraries of educational institutions",
      },
      {
        agency: { id: "agency:so-gddt" },
        duty: { clause: "IV.4-1" },
        basis: "EXPLICIT",
        scopeEn: "Libraries of vocational-education institutions",
      },
    ]);
    expect(of("L4")[0]).toMatchObject({ basis: "INFERRED", scopeEn: "Not assigned explicitly" });
  });
});

describe("Indicator.supportingAgencies", () => {
  it("are 8 district committees until 30 June 2025 and 38 of communes and wards from 1 July", async () => {
    const { data } = await agencyTasks.ask(
      `{ indicators { code before: supportingAgencies(asOf: "2025-06-30") { id kind }
          after: supportingAgencies(asOf: "2025-07-01") { id kind } } }`,
    );

    expect(
      data.indicators.map((each: any) => [each.code, each.before.length, each.after.length]),
    ).toEqual([
      ...[
        ["L1", 0, 0],
        ["L2", 8, 38],
        ["L3", 8, 38],
        ["L4", 0, 0],
        ["L5", 0, 0],
        ["L6", 0, 0],
      ],
      ...[
        ["L7", 0, 0],
        ["M1", 0, 0],
        ["M2", 0, 0],
        ["C1", 8, 38],
        ["C2", 8, 38],
      ],
    ]);
    const [, { before, after }] = data.indicators;
    expect(new Set(before.map(({ kind }: any) => kind))).toEqual(new Set(["DISTRICT_COMMITTEE"]));
    expect(new Set(after.map(({ kind }: any) => kind))).toEqual(new Set(["COMMUNE_COMMITTEE"]));
    expect(agencyTasks.statements).toHaveLength(3);
  });
});

describe("Indicator as an entity", () => {
  it("is resolved by its code in one statement, and null when unknown", async () => {
    const { data } = await agencyTasks.askEntities(
      ["C2", "X9", "L1"].map((code) => ({ __typename: "Indicator", code })),
      "... on Indicator { code kind }",
    );

    expect(data._entities).toEqual([
      { code: "C2", kind: "SHARE" },
      null,
      { code: "L1", kind: "YES_NO" },
    ]);
    expect(agencyTasks.statements).toHaveLength(1);
  });
});
