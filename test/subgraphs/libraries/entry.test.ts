import { librariesDesign } from "../../../subgraphs/libraries/subgraph";
import { SECTORS } from "../../../subgraphs/foundation/sector";
import { InstitutionsUnderTest } from "../../testkit/institutions";
import { inRole, viewer } from "../../testkit/viewers";

const steward = inRole("STEWARD", { subject: "danh-muc" });
const reporter = inRole("REPORTER", { subject: "bao-cao" });
const approver = inRole("APPROVER", { subject: "duyet" });

let libraries: InstitutionsUnderTest;
let keys = 0;
const key = () => `khoa-thu-${(keys += 1)}`;

beforeAll(async () => {
  libraries = await InstitutionsUnderTest.start(librariesDesign, [...SECTORS]);
});
afterEach(() => libraries.clear());
afterAll(() => libraries.stop());

const ROW = "id code name version openedOn closedOn kind unit { id } mergedInto { id }";
const act = async (field: string, type: string, input: object, who = steward, language?: "en") => {
  const { data, errors } = await libraries.ask(
    `mutation ($input: ${type}!) { done: ${field}(input: $input) { library { ${ROW} } userErrors { code path message } } }`,
    { input: { idempotencyKey: key(), ...input } },
    who,
    language,
  );
  return { done: data?.done, errors };
};
const REPORT =
  "id year state revision version visits learningVisits explanation returnReason submittedAt";
const step = async (field: string, type: string, input: object, who = reporter) => {
  const { data, errors } = await libraries.ask(
    `mutation ($input: ${type}!) { done: ${field}(input: $input) { report { ${REPORT} } userErrors { code path message } } }`,
    { input: { idempotencyKey: key(), ...input } },
    who,
  );
  return { done: data?.done, errors };
};
const save = (id: string, year: number, measures: object, more: object = {}) =>
  step("saveLibraryReport", "SaveLibraryReportInput", { id, year, measures, ...more });
const codes = (done: any) => done.userErrors.map(({ code, path }: any) => [code, path.join(".")]);

const REGISTRATION = {
  sector: "CULTURE",
  code: "X-01",
  name: "Thư viện xã Sin Suối Hồ",
  kind: "COMMUNE_PUBLIC",
  unit: { code: "03394" },
  managingAgencyId: "agency:so-vhttdl",
  openedOn: "2025-09-01",
};

describe("registerLibrary", () => {
  it("writes the library, its place and its kind, and answers with them", async () => {
    const { done, errors } = await act("registerLibrary", "RegisterLibraryInput", REGISTRATION);

    expect(errors).toBeUndefined();
    expect(done.userErrors).toEqual([]);
    expect(done.library).toMatchObject({
      code: "X-01",
      name: "Thư viện xã Sin Suối Hồ",
      version: 1,
      openedOn: "2025-09-01",
      kind: "COMMUNE_PUBLIC",
      unit: { id: "unit:03394:2025-07-01" },
    });
    expect(done.library.id).toMatch(/^library:culture:[0-9a-f-]{36}$/u);
  });

  it("tells everything that is wrong at once, in the language that was asked for, and writes nothing", async () => {
    await libraries.given({ code: "X-01" });
    const wrong = {
      ...REGISTRATION,
      name: "  ",
      kind: "DISTRICT_PUBLIC",
      unit: { code: "12" },
      managingAgencyId: "agency:so-ldtbxh",
      openedOn: "2027-01-01",
    };

    const { done } = await act("registerLibrary", "RegisterLibraryInput", wrong, steward, "en");

    expect(done.library).toBeNull();
    expect(codes(done)).toEqual([
      ["CODE_TAKEN", "input.code"],
      ["REQUIRED", "input.name"],
      ["WRONG_KIND", "input.kind"],
      ["WRONG_UNIT", "input.unit"],
      ["WRONG_AGENCY", "input.managingAgencyId"],
      ["WRONG_DAY", "input.openedOn"],
    ]);
    expect(done.userErrors[5].message).toBe(
      "2027-01-01 is in the future; only what has happened is recorded, 2026-11-23 at the latest.",
    );
    const { data } = await libraries.ask("{ libraries { totalCount } }");
    expect(data!.libraries.totalCount).toBe(1);
  });

  it("asks about one of the same name in the same place, marks aside, across the reorganisation", async () => {
    const [known] = await libraries.given({
      name: "Thư viện xã Sin Suối Hồ",
      unitId: "unit:03592",
    });
    const again = { ...REGISTRATION, name: "thu vien XA sin suoi ho" };

    const asked = await act("registerLibrary", "RegisterLibraryInput", again);
    const insisted = await act("registerLibrary", "RegisterLibraryInput", {
      ...again,
      notDuplicateOf: [known],
    });

    expect(codes(asked.done)).toEqual([["DUPLICATE", "input.name"]]);
    expect(asked.done.userErrors[0].message).toContain(known);
    expect(insisted.done.userErrors).toEqual([]);
  });

  it("does it once for each key, and answers the same when it is asked again", async () => {
    const input = { ...REGISTRATION, idempotencyKey: "dang-ky-001" };

    const first = await act("registerLibrary", "RegisterLibraryInput", input);
    const again = await act("registerLibrary", "RegisterLibraryInput", input);
    const other = await act("registerLibrary", "RegisterLibraryInput", { ...input, code: "X-02" });

    expect(again.done).toEqual(first.done);
    expect(codes(other.done)).toEqual([["IDEMPOTENCY_KEY_REUSED", "input.idempotencyKey"]]);
    const { data } = await libraries.ask("{ libraries { totalCount } }");
    expect(data!.libraries.totalCount).toBe(1);
  });

  it("is for stewards of the sector, in their own units, and for nobody else", async () => {
    const tries = [
      { who: null, code: "UNAUTHENTICATED" },
      { who: reporter, code: "FORBIDDEN" },
      { who: inRole("STEWARD", { sectors: ["EDUCATION"] }), code: "FORBIDDEN" },
      { who: inRole("STEWARD", { units: ["unit:03391:2025-07-01"] }), code: "FORBIDDEN" },
      { who: inRole("STEWARD", { units: [] }), code: "FORBIDDEN" },
      { who: inRole("STEWARD", { agencyId: "agency:so-ldtbxh" }), code: "FORBIDDEN" },
    ];

    for (const { who, code } of tries) {
      const { done, errors } = await act(
        "registerLibrary",
        "RegisterLibraryInput",
        REGISTRATION,
        who as never,
      );
      expect([done, errors![0]!.extensions!.code]).toEqual([null, code]);
    }

    const { data } = await libraries.ask("{ libraries { totalCount } }");
    expect(data!.libraries.totalCount).toBe(0);
  });

  it("takes a token of old units for the territory that they have become", async () => {
    const all = inRole("STEWARD", { units: ["03394", "03586", "03592"], issuedOn: "2025-01-15" });
    const part = inRole("STEWARD", { units: ["03394"], issuedOn: "2025-01-15" });
    const inOldUnit = {
      ...REGISTRATION,
      unit: { code: "03394", asOf: "2025-01-15" },
      openedOn: null,
    };

    const inNewUnit = { ...REGISTRATION, code: "X-02", name: "Khác" };

    const inPart = await act("registerLibrary", "RegisterLibraryInput", inOldUnit, part);
    const beyond = await act("registerLibrary", "RegisterLibraryInput", inNewUnit, part);
    const whole = await act("registerLibrary", "RegisterLibraryInput", inNewUnit, all);

    expect(inPart.done.userErrors).toEqual([]);
    expect(beyond.errors![0]!.extensions!.code).toBe("FORBIDDEN");
    expect(whole.done.userErrors).toEqual([]);
  });

  it("lets education's stewards act for labour's since 1 March 2025, and labour's own no more", async () => {
    const education = inRole("STEWARD", { agencyId: "agency:so-gddt", sectors: ["EDUCATION"] });
    const labour = inRole("STEWARD", { agencyId: "agency:so-ldtbxh", sectors: ["LABOUR"] });
    const college = {
      ...REGISTRATION,
      sector: "LABOUR",
      kind: "VOCATIONAL_EDUCATION",
      managingAgencyId: "agency:so-gddt",
      openedOn: null,
    };

    const now = await act("registerLibrary", "RegisterLibraryInput", college, education);
    const ended = await act("registerLibrary", "RegisterLibraryInput", college, labour);
    libraries.now.instant = "2025-02-28T03:00:00Z";
    const before = { ...college, code: "X-02", name: "Khác", managingAgencyId: null };
    const early = await act("registerLibrary", "RegisterLibraryInput", before, education);
    const own = await act("registerLibrary", "RegisterLibraryInput", before, {
      ...labour,
      issuedOn: "2025-02-28",
    });
    libraries.now.instant = "2026-11-23T03:00:00Z";

    expect(now.done.userErrors).toEqual([]);
    expect(ended.errors![0]!.extensions!.code).toBe("FORBIDDEN");
    expect(early.errors![0]!.extensions!.code).toBe("FORBIDDEN");
    expect(own.errors).toBeUndefined();
  });
});

describe("The life of a library", () => {
  it("keeps every place and kind, and the day on which it closed", async () => {
    const { done } = await act("registerLibrary", "RegisterLibraryInput", REGISTRATION);
    const { id } = done.library;

    await act("moveLibrary", "MoveInstitutionInput", {
      id,
      version: 1,
      unit: { code: "03388" },
      on: "2026-01-01",
    });
    await act("reclassifyLibrary", "ReclassifyLibraryInput", {
      id,
      version: 2,
      kind: "SPECIALISED",
      on: "2026-02-01",
    });
    await act("correctLibrary", "CorrectInstitutionInput", {
      id,
      version: 3,
      name: "Thư viện Đoàn Kết",
      reason: "Đổi tên theo quyết định",
    });
    const closed = await act("closeLibrary", "CloseInstitutionInput", {
      id,
      version: 4,
      on: "2026-06-01",
      reason: "Sắp xếp lại",
    });

    expect(closed.done.library).toMatchObject({ version: 5, closedOn: "2026-06-01" });
    const { data } = await libraries.ask(
      `query ($id: ID!) { library(id: $id) { name
        placements { unit { id } from until } kinds { kind from until }
        history { sequence action version role agency { id } reason changes { field from to } } } }`,
      { id },
      steward,
    );
    expect(data!.library.name).toBe("Thư viện Đoàn Kết");
    expect(data!.library.placements).toEqual([
      { unit: { id: "unit:03394:2025-07-01" }, from: null, until: "2026-01-01" },
      { unit: { id: "unit:03388:2025-07-01" }, from: "2026-01-01", until: null },
    ]);
    expect(data!.library.kinds).toEqual([
      { kind: "COMMUNE_PUBLIC", from: null, until: "2026-02-01" },
      { kind: "SPECIALISED", from: "2026-02-01", until: null },
    ]);
    expect(data!.library.history.map(({ action, version }: any) => [action, version])).toEqual([
      ["CLOSE_INSTITUTION", 5],
      ["CORRECT_INSTITUTION", 4],
      ["RECLASSIFY_INSTITUTION", 3],
      ["MOVE_INSTITUTION", 2],
      ["REGISTER_INSTITUTION", 1],
    ]);
    expect(data!.library.history[1]).toMatchObject({
      role: "STEWARD",
      agency: { id: "agency:so-vhttdl" },
      reason: "Đổi tên theo quyết định",
      changes: [{ field: "name", from: '"Thư viện xã Sin Suối Hồ"', to: '"Thư viện Đoàn Kết"' }],
    });
  });

  it("is not said to begin after it has changed, or in a class that had ended by then", async () => {
    const [changed, ended] = await libraries.given(
      {
        kinds: [
          { kind: "COMMUNE_PUBLIC", fromOn: null, untilOn: "2024-02-01" },
          { kind: "SPECIALISED", fromOn: "2024-02-01", untilOn: null },
        ],
      },
      { kind: "DISTRICT_PUBLIC" },
    );
    const beginning = (id: string | undefined, openedOn: string) =>
      act("correctLibrary", "CorrectInstitutionInput", { id, version: 1, openedOn, reason: "Sửa" });

    expect(codes((await beginning(changed, "2024-02-02")).done)).toEqual([
      ["WRONG_DAY", "input.openedOn"],
    ]);
    expect(codes((await beginning(ended, "2025-07-01")).done)).toEqual([
      ["WRONG_KIND", "input.openedOn"],
    ]);
    const { done } = await beginning(ended, "2025-06-30");
    expect(done.library.openedOn).toBe("2025-06-30");
  });

  it("merges others into one, all or none", async () => {
    const [a, b, c] = await libraries.given({ name: "A" }, { name: "B" }, { name: "C" });
    const merged = (version: number) =>
      act("mergeLibraries", "MergeInstitutionsInput", {
        id: a,
        version: 1,
        merged: [
          { id: b, version: 1 },
          { id: c, version },
        ],
        on: "2026-01-01",
        reason: "Sáp nhập",
      });

    const stale = await merged(7);
    const { data } = await libraries.ask("{ libraries { nodes { name closedOn } } }");
    const done = await merged(1);
    const after = await libraries.ask(
      "{ libraries { nodes { name closedOn version mergedInto { id } } } }",
    );

    expect(codes(stale.done)).toEqual([["STALE_VERSION", "input.merged.1.version"]]);
    expect(data!.libraries.nodes.map(({ closedOn }: any) => closedOn)).toEqual([null, null, null]);
    expect(done.done.userErrors).toEqual([]);
    expect(after.data!.libraries.nodes).toEqual([
      { name: "A", closedOn: null, version: 2, mergedInto: null },
      { name: "B", closedOn: "2026-01-01", version: 2, mergedInto: { id: a } },
      { name: "C", closedOn: "2026-01-01", version: 2, mergedInto: { id: a } },
    ]);
  });

  it("merges one that stands nowhere known only for whoever answers for the whole province", async () => {
    const [a, b] = await libraries.given(
      { name: "A", unitId: "unit:03388:2025-07-01" },
      { name: "B", unitId: null },
    );
    const merged = (is: object) =>
      act(
        "mergeLibraries",
        "MergeInstitutionsInput",
        {
          id: a,
          version: 1,
          merged: [{ id: b, version: 1 }],
          on: "2026-01-01",
          reason: "Sáp nhập",
        },
        inRole("STEWARD", is),
      );

    const ofCommune = await merged({ units: ["unit:03388:2025-07-01"] });
    const before = await libraries.ask("{ libraries { nodes { closedOn } } }");
    const ofProvince = await merged({});

    expect(ofCommune.errors![0]!.extensions!.code).toBe("FORBIDDEN");
    expect(before.data!.libraries.nodes).toEqual([{ closedOn: null }, { closedOn: null }]);
    expect(ofProvince.done.userErrors).toEqual([]);
  });

  it("tells whoever read an old version what has changed since, and by which agency", async () => {
    const { done } = await act("registerLibrary", "RegisterLibraryInput", REGISTRATION);
    const correction = (version: number, name: string) =>
      act("correctLibrary", "CorrectInstitutionInput", {
        id: done.library.id,
        version,
        name,
        reason: "Đổi tên",
      });

    await correction(1, "Tên mới");
    const late = await correction(1, "Tên khác");

    expect(late.done.userErrors).toEqual([
      {
        code: "STALE_VERSION",
        path: ["input", "version"],
        message:
          "Bản ghi đang ở phiên bản 2, không phải 1. Đã thay đổi: Sở Văn hóa, Thể thao và Du lịch, 2026-11-23 03:00 UTC: name. Hãy đọc lại rồi gửi lại.",
      },
    ]);
  });
});

describe("The life of a report", () => {
  it("goes from draft to approved, by two accounts, and counts only then", async () => {
    const [id] = await libraries.given({ kind: "COMMUNE_PUBLIC" });
    const l3 = async () =>
      (await libraries.figures(["unit:12"], 2025, "numerator reported"))[0]!.L3;

    const saved = await save(id!, 2025, { providesLifelongLearning: true, visits: 900 });
    const report = saved.done.report;
    const submitted = await step("submitLibraryReport", "ReportStepInput", {
      id: report.id,
      version: 1,
    });
    const before = await l3();
    const own = await step(
      "approveLibraryReport",
      "ReportStepInput",
      { id: report.id, version: 2 },
      viewer({ subject: "bao-cao" }),
    );
    const approved = await step(
      "approveLibraryReport",
      "ReportStepInput",
      { id: report.id, version: 2 },
      approver,
    );

    expect(report).toMatchObject({ state: "DRAFT", revision: 1, version: 1, visits: 900 });
    expect(submitted.done.report).toMatchObject({
      state: "SUBMITTED",
      version: 2,
      submittedAt: "2026-11-23T03:00:00.000Z",
    });
    expect(before).toEqual({ numerator: 0, reported: 0 });
    expect(codes(own.done)).toEqual([["SAME_PERSON", "input.id"]]);
    expect(approved.done.report).toMatchObject({ state: "APPROVED", version: 3 });
    expect(await l3()).toEqual({ numerator: 1, reported: 1 });
  });

  it("tells every wrong value at once, and saves none of them", async () => {
    const [id] = await libraries.given({});

    const { done } = await save(id!, 2027, {
      providesLifelongLearning: false,
      services: ["Đọc sách"],
      visits: 10,
      learningVisits: 20,
      staff: -1,
      loans: 2_000_000_000,
    });

    expect(codes(done)).toEqual([
      ["WRONG_YEAR", "input.year"],
      ["OUT_OF_RANGE", "input.measures.loans"],
      ["OUT_OF_RANGE", "input.measures.staff"],
      ["INCONSISTENT", "input.measures.learningVisits"],
      ["INCONSISTENT", "input.measures.providesLifelongLearning"],
    ]);
    const { data } = await libraries.ask(
      "query ($id: ID!) { library(id: $id) { draft(year: 2027) { id } } }",
      { id },
      reporter,
    );
    expect(data!.library.draft).toBeNull();
  });

  it("asks for an explanation of a jump, which is stored", async () => {
    const [id] = await libraries.given({ reports: [{ year: 2024, visits: 100 }] });
    const { done: saved } = await save(id!, 2025, { visits: 1000 });

    const asked = await step("submitLibraryReport", "ReportStepInput", {
      id: saved.report.id,
      version: 1,
    });
    const explained = await save(id!, 2025, {}, { version: 1, explanation: "Mở rộng trụ sở" });
    const submitted = await step("submitLibraryReport", "ReportStepInput", {
      id: saved.report.id,
      version: 2,
    });

    expect(codes(asked.done)).toEqual([["EXPLANATION_NEEDED", "input.measures.visits"]]);
    expect(explained.done.report).toMatchObject({ version: 2, explanation: "Mở rộng trụ sở" });
    expect(submitted.done.report).toMatchObject({ state: "SUBMITTED" });
  });

  it("goes back with a reason, and forward again", async () => {
    const [id] = await libraries.given({});
    const { done: saved } = await save(id!, 2025, { visits: 5 });
    const report = { id: saved.report.id };
    await step("submitLibraryReport", "ReportStepInput", { ...report, version: 1 });

    const returned = await step(
      "returnLibraryReport",
      "ReasonedReportStepInput",
      { ...report, version: 2, reason: "Thiếu lượt mượn" },
      approver,
    );
    const mended = await save(id!, 2025, { loans: 3 }, { version: 3 });
    const again = await step("submitLibraryReport", "ReportStepInput", { ...report, version: 4 });

    // The approver is no reporter, but one who may read why it was sent back.
    expect(returned.done.report).toMatchObject({
      state: "RETURNED",
      returnReason: "Thiếu lượt mượn",
    });
    expect(mended.done.report).toMatchObject({ state: "DRAFT", version: 4, visits: 5 });
    expect(again.done.report).toMatchObject({ state: "SUBMITTED", returnReason: null });
  });

  it("is locked once approved; a revision keeps the old one, which counts until the new one is approved", async () => {
    const [id] = await libraries.given({
      kind: "COMMUNE_PUBLIC",
      reports: [{ id: "library-report:culture:r1", year: 2025, visits: 40 }],
    });

    const locked = await save(id!, 2025, { visits: 41 }, { version: 1 });
    const revised = await step("reviseLibraryReport", "ReasonedReportStepInput", {
      id: "library-report:culture:r1",
      version: 1,
      reason: "Đếm thiếu một điểm",
    });
    const twice = await step("reviseLibraryReport", "ReasonedReportStepInput", {
      id: "library-report:culture:r1",
      version: 1,
      reason: "Lần nữa",
    });
    await save(id!, 2025, { visits: 44 }, { version: 1 });
    await step("submitLibraryReport", "ReportStepInput", {
      id: revised.done.report.id,
      version: 2,
    });
    await step(
      "approveLibraryReport",
      "ReportStepInput",
      { id: revised.done.report.id, version: 3 },
      approver,
    );

    expect(codes(locked.done)).toEqual([["WRONG_STATE", "input"]]);
    expect(revised.done.report).toMatchObject({ state: "DRAFT", revision: 2, visits: 40 });
    expect(codes(twice.done)).toEqual([["WRONG_STATE", "input.id"]]);
    const { data } = await libraries.ask(
      `query ($id: ID!) { library(id: $id) {
        now: report(year: 2025) { revision visits history { action reason changes { field from to } } }
        first: report(year: 2025, revision: 1) { visits } } }`,
      { id },
      reporter,
    );
    expect(data!.library.first).toEqual({ visits: 40 });
    expect(data!.library.now).toMatchObject({ revision: 2, visits: 44 });
    expect(data!.library.now.history.map(({ action }: any) => action)).toEqual([
      "APPROVE_REPORT",
      "SUBMIT_REPORT",
      "SAVE_REPORT",
      "REVISE_REPORT",
    ]);
    expect(data!.library.now.history[2].changes).toEqual([
      { field: "visits", from: "40", to: "44" },
    ]);
  });

  it("waits in a list for whoever approves", async () => {
    const [id] = await libraries.given(
      { code: "CHO" },
      { code: "XONG", reports: [{ year: 2025, visits: 1 }] },
    );
    const waiting = (state: string) =>
      libraries.ask(
        `{ libraries(filter: { reportState: { year: 2025, state: ${state} } }) { totalCount nodes { code } } }`,
      );
    const { done: saved } = await save(id!, 2025, { visits: 5 });

    const before = await waiting("SUBMITTED");
    await step("submitLibraryReport", "ReportStepInput", { id: saved.report.id, version: 1 });
    const after = await waiting("SUBMITTED");
    const drafts = await waiting("DRAFT");

    expect(before.data!.libraries.totalCount).toBe(0);
    expect(after.data!.libraries).toEqual({ totalCount: 1, nodes: [{ code: "CHO" }] });
    expect(drafts.errors![0]!.extensions!.code).toBe("BAD_USER_INPUT");
  });

  it("shows drafts and history to the owner's own people only", async () => {
    const [id] = await libraries.given({});
    await save(id!, 2025, { visits: 5 });
    const query =
      "query ($id: ID!) { library(id: $id) { name draft(year: 2025) { visits } history { action } } }";

    const own = await libraries.ask(query, { id }, reporter);
    const foreign = await libraries.ask(
      query,
      { id },
      inRole("REPORTER", { agencyId: "agency:so-gddt", sectors: ["EDUCATION"] }),
    );
    const nobody = await libraries.ask(query, { id });

    expect(own.data!.library.draft).toEqual({ visits: 5 });
    for (const [answer, code] of [
      [foreign, "FORBIDDEN"],
      [nobody, "UNAUTHENTICATED"],
    ] as const) {
      expect(answer.data!.library).toMatchObject({ draft: null, history: null });
      expect(answer.errors!.map(({ extensions }) => extensions!.code)).toEqual([code, code]);
    }
  });
});

describe("recordLibraryRuling", () => {
  it("is kept beside the earlier ones, and holds from then on", async () => {
    await libraries.given({ kind: "DISTRICT_PUBLIC", unitId: "unit:03389" });
    const input = {
      sector: "CULTURE",
      class: "DISTRICT_PUBLIC",
      basis: "RETIRED",
      citation: "Quyết định minh họa",
      classEndedOn: "2025-07-01",
    };
    const record = (who: ReturnType<typeof viewer>) =>
      libraries.ask(
        `mutation ($input: RecordLibraryRulingInput!) { recordLibraryRuling(input: $input) {
          ruling { basis citation } userErrors { code } } }`,
        { input: { ...input, idempotencyKey: key() } },
        who,
      );

    const small = await record(inRole("STEWARD", { units: ["03388"] }));
    const { data } = await record(steward);
    const [figures] = await libraries.figures(["unit:12"], 2026, "value ruling { basis }");

    expect(small.errors![0]!.extensions!.code).toBe("FORBIDDEN");
    expect(data!.recordLibraryRuling).toEqual({
      ruling: { basis: "RETIRED", citation: "Quyết định minh họa" },
      userErrors: [],
    });
    expect(figures!.L2).toEqual({ value: null, ruling: { basis: "RETIRED" } });
  });

  it("says which day a class ended on, in place of an earlier one", async () => {
    const district = { ...REGISTRATION, kind: "DISTRICT_PUBLIC", openedOn: "2025-09-01" };
    let minute = 10;
    const rule = (classEndedOn: string) => {
      libraries.now.instant = `2026-11-23T03:${(minute += 1)}:00Z`;
      return libraries.ask(
        `mutation ($input: RecordLibraryRulingInput!) { recordLibraryRuling(input: $input) { userErrors { code } } }`,
        {
          input: {
            idempotencyKey: key(),
            sector: "CULTURE",
            class: "DISTRICT_PUBLIC",
            basis: "CARRIED",
            citation: "Quyết định minh họa",
            classEndedOn,
          },
        },
        steward,
      );
    };
    await rule("2025-07-01");
    const refused = await act("registerLibrary", "RegisterLibraryInput", district);
    await rule("2026-01-01");

    const taken = await act("registerLibrary", "RegisterLibraryInput", district);

    expect(codes(refused.done)).toEqual([["WRONG_KIND", "input.kind"]]);
    expect(codes(taken.done)).toEqual([]);
  });
});
