import { librariesDesign } from "../../../subgraphs/libraries/subgraph";
import { InstitutionsUnderTest } from "../../testkit/institutions";

const BINH_LU = "unit:03412";
const OLD_DOAN_KET = "unit:03389";
const DOAN_KET = "unit:03388:2025-07-01";

describe("Query.libraries", () => {
  let libraries: InstitutionsUnderTest;
  beforeAll(async () => {
    libraries = await InstitutionsUnderTest.start(librariesDesign, [
      "CULTURE",
      "EDUCATION",
      "ARMED_FORCES",
      "LABOUR",
    ]);
  });
  beforeEach(() => libraries.clear());
  afterAll(() => libraries.stop());

  const names = async (filter: string, variables = {}) => {
    const answer = await libraries.ask(
      `query { libraries(first: 100${filter === "" ? "" : `, filter: ${filter}`}) { totalCount nodes { name } } }`,
      variables,
    );
    expect(answer.errors).toBeUndefined();
    const found = answer.data!.libraries.nodes.map(({ name }: { name: string }) => name);
    expect(answer.data!.libraries.totalCount).toBe(found.length);
    return found;
  };

  it("sorts by name as Vietnamese dictionaries do, across sectors", async () => {
    await libraries.given(
      { name: "Đông", sector: "EDUCATION", kind: "GENERAL_EDUCATION" },
      { name: "Dương" },
      { name: "Ân", sector: "LABOUR", kind: "VOCATIONAL_EDUCATION" },
      { name: "Ăn" },
      { name: "An" },
      { name: "Ấn" },
    );

    expect(await names("")).toEqual(["An", "Ăn", "Ân", "Ấn", "Dương", "Đông"]);
  });

  it("filters by unit of either era, by its whole territory", async () => {
    await libraries.given(
      { name: "ở Đoàn Kết cũ", unitId: OLD_DOAN_KET },
      { name: "ở Đoàn Kết mới", unitId: DOAN_KET },
      { name: "ở Bình Lư", unitId: BINH_LU },
    );

    expect(await names(`{ unit: { code: "03388" } }`)).toEqual(["ở Đoàn Kết cũ", "ở Đoàn Kết mới"]);
    expect(await names(`{ unit: { code: "105", asOf: "2024-01-01" } }`)).toEqual(["ở Đoàn Kết cũ"]);
    expect(await names(`{ unit: { id: "unit:03412" } }`)).toEqual(["ở Bình Lư"]);
  });

  it("filters by sector, kind, a day, reports and text without marks", async () => {
    await libraries.given(
      {
        name: "Thư viện huyện Sìn Hồ",
        code: "SH-01",
        kind: "DISTRICT_PUBLIC",
        openedOn: "2023-01-01",
      },
      {
        name: "Thư viện xã Mù Cả",
        kind: "COMMUNE_PUBLIC",
        closedOn: "2024-06-01",
        reports: [{ year: 2023 }],
      },
      {
        name: "Thư viện trường",
        sector: "EDUCATION",
        kind: "GENERAL_EDUCATION",
        reports: [{ year: 2023, state: "DRAFT" }],
      },
    );

    expect(await names("{ sector: [EDUCATION] }")).toEqual(["Thư viện trường"]);
    expect(await names("{ kind: [DISTRICT_PUBLIC, COMMUNE_PUBLIC] }")).toEqual([
      "Thư viện huyện Sìn Hồ",
      "Thư viện xã Mù Cả",
    ]);
    expect(await names(`{ operatingOn: "2022-12-31" }`)).toEqual([
      "Thư viện trường",
      "Thư viện xã Mù Cả",
    ]);
    expect(await names(`{ operatingOn: "2024-06-01" }`)).toEqual([
      "Thư viện huyện Sìn Hồ",
      "Thư viện trường",
    ]);
    expect(await names("{ reported: { year: 2023, reported: true } }")).toEqual([
      "Thư viện xã Mù Cả",
    ]);
    expect(await names("{ reported: { year: 2023, reported: false } }")).toEqual([
      "Thư viện huyện Sìn Hồ",
      "Thư viện trường",
    ]);
    expect(await names(`{ text: "mu ca" }`)).toEqual(["Thư viện xã Mù Cả"]);
    expect(await names(`{ text: "Sìn Hồ" }`)).toEqual(["Thư viện huyện Sìn Hồ"]);
    expect(await names(`{ text: "sh-01" }`)).toEqual(["Thư viện huyện Sìn Hồ"]);
    expect(await names(`{ text: "100%" }`)).toEqual([]);
  });

  it("goes on page by page without losing or doubling anybody while libraries are added", async () => {
    await libraries.given(...["B", "D", "F", "H"].map((name) => ({ name })));
    const page = (after: string | null) =>
      libraries.ask(
        "query ($after: String) { libraries(first: 2, after: $after) { nodes { name } pageInfo { hasNextPage endCursor } } }",
        { after },
      );

    const first = (await page(null)).data!.libraries;
    await libraries.given(
      { name: "A" },
      { name: "E", sector: "LABOUR", kind: "VOCATIONAL_EDUCATION" },
    );
    const second = (await page(first.pageInfo.endCursor)).data!.libraries;
    const third = (await page(second.pageInfo.endCursor)).data!.libraries;

    expect(
      [first, second, third].map(({ nodes }) => nodes.map(({ name }: { name: string }) => name)),
    ).toEqual([["B", "D"], ["E", "F"], ["H"]]);
    expect(third.pageInfo.hasNextPage).toBe(false);
  });

  it.each([
    [
      "first: 101",
      "`first` phải từ 0 đến 100, đã nhận 101. / `first` must be between 0 and 100; got 101.",
    ],
    [
      "first: -1",
      "`first` phải từ 0 đến 100, đã nhận -1. / `first` must be between 0 and 100; got -1.",
    ],
    [
      `after: "xyz"`,
      "`after` không phải là con trỏ do hệ thống cấp; hãy dùng `pageInfo.endCursor` của trang trước. / `after` is not a cursor issued by the hub; use `pageInfo.endCursor` of the page before.",
    ],
    [
      `filter: { unit: { code: "99999" } }`,
      "Không có đơn vị hành chính 99999; cần `id`, hoặc `code` có hiệu lực vào ngày `asOf`. / There is no administrative unit 99999; give an `id`, or a `code` that holds on `asOf`.",
    ],
  ])("refuses %s in both languages", async (argument, message) => {
    const answer = await libraries.ask(`{ libraries(${argument}) { nodes { id } } }`);

    expect(answer.data).toEqual({ libraries: null });
    expect(answer.errors).toMatchObject([
      { message, path: ["libraries"], extensions: { code: "BAD_USER_INPUT" } },
    ]);
  });

  it("never lists an armed-forces library, by list, search, id, unit or agency", async () => {
    const [hidden] = await libraries.given({
      name: "Doanh trại",
      sector: "ARMED_FORCES",
      kind: "ARMED_FORCES",
      managingAgencyId: "agency:bo-chqs",
    });

    const answer = await libraries.ask(
      `query ($hidden: ID!) {
        listed: libraries { totalCount nodes { id } }
        asked: libraries(filter: { sector: [ARMED_FORCES], text: "doanh" }) { totalCount nodes { id } }
        library(id: $hidden) { id }
        _entities(representations: [{ __typename: "Library", id: "${hidden}" }, { __typename: "AdministrativeUnit", id: "unit:12" }, { __typename: "Agency", id: "agency:bo-chqs" }]) {
          ... on Library { id }
          ... on AdministrativeUnit { libraries { totalCount nodes { id } } }
          ... on Agency { libraries { totalCount nodes { id } } } } }`,
      { hidden },
    );

    expect(answer.errors).toBeUndefined();
    expect(answer.data).toEqual({
      listed: { totalCount: 0, nodes: [] },
      asked: { totalCount: 0, nodes: [] },
      library: null,
      _entities: [
        null,
        { libraries: { totalCount: 0, nodes: [] } },
        { libraries: { totalCount: 0, nodes: [] } },
      ],
    });
  });
});

describe("Library", () => {
  let libraries: InstitutionsUnderTest;
  beforeAll(async () => {
    libraries = await InstitutionsUnderTest.start(librariesDesign, [
      "CULTURE",
      "EDUCATION",
      "ARMED_FORCES",
      "LABOUR",
    ]);
  });
  beforeEach(() => libraries.clear());
  afterAll(() => libraries.stop());

  it("tells its whole history", async () => {
    const [id] = await libraries.given({
      name: "  Thư  viện Bình Lư ",
      code: "BL-1",
      managingAgencyId: "agency:ubnd-03390",
      openedOn: "2010-05-04",
      closedOn: "2026-02-01",
      kinds: [
        { kind: "DISTRICT_PUBLIC", fromOn: null, untilOn: "2025-07-01" },
        { kind: "COMMUNE_PUBLIC", fromOn: "2025-07-01", untilOn: null },
      ],
      placements: [
        { unitId: BINH_LU, fromOn: null, untilOn: "2015-01-01" },
        { unitId: "unit:03390", fromOn: "2015-01-01", untilOn: "2026-02-01" },
      ],
      reports: [
        { year: 2023, visits: 7, learningVisits: 0 },
        { year: 2024, revision: 1, visits: 10, services: ["Đọc tại chỗ"] },
        { year: 2024, revision: 2, visits: 12, state: "SUBMITTED" },
        { year: 2025, state: "DRAFT", visits: 99 },
      ],
    });

    const answer = await libraries.ask(
      `query ($id: ID!) { library(id: $id) {
        code name kind sector managingAgency { id } openedOn closedOn demonstration
        old: unit(asOf: "2012-01-01") { id } then: unit(asOf: "2020-01-01") { id } merged: unit(asOf: "2025-12-31") { id } now: unit { id }
        placements { unit { id } from until } kinds { kind from until }
        reports { year revision state visits }
        y2023: report(year: 2023) { visits learningVisits loans } y2024: report(year: 2024) { visits services } y2025: report(year: 2025) { visits } } }`,
      { id },
    );

    expect(answer).toEqual({
      data: {
        library: {
          code: "BL-1",
          name: "Thư viện Bình Lư",
          kind: "COMMUNE_PUBLIC",
          sector: "CULTURE",
          managingAgency: { id: "agency:ubnd-03390" },
          openedOn: "2010-05-04",
          closedOn: "2026-02-01",
          demonstration: false,
          old: { id: BINH_LU },
          then: { id: "unit:03390" },
          merged: { id: "unit:03390:2025-07-01" },
          now: { id: "unit:03390:2025-07-01" },
          placements: [
            { unit: { id: BINH_LU }, from: null, until: "2015-01-01" },
            { unit: { id: "unit:03390" }, from: "2015-01-01", until: "2026-02-01" },
          ],
          kinds: [
            { kind: "DISTRICT_PUBLIC", from: null, until: "2025-07-01" },
            { kind: "COMMUNE_PUBLIC", from: "2025-07-01", until: null },
          ],
          reports: [
            { year: 2024, revision: 2, state: "SUBMITTED", visits: 12 },
            { year: 2024, revision: 1, state: "APPROVED", visits: 10 },
            { year: 2023, revision: 1, state: "APPROVED", visits: 7 },
          ],
          y2023: { visits: 7, learningVisits: 0, loans: null },
          y2024: { visits: 10, services: ["Đọc tại chỗ"] },
          y2025: null,
        },
      },
    });
  });

  it("does not guess where a library known only by a merged unit stood before the merger", async () => {
    const [merged, kept] = await libraries.given(
      { unitId: DOAN_KET },
      { unitId: "unit:03451:2025-07-01" },
    );

    const answer = await libraries.ask(
      `query ($merged: ID!, $kept: ID!) {
        merged: library(id: $merged) { unit(asOf: "2024-01-01") { id } }
        kept: library(id: $kept) { unit(asOf: "2024-01-01") { id } } }`,
      { merged, kept },
    );

    expect(answer.data).toEqual({ merged: { unit: null }, kept: { unit: { id: "unit:03451" } } });
  });

  it("loads the histories of a page in one statement each", async () => {
    await libraries.given(
      ...Array.from({ length: 10 }, (_none, index) => ({
        name: `T${index}`,
        reports: [{ year: 2024 }],
      })),
    );

    const answer = await libraries.ask(
      "{ libraries(filter: { sector: [CULTURE] }) { nodes { kind unit { id } placements { from } report(year: 2024) { year } reports { library { id } } } } }",
    );

    expect(answer.errors).toBeUndefined();
    expect(answer.data!.libraries.nodes).toHaveLength(10);
    // The page, kinds, places, reports, and the reports' libraries.
    expect(libraries.statements).toHaveLength(5);
  });

  it("pages under many units and agencies in two statements, as if each had been asked alone", async () => {
    await libraries.given(
      ...["a", "b", "c"].map((name) => ({
        name,
        unitId: OLD_DOAN_KET,
        managingAgencyId: "agency:x",
      })),
      { name: "d", unitId: BINH_LU, managingAgencyId: "agency:y" },
    );
    const entities = `query ($of: [_Any!]!) { _entities(representations: $of) {
      ... on AdministrativeUnit { libraries(first: 2) { nodes { name } pageInfo { hasNextPage } } }
      ... on Agency { libraries(first: 2) { nodes { name } pageInfo { hasNextPage } } } } }`;
    const units = [DOAN_KET, "unit:12", BINH_LU, "unit:03640"].map((id) => ({
      __typename: "AdministrativeUnit",
      id,
    }));
    const agencies = ["agency:x", "agency:y", "agency:z"].map((id) => ({
      __typename: "Agency",
      id,
    }));

    const ofUnits = await libraries.ask(entities, { of: units });
    const statements = libraries.statements.filter(({ sector }) => sector === "CULTURE").length;
    const ofAgencies = await libraries.ask(entities, { of: agencies });

    const page = (names: string[], hasNextPage: boolean) => ({
      libraries: { nodes: names.map((name) => ({ name })), pageInfo: { hasNextPage } },
    });
    expect(ofUnits.data!._entities).toEqual([
      page(["a", "b"], true),
      page(["a", "b"], true),
      page(["d"], false),
      page([], false),
    ]);
    expect(ofAgencies.data!._entities).toEqual([
      page(["a", "b"], true),
      page(["d"], false),
      page([], false),
    ]);
    expect(statements).toBe(2);
  });
});
