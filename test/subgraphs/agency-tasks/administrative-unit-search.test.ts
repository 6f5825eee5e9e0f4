import { type AgencyTasks, startAgencyTasks } from "../../testkit/agency-tasks";

let agencyTasks: AgencyTasks;

beforeAll(async () => {
  agencyTasks = await startAgencyTasks();
});
afterEach(() => agencyTasks.forget());
afterAll(() => agencyTasks.stop());

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
