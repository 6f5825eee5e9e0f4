import { type AgencyTasks, startAgencyTasks } from "../../testkit/agency-tasks";

let agencyTasks: AgencyTasks;

beforeAll(async () => {
  agencyTasks = await startAgencyTasks();
});
afterEach(() => agencyTasks.forget());
afterAll(() => agencyTasks.stop());

const unitQuery = `
  query ($code: ID!, $asOf: Date) {
    administrativeUnit(code: $code, asOf: $asOf) {
      id code name nameEn type validFrom validUntil parent { name }
    }
  }`;

describe("Query.administrativeUnit", () => {
  it("finds the unit that bears the code today", async () => {
    const { data, errors } = await agencyTasks.ask(unitQuery, { code: "03394" });

    expect(errors).toBeUndefined();
    expect(data.administrativeUnit).toEqual({
      id: "unit:03394:2025-07-01",
      code: "03394",
      name: "Xã Sin Suối Hồ",
      nameEn: "Sin Suoi Ho Commune",
      type: "COMMUNE",
      validFrom: "2025-07-01",
      validUntil: null,
      parent: { name: "Tỉnh Lai Châu" },
    });
  });

  it("finds the unit that bore the code on an earlier day", async () => {
    const { data } = await agencyTasks.ask(unitQuery, { code: "03394", asOf: "2024-12-31" });

    expect(data.administrativeUnit).toEqual({
      id: "unit:03394",
      code: "03394",
      name: "Xã Thèn Sin",
      nameEn: "Then Sin Commune",
      type: "COMMUNE",
      validFrom: null,
      validUntil: "2025-07-01",
      parent: { name: "Huyện Tam Đường" },
    });
  });

  it("changes on 1 July 2025 and not a day before", async () => {
    const names = [];
    for (const asOf of ["2025-06-30", "2025-07-01"])
      names.push((await agencyTasks.ask(unitQuery, { code: "03394", asOf })).data);

    expect(names.map(({ administrativeUnit }) => administrativeUnit.name)).toEqual([
      "Xã Thèn Sin",
      "Xã Sin Suối Hồ",
    ]);
  });

  it("means today in Việt Nam when no day is given", async () => {
    agencyTasks.today = "2025-06-30";

    const { data } = await agencyTasks.ask(unitQuery, { code: "03394" });

    expect(data.administrativeUnit.name).toBe("Xã Thèn Sin");
  });

  it("is null for a code that no unit bears, or no longer bears", async () => {
    for (const code of ["99", "999", "99999", "105"]) {
      const { data, errors } = await agencyTasks.ask(unitQuery, { code });

      expect({ data, errors }).toEqual({ data: { administrativeUnit: null }, errors: undefined });
    }
  });

  it.each(["", "1", "1234", "0339A", "003394", "O3394", " 03394", "xã"])(
    "refuses the malformed code %j and says what is accepted",
    async (code) => {
      const { data, errors } = await agencyTasks.ask(unitQuery, { code });

      expect(data).toEqual({ administrativeUnit: null });
      expect(errors).toEqual([
        {
          code: "BAD_USER_INPUT",
          path: ["administrativeUnit"],
          message:
            `Mã đơn vị hành chính ${JSON.stringify(code)} không hợp lệ; cần 2 chữ số (tỉnh), 3 chữ số (cấp huyện) hoặc ` +
            "5 chữ số (cấp xã), kể cả số 0 ở đầu, ví dụ 12, 105, 03394. / " +
            "Malformed code of an administrative unit; expected 2 digits (province), 3 digits (district level) or " +
            "5 digits (commune level), leading zeros included, such as 12, 105, 03394.",
        },
      ]);
      expect(agencyTasks.statements).toEqual([]);
    },
  );

  it.each(["2025-02-30", "01/07/2025", "2025-7-1", "hôm nay"])(
    "refuses the malformed day %j and says what is accepted",
    async (asOf) => {
      const { data, errors } = await agencyTasks.ask(unitQuery, { code: "12", asOf });

      expect(data).toBeUndefined();
      expect(errors).toHaveLength(1);
      expect(errors![0]!.code).toBe("BAD_USER_INPUT");
      expect(errors![0]!.message).toContain("YYYY-MM-DD");
      expect(agencyTasks.statements).toEqual([]);
    },
  );
});

describe("AdministrativeUnit.subdivisions", () => {
  const query = `
    query ($code: ID!, $asked: Date, $asOf: Date) {
      administrativeUnit(code: $code, asOf: $asked) { subdivisions(asOf: $asOf) { name type } }
    }`;

  it("are the 38 communes and wards of the province today, in Vietnamese order", async () => {
    const { data } = await agencyTasks.ask(query, { code: "12" });

    const { subdivisions } = data.administrativeUnit;
    expect(subdivisions.map(({ name }: { name: string }) => name)).toEqual([
      ...["Phường Đoàn Kết", "Phường Tân Phong", "Xã Bản Bo", "Xã Bình Lư", "Xã Bum Nưa"],
      ...["Xã Bum Tở", "Xã Dào San", "Xã Hồng Thu", "Xã Hua Bum", "Xã Khoen On", "Xã Khổng Lào"],
      ...["Xã Khun Há", "Xã Lê Lợi", "Xã Mù Cả", "Xã Mường Khoa", "Xã Mường Kim", "Xã Mường Mô"],
      ...["Xã Mường Tè", "Xã Mường Than", "Xã Nậm Cuổi", "Xã Nậm Hàng", "Xã Nậm Mạ"],
      ...["Xã Nậm Sỏ", "Xã Nậm Tăm", "Xã Pa Tần", "Xã Pa Ủ", "Xã Pắc Ta", "Xã Phong Thổ"],
      ...["Xã Pu Sam Cáp", "Xã Sì Lở Lầu", "Xã Sìn Hồ", "Xã Sin Suối Hồ", "Xã Tả Lèng"],
      ...["Xã Tà Tổng", "Xã Tân Uyên", "Xã Than Uyên", "Xã Thu Lũm", "Xã Tủa Sín Chải"],
    ]);
    expect(agencyTasks.statements).toHaveLength(2);
  });

  it("are those of the day that the unit was asked for", async () => {
    const { data } = await agencyTasks.ask(query, { code: "12", asked: "2024-12-31" });

    expect(data.administrativeUnit.subdivisions).toEqual([
      { name: "Huyện Mường Tè", type: "DISTRICT" },
      { name: "Huyện Nậm Nhùn", type: "DISTRICT" },
      { name: "Huyện Phong Thổ", type: "DISTRICT" },
      { name: "Huyện Sìn Hồ", type: "DISTRICT" },
      { name: "Huyện Tam Đường", type: "DISTRICT" },
      { name: "Huyện Tân Uyên", type: "DISTRICT" },
      { name: "Huyện Than Uyên", type: "DISTRICT" },
      { name: "Thành phố Lai Châu", type: "PROVINCIAL_CITY" },
    ]);
  });

  it("are those of their own day when one is given", async () => {
    const { data } = await agencyTasks.ask(query, {
      code: "12",
      asked: "2024-12-31",
      asOf: "2025-07-01",
    });

    expect(data.administrativeUnit.subdivisions).toHaveLength(38);
  });

  it("pass the day on to their own subdivisions and to the parent", async () => {
    const { data } = await agencyTasks.ask(
      `{ administrativeUnit(code: "12", asOf: "2024-12-31") {
          subdivisions { name subdivisions { parent { name parent { subdivisions { code } } } } } } }`,
    );

    const { subdivisions } = data.administrativeUnit;
    expect(subdivisions.map((each: any) => [each.name, each.subdivisions.length])).toEqual([
      ["Huyện Mường Tè", 14],
      ["Huyện Nậm Nhùn", 11],
      ["Huyện Phong Thổ", 17],
      ["Huyện Sìn Hồ", 22],
      ["Huyện Tam Đường", 13],
      ["Huyện Tân Uyên", 10],
      ["Huyện Than Uyên", 12],
      ["Thành phố Lai Châu", 7],
    ]);
    const { parent } = subdivisions[0].subdivisions[0];
    expect(parent.name).toBe("Huyện Mường Tè");
    expect(parent.parent.subdivisions).toHaveLength(8);
    expect(agencyTasks.statements).toHaveLength(5);
  });

  it("of an ended unit that was reached without a day are those of its last day", async () => {
    const { data } = await agencyTasks.askEntities(
      [
        { __typename: "AdministrativeUnit", id: "unit:105" },
        { __typename: "AdministrativeUnit", id: "unit:12" },
      ],
      "... on AdministrativeUnit { name subdivisions { name } }",
    );

    expect(
      data._entities.map((each: any) => [
        each.name,
        each.subdivisions.length,
        each.subdivisions.at(-1).name,
      ]),
    ).toEqual([
      ["Thành phố Lai Châu", 7, "Xã Sùng Phài"],
      ["Tỉnh Lai Châu", 38, "Xã Tủa Sín Chải"],
    ]);
    expect(agencyTasks.statements).toHaveLength(2);
  });
});

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

describe("Query.administrativeUnits", () => {
  const query = `
    query ($asOf: Date, $type: [AdministrativeUnitType!]) {
      administrativeUnits(asOf: $asOf, type: $type) { name }
    }`;
  const count = async (variables: object) =>
    (await agencyTasks.ask(query, { ...variables })).data.administrativeUnits.length;

  it("are the units of a day: 39 today, 115 before 1 July 2025", async () => {
    expect(await count({})).toBe(39);
    expect(await count({ asOf: "2025-07-01" })).toBe(39);
    expect(await count({ asOf: "2025-06-30" })).toBe(115);
  });

  it("are those of the types asked for", async () => {
    const before = "2025-06-30";
    expect(await count({ type: ["COMMUNE"] })).toBe(36);
    expect(await count({ type: ["WARD"] })).toBe(2);
    expect(await count({ asOf: before, type: ["COMMUNE"] })).toBe(94);
    expect(await count({ asOf: before, type: ["WARD"] })).toBe(5);
    expect(await count({ asOf: before, type: ["TOWNSHIP"] })).toBe(7);
    expect(await count({ asOf: before, type: ["DISTRICT", "PROVINCIAL_CITY"] })).toBe(8);
    expect(await count({ type: ["TOWNSHIP"] })).toBe(0);
    expect(await count({ type: [] })).toBe(0);
  });

  it("stand in the order of the Vietnamese dictionary, d before đ and level before marked tones", async () => {
    const { data } = await agencyTasks.ask(query, { asOf: "2025-06-30", type: ["WARD"] });

    expect(data.administrativeUnits.map(({ name }: { name: string }) => name)).toEqual([
      "Phường Đoàn Kết",
      "Phường Đông Phong",
      "Phường Quyết Thắng",
      "Phường Quyết Tiến",
      "Phường Tân Phong",
    ]);
    expect(agencyTasks.statements).toHaveLength(1);
  });
});

describe("Query.administrativeUnitSearch", () => {
  const query = `
    query ($text: String!, $asOf: Date, $first: Int! = 20) {
      administrativeUnitSearch(text: $text, asOf: $asOf, first: $first) { id name }
    }`;
  const found = async (variables: Record<string, unknown>) =>
    (await agencyTasks.ask(query, variables)).data.administrativeUnitSearch.map(
      ({ id, name }: { id: string; name: string }) => `${id} ${name}`,
    );

  it("finds names without marks, of every era", async () => {
    const both = ["unit:03388:2025-07-01 Phường Đoàn Kết", "unit:03389 Phường Đoàn Kết"];

    expect(await found({ text: "doan ket" })).toEqual(both);
    expect(agencyTasks.statements).toHaveLength(1);
    expect(await found({ text: "  ĐOÀN  kết " })).toEqual(both);
    expect(await found({ text: "Đoàn Kết".normalize("NFD") })).toEqual(both);
  });

  it("finds only the units of a day when one is given", async () => {
    expect(await found({ text: "muong than", asOf: "2025-06-30" })).toEqual([
      "unit:03619 Xã Mường Than",
    ]);
    expect(await found({ text: "muong than", asOf: "2025-07-01" })).toEqual([
      "unit:03618:2025-07-01 Xã Mường Than",
    ]);
  });

  it("finds a unit by the spelling of another list, and tells its variants", async () => {
    expect(await found({ text: "lan nhi thang" })).toEqual(["unit:03391 Xã Lả Nhì Thàng"]);

    const { data } = await agencyTasks.ask(
      `{ administrativeUnitSearch(text: "lả nhì thàng") { variants } }`,
    );
    expect(data.administrativeUnitSearch).toEqual([{ variants: ["Xã Lản Nhì Thàng"] }]);
  });

  it("finds the beginning of a word, and no middle", async () => {
    expect(await found({ text: "tua sin" })).toEqual(
      ["unit:03541 Xã Tủa Sín Chải", "unit:03529:2025-07-01 Xã Tủa Sín Chải"].sort(),
    );
    expect(await found({ text: "in chai" })).toEqual([]);
  });

  it("answers with no more than was asked for", async () => {
    expect(await found({ text: "nam", first: 3 })).toEqual([
      "unit:112 Huyện Nậm Nhùn",
      "unit:03434 Thị trấn Nậm Nhùn",
      "unit:03502 Xã Nậm Ban",
    ]);
  });

  it("takes signs of the pattern language as text", async () => {
    expect(await found({ text: "d%t" })).toEqual([]);
    expect(await found({ text: "do_n" })).toEqual([]);
    expect(await found({ text: "x!" })).toEqual([]);
  });

  it.each([
    [{ text: "  " }, "`text` must contain at least one letter or digit."],
    [{ text: "%" }, "`text` must contain at least one letter or digit."],
    [{ text: "xa", first: 0 }, "`first` must be between 1 and 100; got 0."],
    [{ text: "xa", first: 101 }, "`first` must be between 1 and 100; got 101."],
  ])("refuses %j", async (variables, message) => {
    const { data, errors } = await agencyTasks.ask(query, variables);

    expect(data).toEqual({ administrativeUnitSearch: null });
    expect(errors).toEqual([
      {
        code: "BAD_USER_INPUT",
        path: ["administrativeUnitSearch"],
        message: expect.stringContaining(message),
      },
    ]);
    expect(agencyTasks.statements).toEqual([]);
  });
});

describe("AdministrativeUnit as an entity", () => {
  it("is resolved by its id in one statement, and null when unknown", async () => {
    const { data } = await agencyTasks.askEntities(
      ["unit:03394", "unit:03394:2025-07-01", "unit:00000"].map((id) => ({
        __typename: "AdministrativeUnit",
        id,
      })),
      "... on AdministrativeUnit { name }",
    );

    expect(data._entities).toEqual([{ name: "Xã Thèn Sin" }, { name: "Xã Sin Suối Hồ" }, null]);
    expect(agencyTasks.statements).toHaveLength(1);
  });
});
