import { type AgencyTasks, startAgencyTasks } from "../../testkit/agency-tasks";

let agencyTasks: AgencyTasks;

beforeAll(async () => {
  agencyTasks = await startAgencyTasks();
});
afterEach(() => agencyTasks.forget());
afterAll(() => agencyTasks.stop());

describe("AdministrativeUnit.predecessors and successors", () => {
  const query = `
    query ($code: ID!, $asOf: Date) {
      administrativeUnit(code: $code, asOf: $asOf) {
        predecessors { unit { code name validUntil } on instrument }
        successors { unit { code name validFrom } on instrument }
      }
    }`;

  it("tell that the old Mường Than went into today's Than Uyên", async () => {
    const { data } = await agencyTasks.ask(query, { code: "03595" });

    const instrument = "Nghị quyết 1670/NQ-UBTVQH15 Điều 1 khoản 3";
    const from = (code: string, name: string) => ({
      unit: { code, name, validUntil: "2025-07-01" },
      on: "2025-07-01",
      instrument,
    });
    expect(data.administrativeUnit).toEqual({
      predecessors: [
        from("03595", "Thị trấn Than Uyên"),
        from("03619", "Xã Mường Than"),
        from("03631", "Xã Mường Cang"),
        from("03632", "Xã Hua Nà"),
      ],
      successors: [],
    });
    expect(agencyTasks.statements).toHaveLength(4);
  });

  it("tell where an ended unit went", async () => {
    const { data } = await agencyTasks.ask(query, { code: "03619", asOf: "2025-06-30" });

    expect(data.administrativeUnit).toEqual({
      predecessors: [],
      successors: [
        {
          unit: { code: "03595", name: "Xã Than Uyên", validFrom: "2025-07-01" },
          on: "2025-07-01",
          instrument: "Nghị quyết 1670/NQ-UBTVQH15 Điều 1 khoản 3",
        },
      ],
    });
  });

  it("are 106 in all, each with its clause, in a constant number of statements", async () => {
    const { data } = await agencyTasks.ask(
      `{ administrativeUnits(asOf: "2026-01-01", type: [COMMUNE, WARD]) {
          predecessors { unit { code } on instrument } } }`,
    );

    const successions = data.administrativeUnits.flatMap((unit: any) => unit.predecessors);
    expect(successions).toHaveLength(106);
    expect(new Set(successions.map((each: any) => each.unit.code)).size).toBe(106);
    expect(new Set(successions.map((each: any) => each.on))).toEqual(new Set(["2025-07-01"]));
    const clauses = successions.map(
      (each: any) =>
        /^Nghị quyết 1670\/NQ-UBTVQH15 Điều 1 khoản (\d+)$/u.exec(each.instrument)?.[1],
    );
    expect(new Set(clauses.map(Number))).toEqual(
      new Set(Array.from({ length: 37 }, (_, index) => index + 1)),
    );
    expect(agencyTasks.statements).toHaveLength(3);
  });
});
