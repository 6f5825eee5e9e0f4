import { randomUUID } from "node:crypto";
import { signedIn, startHub, type Hub } from "../testkit/hub";
import { Run } from "../testkit/run";
import { auditor, viewer } from "../testkit/viewers";

describe("npm run hub -- explain", () => {
  let hub: Hub;
  beforeAll(async () => {
    hub = await startHub();
  }, 120_000);
  afterAll(() => hub.stop());

  async function explain(words: string[], more: Record<string, string> = {}) {
    const urls = Object.fromEntries(
      Object.entries(hub.subgraphUrls).map(([name, url]) => [
        `${name.toUpperCase().replace("-", "_")}_URL`,
        url,
      ]),
    );
    const environment = { ...urls, DATA_DIRECTORY: hub.folder, ...more };
    const run = new Run("cli/hub.ts", environment, "explain", ...words);
    const code = await run.ended;
    // How long it took is another each time.
    return {
      code,
      lines: run.printed
        .trimEnd()
        .replace(/\d+\.\d ms/gu, "… ms")
        .split("\n"),
    };
  }

  it("prints the plan of a known operation, and what each fetch cost", async () => {
    const variables = ["--variables", '{"code":"12","year":2025}'];
    const { code, lines } = await explain(["CrossSectorCoverage", ...variables]);
    const fetches = lines.filter((line) => /: … ms, [\d.]+ K?B/u.test(line));

    expect(code).toBe(0);
    expect(lines[0]).toBe('CrossSectorCoverage {"code":"12","year":2025}');
    expect(lines[3]).toBe("Lần lượt / In sequence");
    expect(lines[4]).toMatch(/^├─ agency-tasks: … ms, \d+\.\d KB$/u);
    expect(lines[5]).toMatch(/^│ {4}\{ ?administrativeUnit\(code: ?\$code\)/u);
    expect(lines[6]).toBe("└─ Cùng lúc / In parallel");
    expect(lines.join("\n")).toMatch(
      /─ libraries → administrativeUnit: … ms, \d+\.\d KB, 1 đối tượng \/ entities/u,
    );
    expect(lines.at(-1)).toMatch(
      new RegExp(`^Tổng / Total: ${fetches.length} lần hỏi / fetches, `, "u"),
    );
  }, 60_000);

  it("asks with the rights of the token's bearer, and tells what failed", async () => {
    const query = `{ libraries(filter: { sector: [ARMED_FORCES] }) { nodes { id code name } } }`;
    const { authorization } = await signedIn(hub.folder, auditor);

    const seen = await explain([query], { HUB_TOKEN: authorization!.slice("Bearer ".length) });
    const unseen = await explain([query]);
    const down = await explain([query], { LIBRARIES_URL: "http://127.0.0.1:9/graphql" });

    expect(seen.code).toBe(0);
    expect(seen.lines[3]).toMatch(/^libraries: … ms, \d\.\d KB$/u);
    expect(unseen.lines[3]).toMatch(/^libraries: … ms, \d\d B$/u);
    expect(down.lines[3]).toBe("libraries: … ms, KHÔNG TRẢ LỜI / NO ANSWER (REFUSED)");
    expect(down.lines.at(-1)).toMatch(/^LỖI \/ ERROR: .*libraries/u);
  }, 60_000);

  it("carries a mutation out only where it is told to write, and says so", async () => {
    const headers = await signedIn(hub.folder, viewer());
    const draft = async () => {
      const { data } = await hub.ask(
        "{ museums(first: 1) { nodes { id draft(year: 2026) { state } } } }",
        {},
        headers,
      );
      return data.museums.nodes[0];
    };
    const { id } = await draft();
    const input = { id, idempotencyKey: randomUUID(), year: 2026, measures: { visits: 5 } };
    const words = ["EntrySaveMuseumReport", "--variables", JSON.stringify({ input })];
    const token = { HUB_TOKEN: headers.authorization!.slice("Bearer ".length) };

    const planned = await explain(words, token);
    const afterPlanning = await draft();
    const written = await explain([...words, "--write"], token);

    expect([planned.code, written.code]).toEqual([0, 0]);
    expect(planned.lines.slice(3)).toEqual([
      "museums",
      expect.stringContaining("saveMuseumReport"),
      "",
      "Lệnh ghi không được thực hiện, vì sẽ thay đổi dữ liệu đang dùng; thêm --write để thực hiện và đo. / " +
        "A mutation is not carried out, for it would change the data in service; add --write to carry it out and measure it.",
    ]);
    expect(afterPlanning.draft).toBeNull();
    expect(written.lines[3]).toMatch(/^museums: … ms, \d+ B$/u);
    expect((await draft()).draft).toEqual({ state: "DRAFT" });
  }, 60_000);

  it("says which variables are missing or wrong, and why", async () => {
    const missing = await explain(["CrossSectorCoverage", "--variables", '{"year":"2025"}']);

    const told = missing.lines.join("\n");
    expect(missing.code).toBe(1);
    expect(told).toContain("Biến số thiếu hoặc sai / Variables are missing or wrong:");
    expect(told).toContain('Variable "$code" of required type "ID!" was not provided.');
    expect(told).toContain('Variable "$year" got invalid value "2025"');
  }, 60_000);

  it("says what it cannot show a plan of", async () => {
    const { code, lines } = await explain(["{ __schema { queryType { name } } }"]);

    expect(code).toBe(1);
    expect(lines.join("\n")).toContain("The operation has no plan of the hub's own");
  }, 60_000);

  it("says what is wrong with what it is given", async () => {
    const unknown = await explain(["CrossSector"]);
    const invalid = await explain(["{ libraries { totalCont } }"]);
    const variables = await explain(["CrossSectorCoverage", "--variables", "code=12"]);

    expect([unknown.code, invalid.code, variables.code]).toEqual([1, 1, 1]);
    expect(unknown.lines.join("\n")).toContain("CrossSectorCoverage");
    expect(invalid.lines.join("\n")).toContain('Cannot query field "totalCont"');
    expect(variables.lines.join("\n")).toContain("--variables");
  }, 60_000);
});
