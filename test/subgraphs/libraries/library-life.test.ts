import { librariesDesign } from "../../../subgraphs/libraries/subgraph";
import { SECTORS } from "../../../subgraphs/foundation/sector";
import { InstitutionsUnderTest } from "../../testkit/institutions";
import { codes, REGISTRATION, stepsOn, steward } from "../../testkit/library-steps";
import { inRole } from "../../testkit/viewers";

let libraries: InstitutionsUnderTest;
beforeAll(async () => {
  libraries = await InstitutionsUnderTest.start(librariesDesign, [...SECTORS]);
});
afterEach(() => libraries.clear());
afterAll(() => libraries.stop());

const { act } = stepsOn(() => libraries);

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
