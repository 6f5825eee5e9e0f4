import { librariesDesign } from "../../../subgraphs/libraries/subgraph";
import { SECTORS } from "../../../subgraphs/foundation/sector";
import { InstitutionsUnderTest } from "../../testkit/institutions";
import { codes, REGISTRATION, reporter, stepsOn, steward } from "../../testkit/library-steps";
import { inRole } from "../../testkit/viewers";

let libraries: InstitutionsUnderTest;
beforeAll(async () => {
  libraries = await InstitutionsUnderTest.start(librariesDesign, [...SECTORS]);
});
afterEach(() => libraries.clear());
afterAll(() => libraries.stop());

const { act } = stepsOn(() => libraries);

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
