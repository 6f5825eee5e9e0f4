import { existsSync } from "node:fs";
import { join } from "node:path";
import BetterSqlite from "better-sqlite3";
import { createConnection } from "mysql2/promise";
import type { Institution, Interval, OwnerRows, Report } from "./recount";

type Row = Record<string, unknown>;

/** Where one owner keeps one type of institution. */
export interface Place {
  sector: string;
  /** Of the tables: `library`, `museum`, `cultural_centre`. */
  table: string;
  url: string | undefined;
  file: string;
}

/** The owners' databases by type of institution, as the settings name them. */
export function places(
  environment: NodeJS.ProcessEnv,
  dataDirectory: string,
): Record<string, Place[]> {
  const place = (sector: string, table: string, setting: string, subgraph: string): Place => ({
    sector,
    table,
    url: environment[setting] || undefined,
    file: join(dataDirectory, sector.toLowerCase().replace("_", "-"), `${subgraph}.sqlite`),
  });
  return {
    libraries: ["CULTURE", "EDUCATION", "ARMED_FORCES", "LABOUR"].map((sector) =>
      place(sector, "library", `LIBRARIES_${sector}_DATABASE_URL`, "libraries"),
    ),
    museums: [place("CULTURE", "museum", "MUSEUMS_DATABASE_URL", "museums")],
    "cultural-centres": [
      place("CULTURE", "cultural_centre", "CULTURAL_CENTRES_DATABASE_URL", "cultural-centres"),
    ],
  };
}

export function holdsData({ url, file }: Place): boolean {
  return url !== undefined || existsSync(file);
}

/** Every row of one owner, by the database's own driver. */
export async function readOwner({ table, url, file }: Place): Promise<OwnerRows> {
  const read = url ? await fromServer(url) : fromFile(file);
  const kindless = table === "museum";
  const institutions = new Map<string, Institution>();
  for (const row of await read.all(
    `SELECT id, opened_on, closed_on, demonstration FROM ${table}`,
  )) {
    institutions.set(String(row.id), {
      id: String(row.id),
      opened_on: row.opened_on as string | null,
      closed_on: row.closed_on as string | null,
      demonstration: Number(row.demonstration),
      placements: [],
      kinds: [],
      reports: [],
    });
  }
  for (const row of await read.all(`SELECT * FROM ${table}_placement`)) {
    institutions
      .get(String(row.institution_id))!
      .placements.push(row as unknown as Interval & { unit_id: string });
  }
  if (!kindless) {
    for (const row of await read.all(`SELECT * FROM ${table}_kind`)) {
      institutions
        .get(String(row.institution_id))!
        .kinds.push(row as unknown as Interval & { kind: string });
    }
  }
  for (const row of await read.all(`SELECT * FROM ${table}_report`)) {
    institutions.get(String(row.institution_id))!.reports.push(row as Report);
  }
  const rulings = kindless
    ? []
    : (await read.all("SELECT * FROM ruling")).map((row) => ({
        id: String(row.id),
        class: String(row.class),
        basis: String(row.basis),
        class_ended_on: String(row.class_ended_on),
        recorded_at:
          row.recorded_at instanceof Date ? row.recorded_at.toISOString() : String(row.recorded_at),
      }));
  await read.close();
  return { institutions: [...institutions.values()], rulings };
}

interface Reader {
  all(sql: string): Promise<Row[]>;
  close(): Promise<void>;
}

function fromFile(file: string): Reader {
  const database = new BetterSqlite(file, { readonly: true, fileMustExist: true });
  return {
    all: (sql) => Promise.resolve(database.prepare(sql).all() as Row[]),
    close: () => {
      database.close();
      return Promise.resolve();
    },
  };
}

async function fromServer(url: string): Promise<Reader> {
  const connection = await createConnection({ uri: url, dateStrings: ["DATE"], timezone: "Z" });
  return {
    all: async (sql) => (await connection.query(sql))[0] as Row[],
    close: () => connection.end(),
  };
}
