import {
  Column,
  Entity,
  PrimaryColumn,
  Table,
  type MigrationInterface,
  type QueryRunner,
} from "typeorm";
import { Database, DatabaseUnavailable } from "../../subgraphs/foundation/database";
import { createLog } from "../../telemetry/log";
import { createTestDatabase, type TestDatabase } from "../testkit/test-database";

@Entity({ name: "note" })
class NoteRecord {
  @PrimaryColumn({ type: "varchar", length: 8 })
  id!: string;

  @Column({ type: "varchar", length: 40 })
  text!: string;

  @Column({ type: "date" })
  day!: string;

  @Column({ type: "datetime", precision: 3 })
  at!: Date;

  @Column({ type: "boolean" })
  flag!: boolean;
}

class CreateNote1790000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const columns = [
      { name: "id", type: "varchar", length: "8", isPrimary: true },
      { name: "text", type: "varchar", length: "40" },
      { name: "day", type: "date" },
      { name: "at", type: "datetime", precision: 3 },
      { name: "flag", type: "boolean" },
    ];
    await runner.createTable(new Table({ name: "note", columns }));
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable("note");
  }
}

describe("Database", () => {
  let place: TestDatabase;
  let database: Database;
  const open = (more: object = {}) =>
    new Database({
      name: "test/notes",
      url: place.url,
      file: place.file,
      records: [NoteRecord],
      migrations: [CreateNote1790000000000],
      ...more,
    });
  const note = (id: string, text: string) => ({
    id,
    text,
    day: "2025-07-01",
    at: new Date("2025-07-01T01:02:03.456Z"),
    flag: true,
  });

  beforeEach(async () => {
    place = await createTestDatabase("database");
    database = open();
    await database.migrate();
  });
  afterEach(async () => {
    await database.close();
    await place.drop();
  });

  it("keeps days as text, instants in UTC and both cases and marks apart", async () => {
    await database.write((manager) =>
      manager.insert(NoteRecord, [note("a", "Đ"), note("A", "d"), note("b", "ế")]),
    );

    const found = await database.read((manager) =>
      manager.find(NoteRecord, { order: { id: "ASC" } }),
    );

    expect(found).toEqual([note("A", "d"), note("a", "Đ"), note("b", "ế")]);
  });

  it("writes all of a piece of work or nothing", async () => {
    const broken = database.write(async (manager) => {
      await manager.insert(NoteRecord, note("a", "x"));
      throw new Error("stop");
    });

    await expect(broken).rejects.toThrow("stop");
    expect(await database.read((manager) => manager.count(NoteRecord))).toBe(0);
  });

  it("lets writers take turns", async () => {
    await Promise.all(
      ["a", "b", "c"].map((id) =>
        database.write(async (manager) => {
          const before = await manager.count(NoteRecord);
          await manager.insert(NoteRecord, note(id, String(before)));
        }),
      ),
    );

    expect(await database.read((manager) => manager.count(NoteRecord))).toBe(3);
  });

  it("counts as silent when the work takes longer than its deadline", async () => {
    const hurried = open({ deadlineMs: 50 });

    const answer = hurried.read(() => new Promise((resolve) => setTimeout(resolve, 400)));

    await expect(answer).rejects.toThrow(
      new DatabaseUnavailable("test/notes", "no answer within 50 ms").message,
    );
    await hurried.close();
  });

  it("tells the operator once why it is silent, and once that it answers again", async () => {
    const told: Record<string, unknown>[] = [];
    const log = createLog("test", "warn", { write: (line) => void told.push(JSON.parse(line)) });
    const hurried = open({ deadlineMs: 50, log });
    const late = () => hurried.read(() => new Promise((resolve) => setTimeout(resolve, 300)));
    const connected = () =>
      hurried
        .read((manager) => manager.count(NoteRecord))
        .then(
          () => true,
          () => false,
        );
    while (!(await connected()));
    told.length = 0;

    await expect(late()).rejects.toThrow();
    await expect(late()).rejects.toThrow();
    await hurried.read(() => Promise.resolve());
    await hurried.read(() => Promise.resolve());
    await hurried.close();

    const ofDatabase = {
      level: 40,
      part: "test",
      database: "test/notes",
      time: expect.any(Number),
    };
    expect(told).toEqual([
      { ...ofDatabase, reason: "no answer within 50 ms", msg: "database does not answer" },
      { ...ofDatabase, msg: "database answers again" },
    ]);
  });

  it("tells why a server is not reached, and not who was to sign in there", async () => {
    const told: string[] = [];
    const log = createLog("test", "warn", { write: (line) => void told.push(line) });
    const unreachable = new Database({
      name: "test/notes",
      url: "mysql://owner:secret-password@127.0.0.1:9/notes",
      file: place.file,
      records: [NoteRecord],
      migrations: [],
      log,
    });

    await expect(unreachable.read(() => Promise.resolve())).rejects.toThrow(DatabaseUnavailable);

    expect(told).toHaveLength(1);
    expect(JSON.parse(told[0]!)).toMatchObject({
      level: 40,
      database: "test/notes",
      err: { code: "ECONNREFUSED" },
      msg: "database does not answer",
    });
    expect(told[0]).not.toMatch(/secret-password|owner/u);
  });

  it("takes the last migration back and brings it up again", async () => {
    expect(await database.revert()).toBe("CreateNote1790000000000");
    expect(await database.revert()).toBeNull();
    expect(await database.migrate()).toEqual(["CreateNote1790000000000"]);
  });

  it("does not hide a mistake of ours behind a silent owner", async () => {
    const wrong = database.read((manager) => manager.query("SELECT nonsense FROM note"));

    await expect(wrong).rejects.not.toBeInstanceOf(DatabaseUnavailable);
  });
});
