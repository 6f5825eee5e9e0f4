import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readEnvironment } from "../../../subgraphs/agency-tasks/environment";
import { startAgencyTasks } from "../../../subgraphs/agency-tasks/server";
import { openTestAgencyTasksDatabase } from "../../testkit/agency-tasks";
import { createTestDatabase } from "../../testkit/test-database";

const MIGRATIONS = join(__dirname, "../../../subgraphs/agency-tasks/database/migrations");

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hub-agency-tasks-"));
});
afterEach(() => rm(folder, { recursive: true }));

const environmentWith = (settings: NodeJS.ProcessEnv = {}) => ({
  ...readEnvironment({ DATA_DIRECTORY: folder, ...settings }),
  AGENCY_TASKS_PORT: 0,
});

async function ask(url: string, query: string): Promise<any> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query }),
  });
  return response.json();
}

const question = `{ administrativeUnit(code: "03394") { name } reportingStatus(year: 2024) { demonstration } }`;

describe("startAgencyTasks", () => {
  it("with nothing set fills an embedded database with the reference and demonstration reports", async () => {
    const serving = await startAgencyTasks(environmentWith());

    const { data } = await ask(serving.url, question);

    expect(data.administrativeUnit).toEqual({ name: "Xã Sin Suối Hồ" });
    expect(data.reportingStatus.some(({ demonstration }: any) => demonstration)).toBe(true);
    expect(await readdir(join(folder, "agency-tasks"))).toContain("agency-tasks.sqlite");
    await serving.stop();
  });

  it("answers the same when it is started again", async () => {
    const first = await startAgencyTasks(environmentWith());
    const before = await ask(first.url, question);
    await first.stop();

    const second = await startAgencyTasks(environmentWith());

    expect(await ask(second.url, question)).toEqual(before);
    await second.stop();
  });

  it("takes up a changed reference file when it is started again", async () => {
    await (await startAgencyTasks(environmentWith())).stop();
    const units = join(folder, "units.csv");
    await writeFile(
      units,
      "code,valid_from,valid_until,type,name,name_en,parent_code,variants,successors,instrument\n98,,,province,Tỉnh Thử,Test,,,,\n",
    );

    const serving = await startAgencyTasks(environmentWith({ REFERENCE_UNITS: units }));

    const { data } = await ask(serving.url, "{ administrativeUnits { name } }");
    expect(data).toEqual({ administrativeUnits: [{ name: "Tỉnh Thử" }] });
    await serving.stop();
  });

  it("does not start on a wrong reference file, and says what is wrong", async () => {
    const units = join(folder, "units.csv");
    await writeFile(units, "code,name\n98,Tỉnh Thử\n");

    await expect(startAgencyTasks(environmentWith({ REFERENCE_UNITS: units }))).rejects.toThrow(
      "units.csv",
    );
  });

  it("starts with its configured database down, and says of each question that it did not answer", async () => {
    const serving = await startAgencyTasks(
      environmentWith({ AGENCY_TASKS_DATABASE_URL: "mysql://nobody@127.0.0.1:9/none" }),
    );

    const { data, errors } = await ask(serving.url, `{ administrativeUnit(code: "12") { name } }`);

    expect(data).toEqual({ administrativeUnit: null });
    expect(errors).toEqual([
      expect.objectContaining({
        message: expect.stringContaining("The provincial database"),
        path: ["administrativeUnit"],
        extensions: { code: "SUBGRAPH_UNAVAILABLE", reason: "DATABASE" },
      }),
    ]);
    await serving.stop();
  });

  it("writes nothing into a configured database", async () => {
    const { url, drop } = await createTestDatabase("agency-tasks-configured");
    if (url !== undefined) {
      const serving = await startAgencyTasks(environmentWith({ AGENCY_TASKS_DATABASE_URL: url }));
      const { data, errors } = await ask(serving.url, "{ administrativeUnits { name } }");
      await serving.stop();
      expect(data).toEqual({ administrativeUnits: null });
      expect(errors[0].extensions.code).toBe("SUBGRAPH_UNAVAILABLE");
    }
    await drop();
  });
});

describe("the migrations of agency-tasks", () => {
  it("go back to nothing, one by one, and forward again", async () => {
    const { database, drop } = await openTestAgencyTasksDatabase();
    const taken: string[] = [];
    for (let name = await database.revert(); name !== null; name = await database.revert())
      taken.push(name);

    const written = (await readdir(MIGRATIONS)).filter((name) => name !== "index.ts");
    expect(taken).toHaveLength(written.length);
    expect(await database.migrate()).toEqual([...taken].reverse());
    expect(await database.migrate()).toEqual([]);
    await drop();
  });
});
