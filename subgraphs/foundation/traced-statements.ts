import { SpanKind } from "@opentelemetry/api";
import type { DataSource, QueryRunner } from "typeorm";
import { activeTracing, inSpan } from "../../telemetry/tracing";

const LONGEST = 4096;

/**
 * Makes every statement that is asked within a trace a span of it: its text with placeholders, never its values.
 * @param database `libraries/education`: the subgraph and the owner of the data.
 */
export function traceStatements({ driver, options }: DataSource, database: string): void {
  const attributes = {
    "db.system.name": options.type === "better-sqlite3" ? "sqlite" : "mysql",
    "db.namespace": database,
    "hub.owner": database.split("/").at(-1)!,
  };
  const create = driver.createQueryRunner.bind(driver);
  const known = new WeakSet<QueryRunner>();
  driver.createQueryRunner = (mode) => {
    const runner = create(mode);
    if (known.has(runner)) return runner;
    known.add(runner);
    const query = runner.query.bind(runner) as (...asked: unknown[]) => Promise<never>;
    runner.query = (sql: string, ...rest: unknown[]) => {
      const tracing = activeTracing();
      if (tracing === undefined) return query(sql, ...rest);
      const verb = /^\s*(\w+)/u.exec(sql)?.[1]?.toUpperCase() ?? "SQL";
      const told = { ...attributes, "db.query.text": sql.slice(0, LONGEST) };
      const options = { kind: SpanKind.CLIENT, attributes: told };
      return inSpan(tracing, `${verb} ${database}`, options, () => query(sql, ...rest));
    };
    return runner;
  };
}
