import { strictEqual } from "node:assert";
import { fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { dirname } from "node:path";
import { createPool, type Pool } from "mysql2/promise";
import { importReportFile } from "../subgraphs/foundation/institution/exchange/file-import";
import {
  institutionHouse,
  openSectorDatabases,
} from "../subgraphs/foundation/institution/institution-subgraph";
import { writeInstitutions } from "../subgraphs/foundation/institution/write-institutions";
import type { Sector } from "../subgraphs/foundation/sector";
import { librariesDesign } from "../subgraphs/libraries/subgraph";
import { agencies, territory } from "../test/testkit/institutions";
import { createTestDatabase } from "../test/testkit/test-database";
import { viewer } from "../test/testkit/viewers";
import { median, publish, sideBySide } from "./side-by-side";

/**
 * How fast 50,000 reports of 50,000 libraries are imported from a CSV file (read, matched, judged against each other and
 * against last year, written with the ledger, in one transaction) beside a bare `mysql2` multi-row insert of the same rows,
 * which reads and judges nothing. Each contender has a process of its own, whose largest memory is told.
 */

const ROWS = 50_000;
const ROUNDS = 5;
const CODES = Array.from({ length: ROWS }, (_, index) => `TV-${String(index).padStart(5, "0")}`);
const HEADER =
  "Mã số;Có dịch vụ phục vụ học tập suốt đời;Các dịch vụ;Lượt sử dụng;Lượt học tập;Lượt truy cập từ xa;Lượt mượn;Thẻ bạn đọc;Sự kiện;Lượt người dự sự kiện;Nhân viên";

const line = (code: string, index: number) =>
  [code, "Có", "Mượn về nhà, đọc tại chỗ", 1000 + index, 400, index % 700, 321, 55, 6, 120, 2].join(
    ";",
  );
const file = () => Buffer.from([HEADER, ...CODES.map(line)].join("\r\n"));

interface Told {
  ready?: true;
  ms?: number;
  rssMb?: number;
}

/** Where a contender's database is. */
interface Place {
  url: string | undefined;
  folder: string;
}

const open = ({ url, folder }: Place) =>
  openSectorDatabases(
    librariesDesign,
    new Map<Sector, string | undefined>([["CULTURE", url]]),
    folder,
    {
      deadlineMs: 60_000,
    },
  ).get("CULTURE")!;

/** One contender in this process: does the work each time it is told to. */
async function contend(name: string, place: Place): Promise<void> {
  const database = open(place);
  const pool = name === "bare" ? createPool(place.url!) : null;
  const bytes = file();
  const clock = () => new Date("2026-11-23T03:00:00Z");
  const house = institutionHouse(librariesDesign, new Map([["CULTURE", database]]), {
    territory,
    agencies,
    clock,
  });
  const work = async () => {
    if (pool) return insertBare(pool);
    const answer = await importReportFile(
      house,
      { viewer: viewer(), language: "vi" },
      {
        bytes,
        fileName: "bao-cao.csv",
        sector: "CULTURE",
        year: 2025,
        submit: false,
        dryRun: false,
      },
    );
    strictEqual(answer.created, ROWS);
  };
  const { report } = librariesDesign.records;
  process.on("message", (message) => {
    const answer = async () => {
      if (message === "stop") {
        await pool?.end();
        await database.close();
        return process.disconnect();
      }
      await database.write((manager) => manager.query("DELETE FROM library_report"));
      // What an earlier round left behind is not this one's memory.
      globalThis.gc?.();
      const begin = performance.now();
      await work();
      const ms = performance.now() - begin;
      strictEqual(await database.read((manager) => manager.count(report)), ROWS);
      process.send!({ ms, rssMb: process.resourceUsage().maxRSS / 1024 } satisfies Told);
    };
    answer().catch((error: unknown) => {
      console.error(error);
      process.exit(1);
    });
  });
  process.send!({ ready: true } satisfies Told);
}

/** The libraries that the reports are about; in a process of its own, so that its memory is not counted. */
async function prepare(place: Place): Promise<void> {
  const database = open(place);
  await database.migrate();
  await writeInstitutions(
    database,
    librariesDesign.records,
    CODES.map((code) => ({
      id: `library:culture:${code}`,
      code,
      name: `Thư viện ${code}`,
      managingAgencyId: null,
      openedOn: null,
      closedOn: null,
      demonstration: false,
      placements: [{ unitId: "unit:03389", fromOn: null, untilOn: null }],
      kinds: [{ kind: "COMMUNE_PUBLIC", fromOn: null, untilOn: null }],
      reports: [],
    })),
  );
  await database.close();
}

const COLUMNS =
  "id, institution_id, year, revision, state, version, provides_lifelong_learning, services, visits, learning_visits, virtual_visits, loans, registered_users, events, event_attendance, staff";

/** The same rows, ready in memory, a thousand at a time in one transaction. */
async function insertBare(pool: Pool): Promise<void> {
  const connection = await pool.getConnection();
  await connection.beginTransaction();
  for (let start = 0; start < ROWS; start += 1000) {
    const rows = CODES.slice(start, start + 1000).map((code, offset) => [
      `library-report:culture:${randomUUID()}`,
      `library:culture:${code}`,
      2025,
      1,
      "DRAFT",
      1,
      true,
      '["Mượn về nhà, đọc tại chỗ"]',
      1000 + start + offset,
      400,
      (start + offset) % 700,
      321,
      55,
      6,
      120,
      2,
    ]);
    await connection.query(`INSERT INTO library_report (${COLUMNS}) VALUES ?`, [rows]);
  }
  await connection.commit();
  connection.release();
}

async function run(): Promise<void> {
  const names = ["hub-sqlite", "hub-mariadb", "bare"];
  const contenders: Awaited<ReturnType<typeof start>>[] = [];
  for (const name of names) contenders.push(await start(name));
  const times = await sideBySide(contenders, { rounds: ROUNDS, warmUp: 1 });
  const speed = (name: string) => Math.round(ROWS / (median(times.get(name)!) / 1000));
  publish(
    "import",
    contenders.map(({ name, rssMb }) => ({
      engine: name === "hub-sqlite" ? "sqlite" : "mariadb",
      contender: name === "bare" ? "bare" : "hub",
      rowsPerSecond: speed(name),
      shareOfBare: Number((speed(name) / speed("bare")).toFixed(2)),
      rssMb: Math.round(rssMb()),
    })),
  );
  for (const { stop } of contenders) await stop();
}

async function start(name: string) {
  process.env.TEST_DATABASE = name === "hub-sqlite" ? "sqlite" : "mysql";
  const { url, file: path, drop } = await createTestDatabase(`bench-${name}`);
  const place = JSON.stringify({ url, folder: dirname(path) } satisfies Place);
  const options = { execArgv: ["--expose-gc", "--import", "tsx"] };
  const preparing = fork(__filename, ["prepare", place], options);
  await new Promise((resolve) => preparing.once("exit", resolve));
  const child = fork(__filename, [name, place], options);
  const told = () => new Promise<Told>((resolve) => child.once("message", resolve));
  let most = 0;
  await told();
  return {
    name,
    run: async () => {
      child.send("run");
      const { rssMb } = await told();
      most = Math.max(most, rssMb!);
    },
    rssMb: () => most,
    stop: async () => {
      child.send("stop");
      await new Promise((resolve) => child.once("exit", resolve));
      await drop();
    },
  };
}

const [, , contender, place] = process.argv;
const work =
  contender === undefined
    ? run()
    : contender === "prepare"
      ? prepare(JSON.parse(place!) as Place)
      : contend(contender, JSON.parse(place!) as Place);
work.catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
