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
