import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Run } from "../testkit/run";

const ANY_PORTS = {
  PORT: "0",
  LIBRARIES_PORT: "0",
  MUSEUMS_PORT: "0",
  CULTURAL_CENTRES_PORT: "0",
  AGENCY_TASKS_PORT: "0",
};

describe("npm start", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "hub-start-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("serves the hub, says where and that the data are demonstration data, and stops when told", async () => {
    const hub = new Run("cli/start.ts", { ...ANY_PORTS, DATA_DIRECTORY: folder });
    await hub.until("Ctrl+C");
    const url = /http:\/\/127\.0\.0\.1:\d+\/graphql in a browser/u
      .exec(hub.printed)![0]
      .split(" ")[0]!;

    const ready = await fetch(url.replace("/graphql", "/health/ready"));
    const answer = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        query: '{ administrativeUnit(code: "12") { name libraries { totalCount } } }',
      }),
    });

    expect(ready.status).toBe(200);
    expect(await answer.json()).toEqual({
      data: {
        administrativeUnit: {
          name: "Tỉnh Lai Châu",
          libraries: { totalCount: expect.any(Number) },
        },
      },
    });
    expect(hub.printed).toContain("DỮ LIỆU MINH HỌA");
    expect(hub.printed).toContain("DEMONSTRATION DATA");
    expect(await hub.stop()).toBe(0);
  }, 90_000);

  it("gives each subgraph a process of its own when asked to, and ends them all when told", async () => {
    const hub = new Run("cli/start.ts", {
      ...ANY_PORTS,
      HUB_PROCESSES: "separate",
      DATA_DIRECTORY: folder,
    });
    await hub.until("Ctrl+C");
    const urls = [...hub.printed.matchAll(/^ {2}[\w-]+ +(http:\S+)$/gmu)].map(([, url]) => url!);
    const gateway = /(http:\S+) in a browser/u.exec(hub.printed)![1]!;

    const ready = await fetch(gateway.replace("/graphql", "/health/ready"));
    const ended = await hub.stop();

    expect(urls).toHaveLength(4);
    expect(ready.status).toBe(200);
    expect(ended).toBe(0);
    for (const url of urls) await expect(fetch(url)).rejects.toThrow();
  }, 90_000);

  it("says which port is taken and which setting changes it", async () => {
    const first = new Run("cli/start.ts", { ...ANY_PORTS, DATA_DIRECTORY: folder });
    await first.until("Ctrl+C");
    const [, port] = /libraries +http:\/\/127\.0\.0\.1:(\d+)/u.exec(first.printed)!;

    const second = new Run("cli/start.ts", {
      ...ANY_PORTS,
      LIBRARIES_PORT: port!,
      DATA_DIRECTORY: join(folder, "second"),
    });

    expect(await second.ended).toBe(1);
    expect(second.printed).toContain(
      `Cổng ${port} đã có chương trình khác dùng; hãy đặt LIBRARIES_PORT sang cổng khác.`,
    );
    await first.stop();
  }, 90_000);

  it("names a wrong setting before anything starts", async () => {
    const run = new Run("cli/start.ts", {
      ...ANY_PORTS,
      SUBGRAPH_DEADLINE_MS: "soon",
      DATA_DIRECTORY: folder,
    });

    expect(await run.ended).toBe(1);
    expect(run.printed).toContain("SUBGRAPH_DEADLINE_MS");
  }, 60_000);

  it("names a subgraph's wrong setting too before another subgraph has started", async () => {
    const run = new Run("cli/start.ts", {
      ...ANY_PORTS,
      CULTURAL_CENTRES_DATABASE_URL: "postgres://127.0.0.1/hub",
      DATA_DIRECTORY: folder,
    });

    expect(await run.ended).toBe(1);
    expect(run.printed).toContain("CULTURAL_CENTRES_DATABASE_URL: cần mysql://");
    expect(run.printed).not.toContain("http://");
  }, 60_000);

  it("names the setting when its data directory cannot be written to", async () => {
    const file = join(folder, "file");
    await writeFile(file, "");
    const run = new Run("cli/start.ts", { ...ANY_PORTS, DATA_DIRECTORY: file });

    expect(await run.ended).toBe(1);
    expect(run.printed).toContain("DATA_DIRECTORY: không đọc, ghi được");
    expect(run.printed).toContain(file);
  }, 60_000);
});

describe("npm run db:migrate, db:revert, db:demo", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "hub-database-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  const run = async (...words: string[]) => {
    const each = new Run("cli/database.ts", { DATA_DIRECTORY: folder }, ...words);
    return { code: await each.ended, printed: each.printed };
  };

  it("bring all seven databases up, fill them when asked by name, and never mix with what is there", async () => {
    const migrated = await run("migrate");
    const filled = await run("demo");
    const again = await run("demo");

    expect([migrated.code, filled.code, again.code]).toEqual([0, 0, 1]);
    for (const name of [
      "agency-tasks",
      "libraries/culture",
      "libraries/education",
      "libraries/armed-forces",
      "libraries/labour",
      "museums/culture",
      "cultural-centres/culture",
    ]) {
      expect(migrated.printed).toContain(`${name}: `);
    }
    expect(filled.printed).toContain("museums: 4 cơ sở minh họa");
    expect(again.printed).toContain("no demonstration data loaded");
  }, 120_000);

  it("go back one migration in each database, and up again", async () => {
    await run("migrate");
    const reverted = await run("revert");
    const migrated = await run("migrate");

    const named = (printed: string) => printed.match(/^[\w/-]+: \w+\d{13}$/gmu);
    expect(named(reverted.printed)).toHaveLength(7);
    expect(named(reverted.printed)![0]).toMatch(/^agency-tasks: /u);
    expect(migrated.code).toBe(0);
  }, 120_000);

  it("say how they are used", async () => {
    const wrong = await run("drop");

    expect(wrong.code).toBe(1);
    expect(wrong.printed).toContain("npm run db:migrate");
  }, 60_000);
});
