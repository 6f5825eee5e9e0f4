import { spawn, spawnSync } from "node:child_process";
import { DefaultSettings, TaskUtils } from "@microsoft/powerquery-parser";
import { readProjectFile } from "../testkit/project-files";
import { startHub, type Hub } from "../testkit/hub";

// A hub is started here, on a machine that may have much to do: nothing is timed.
jest.setTimeout(120_000);

const guide = readProjectFile("docs/data-in-other-tools.md");
const snippets = (language: string) =>
  [...guide.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, "gu"))].map(
    ([, code]) => code!,
  );
const hasR = spawnSync("Rscript", ["-e", "1"]).status === 0;
const hasPython = spawnSync("python3", ["-c", "pass"]).status === 0;

describe("What the guide shows", () => {
  let hub: Hub;
  beforeAll(async () => {
    hub = await startHub();
  });
  afterAll(() => hub.stop());

  const at = (path: string) => new URL(path, hub.url).href;
  const json = async (path: string): Promise<any> => {
    const reply = await fetch(at(path));
    expect([path, reply.status]).toEqual([path, 200]);
    return reply.json();
  };
  const run = (command: string, ...words: string[]) =>
    new Promise<{ status: number | null; printed: string }>((resolve) => {
      const env = {
        ...process.env,
        HUB: new URL("/", hub.url).href.replace(/\/$/u, ""),
        PYTHONIOENCODING: "utf-8",
      };
      const child = spawn(command, words, { env });
      let printed = "";
      child.stdout.on("data", (text: Buffer) => (printed += text.toString()));
      child.stderr.on("data", (text: Buffer) => (printed += text.toString()));
      child.once("exit", (status) => resolve({ status, printed }));
    });

  it("in Python runs, and prints what GraphQL says", async () => {
    const [figures, kinds] = snippets("python");
    if (!hasPython) {
      console.warn("python3 không có ở đây, bỏ qua / python3 is not here, left out");
      return;
    }
    const { data } = await hub.ask(
      `{ libraries(first: 0, filter: { operatingOn: "2026-11-23" }) { totalCount } }`,
    );

    const told = await run("python3", "-c", figures!);
    const counted = await run("python3", "-c", kinds!);

    expect(told).toMatchObject({ status: 0 });
    const lines = told.printed.trim().split(/\r?\n/u);
    expect(lines).toHaveLength(11);
    expect(lines).toContain("L6\t60.869565217391305\tBEHIND");
    expect(counted).toMatchObject({ status: 0 });
    const total = counted.printed
      .trim()
      .split(/\r?\n/u)
      .reduce((sum, line) => sum + Number(line.split("\t")[1]), 0);
    expect(total).toBe(data.libraries.totalCount);
  });

  it("in R names an address and columns that are there", async () => {
    const [code] = snippets("r");
    const path = /"(\/rows\/[^"]+)"/u.exec(code!)![1]!;
    const columns = [...code!.matchAll(/"(libraries\.[\w.]+)"/gu)].map(([, name]) => name!);
    const header = (await (await fetch(at(path))).text()).split("\r\n", 1)[0]!.split(",");

    expect(columns.length).toBeGreaterThan(2);
    expect(columns.filter((name) => !header.includes(name))).toEqual([]);
  });

  it("in R runs, and prints the visits that GraphQL knows of", async () => {
    if (!hasR) {
      console.warn("Rscript không có ở đây, bỏ qua / Rscript is not here, left out");
      return;
    }
    const [code] = snippets("r");
    const rows = await json("/rows/library-list.json?year=2025&list=libraries.nodes");
    const visits = new Map<string, number>();
    for (const row of rows) {
      const kind = row["libraries.nodes.kind"] as string;
      visits.set(kind, (visits.get(kind) ?? 0) + (row["libraries.nodes.report.visits"] ?? 0));
    }

    const told = await run("Rscript", "--vanilla", "-e", code!);

    expect(told).toMatchObject({ status: 0 });
    const printed = [...told.printed.matchAll(/^\d+ +([A-Z_]+) +(\d+)$/gmu)];
    expect(visits.size).toBeGreaterThan(5);
    expect(printed.map(([, kind, sum]) => [kind, Number(sum)])).toEqual(
      [...visits].sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  });

  it("in Power Query is Power Query, by Microsoft's own parser", async () => {
    const written = snippets("powerquery");
    const broken = written[0]!.replace("\nin\n", ",\nin\n");
    const isParsed = async (text: string) =>
      TaskUtils.isParseStageOk(await TaskUtils.tryLexParse(DefaultSettings, text));

    expect(written).toHaveLength(2);
    expect(await Promise.all(written.map(isParsed))).toEqual([true, true]);
    expect(await isParsed(broken)).toBe(false);
  });

  it("in Power Query names sets, columns and parameters that are there", async () => {
    const [feed, table] = snippets("powerquery");
    const set = /\[Name = "(\w+)"/u.exec(feed!)![1]!;
    const [entity] = (await json(`/odata/${set}?$top=1`)).value;
    const named = [
      ...[.../Table\.SelectColumns\(\w+, \{([^}]+)\}/u.exec(feed!)![1]!.matchAll(/"(\w+)"/gu)].map(
        ([, name]) => name!,
      ),
      ...[...feed!.matchAll(/each \[(\w+)\]|and \[(\w+)\]/gu)].map(
        ([, first, second]) => first ?? second!,
      ),
    ];
    const [, path] = /RelativePath = "([^"]+)"/u.exec(table!)!;
    const query = [.../Query = \[([^\]]+)\]/u.exec(table!)![1]!.matchAll(/(\w+) = "([^"]*)"/gu)];
    const search = new URLSearchParams(
      query.map(([, name, value]): [string, string] => [name!, value!]),
    );
    const csv = await (await fetch(at(`/${path!}?${search.toString()}`))).text();
    const typed = [...table!.matchAll(/\{"([\w.]+)", (?:type|Int64)/gu)].map(([, name]) => name!);

    expect(named.length).toBeGreaterThan(9);
    expect(named.filter((name) => !(name in entity))).toEqual([]);
    expect(typed).toHaveLength(2);
    expect(typed.filter((name) => !csv.split("\r\n", 1)[0]!.split(",").includes(name))).toEqual([]);
  });

  it("in Grafana asks addresses that answer, for columns that they have", async () => {
    const dashboard = JSON.parse(readProjectFile("deploy/grafana-figures.json"));
    const variables = new Map<string, string>(
      dashboard.templating.list.map((each: any) => [each.name, each.current.value]),
    );
    variables.set("hub", "");
    const targets = dashboard.panels.flatMap((panel: any) => panel.targets);

    expect(targets).toHaveLength(5);
    for (const { url, root_selector: root, columns } of targets) {
      const path = (url as string)
        .replace(/\$\{(\w+)\}/gu, (_, name: string) => variables.get(name)!)
        .replaceAll(" ", "%20");
      const answer = await json(path);
      const rows = root === "" ? answer : answer[root];
      expect(rows.length).toBeGreaterThan(0);
      const missing = columns.filter(({ selector }: any) => !(selector in rows[0]));
      expect([path, missing]).toEqual([path, []]);
    }
  });

  it("names the hub's own address as the README does", () => {
    const addresses = [...guide.matchAll(/https?:\/\/[^\s"`>)/]+/gu)].map(([address]) => address);

    expect([...new Set(addresses)]).toEqual(["http://127.0.0.1:4000"]);
  });
});
