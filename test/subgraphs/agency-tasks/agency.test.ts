import { type AgencyTasks, startAgencyTasks } from "../../testkit/agency-tasks";

let agencyTasks: AgencyTasks;

beforeAll(async () => {
  agencyTasks = await startAgencyTasks();
});
afterEach(() => agencyTasks.forget());
afterAll(() => agencyTasks.stop());

describe("Query.agency", () => {
  it("tells what became of the Department of Labour, by which act and how surely", async () => {
    const { data, errors } = await agencyTasks.ask(`{
      agency(id: "agency:so-ldtbxh") {
        name nameEn sector kind planSection validFrom validUntil unit { id }
        duties { id }
        successors { agency { id } on kind scopeEn duties { clause } legalBasis dateBasis confidence }
        predecessors { kind }
      }
    }`);

    expect(errors).toBeUndefined();
    const { successors, ...agency } = data.agency;
    expect(agency).toEqual({
      name: "Sở Lao động - Thương binh và Xã hội",
      nameEn: "Department of Labour, War Invalids and Social Affairs",
      sector: "LABOUR",
      kind: "DEPARTMENT",
      planSection: "IV.4",
      validFrom: null,
      validUntil: "2025-03-01",
      unit: { id: "unit:12" },
      duties: [{ id: "duty:IV.4-1" }],
      predecessors: [],
    });
    expect(successors.map(({ agency: { id } }: any) => id)).toEqual([
      "agency:so-gddt",
      "agency:so-noi-vu",
      "agency:so-y-te",
      "agency:so-nnmt",
      "agency:cong-an-tinh",
    ]);
    expect(successors[0]).toEqual({
      agency: { id: "agency:so-gddt" },
      on: "2025-03-01",
      kind: "DISSOLVED",
      scopeEn: "Vocational education",
      duties: [{ clause: "IV.4-1" }],
      legalBasis: "Nghị định 45/2025/NĐ-CP",
      dateBasis: "NATIONAL",
      confidence: "HIGH",
    });
  });

  it("says that an outcome is not known rather than guess it", async () => {
    const { data } = await agencyTasks.ask(
      `{ agency(id: "agency:hoi-nct") { successors { agency { id } on kind confidence } } }`,
    );

    expect(data.agency.successors).toEqual([
      { agency: null, on: null, kind: "NOT_VERIFIED", confidence: "UNKNOWN" },
    ]);
  });

  it("tells from whom an agency took over, not counting itself", async () => {
    const { data } = await agencyTasks.ask(
      `{ agency(id: "agency:so-vhttdl") { predecessors { agency { id } duties { clause } } successors { agency { id } kind } } }`,
    );

    expect(data.agency).toEqual({
      predecessors: [{ agency: { id: "agency:so-tttt" }, duties: [{ clause: "IV.5-1" }] }],
      successors: [{ agency: { id: "agency:so-vhttdl" }, kind: "CONTINUES" }],
    });
  });

  it("serves the unit that bore its code in its own time", async () => {
    const { data } = await agencyTasks.ask(
      `{ old: agency(id: "agency:ubnd-105") { unit { id } } new: agency(id: "agency:ubnd-03394") { unit { id name } } }`,
    );

    expect(data).toEqual({
      old: { unit: { id: "unit:105" } },
      new: { unit: { id: "unit:03394:2025-07-01", name: "Xã Sin Suối Hồ" } },
    });
  });

  it("is null when not known", async () => {
    expect(await agencyTasks.ask(`{ agency(id: "agency:khong-co") { name } }`)).toEqual({
      data: { agency: null },
    });
  });
});

describe("Query.agencies", () => {
  const listed = async (text: string) =>
    (await agencyTasks.ask(`{ agencies${text} { id } }`)).data.agencies.map(({ id }: any) => id);

  it("are those of a sector, in the plan's order", async () => {
    expect(await listed("(sector: LABOUR)")).toEqual(["agency:so-ldtbxh"]);
    expect(await listed("(sector: ARMED_FORCES)")).toEqual([
      "agency:bo-chqs",
      "agency:bch-bien-phong",
      "agency:ban-chi-huy-bdbp",
      "agency:cong-an-tinh",
    ]);
    expect(agencyTasks.statements).toHaveLength(1);
  });

  it("hold every agency that the plan names, once", async () => {
    const all = await listed("");

    expect(new Set(all).size).toBe(all.length);
    expect(all).toHaveLength(96);
    expect(all.filter((id: string) => /^agency:ubnd-\d{3}$/u.test(id))).toHaveLength(8);
    expect(all.filter((id: string) => /^agency:ubnd-\d{5}$/u.test(id))).toHaveLength(38);
  });

  it("are those of a day when one is given", async () => {
    expect(await listed(`(sector: LABOUR, asOf: "2025-02-28")`)).toEqual(["agency:so-ldtbxh"]);
    expect(await listed(`(sector: LABOUR, asOf: "2025-03-01")`)).toEqual([]);
  });
});

describe("Agency as an entity", () => {
  it("is resolved by its id in one statement, and null when unknown", async () => {
    const { data } = await agencyTasks.askEntities(
      ["agency:so-gddt", "agency:khong-co"].map((id) => ({ __typename: "Agency", id })),
      "... on Agency { name sector }",
    );

    expect(data._entities).toEqual([{ name: "Sở Giáo dục và Đào tạo", sector: "EDUCATION" }, null]);
    expect(agencyTasks.statements).toHaveLength(1);
  });
});
