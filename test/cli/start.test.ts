import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const ROOT = resolve(__dirname, "../..");
const ANY_PORTS = {
  PORT: "0",
  LIBRARIES_PORT: "0",
  MUSEUMS_PORT: "0",
  CULTURAL_CENTRES_PORT: "0",
  AGENCY_TASKS_PORT: "0",
};

/** Runs one of the project's programs as a process of its own and gathers what it prints. */
class Run {
  printed = "";
  readonly ended: Promise<number | null>;

  constructor(file: string, environment: Record<string, string>, ...words: string[]) {
    const inherited = Object.fromEntries(
      Object.entries(process.env).filter(
        ([name]) => !/_(DATABASE_)?URL$|_PORT$|^PORT$/u.test(name),
      ),
    );
    this.child = spawn(process.execPath, ["--import", "tsx", join(ROOT, file), ...words], {
      cwd: ROOT,
      env: { ...inherited, LOG_LEVEL: "warn", ...environment },
    });
    this.child.stdout.on("data", (text: Buffer) => (this.printed += text.toString()));
    this.child.stderr.on("data", (text: Buffer) => (this.printed += text.toString()));
    this.ended = new Promise((resolve) => this.child.once("exit", (code) => resolve(code)));
  }
  private readonly child: ChildProcessWithoutNullStreams;

  async until(text: string): Promise<void> {
    const late = Date.now() + 60_000;
    while (!this.printed.includes(text)) {
      if (Date.now() > late || this.child.exitCode !== null)
        throw new Error(`no "${text}" in:\n${this.printed}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  stop(): Promise<number | null> {
    this.child.kill("SIGTERM");
    return this.ended;
  }
}

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

    expect(reverted.printed).toContain("libraries/labour: RecordDefaultRuling1790000005000");
    expect(migrated.code).toBe(0);
  }, 120_000);

  it("say how they are used", async () => {
    const wrong = await run("drop");

    expect(wrong.code).toBe(1);
    expect(wrong.printed).toContain("npm run db:migrate");
  }, 60_000);
});
