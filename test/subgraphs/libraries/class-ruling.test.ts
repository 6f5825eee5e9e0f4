import { librariesDesign } from "../../../subgraphs/libraries/subgraph";
import { SECTORS } from "../../../subgraphs/foundation/sector";
import { InstitutionsUnderTest } from "../../testkit/institutions";
import { codes, REGISTRATION, stepsOn, steward } from "../../testkit/library-steps";
import { inRole, type viewer } from "../../testkit/viewers";

let libraries: InstitutionsUnderTest;
beforeAll(async () => {
  libraries = await InstitutionsUnderTest.start(librariesDesign, [...SECTORS]);
});
afterEach(() => libraries.clear());
afterAll(() => libraries.stop());

const { act, key } = stepsOn(() => libraries);

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
