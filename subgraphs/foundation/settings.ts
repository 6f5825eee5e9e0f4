import { join, resolve } from "node:path";
import { z } from "zod";
import { accessSettings } from "../../access/access-token";
import { telemetrySettings } from "../../telemetry/settings";

const ROOT = resolve(__dirname, "../..");

/** Settings are wrong: every wrong one is named, with what is accepted, before anything starts. */
export class SettingsError extends Error {}

export const portSetting = (preset: number) =>
  z.coerce.number("cần một số / a number is needed").int().min(0).max(65_535).default(preset);

/** Empty counts as unset: compose files and shells pass empty variables. */
export const databaseUrlSetting = z
  .string()
  .regex(
    /^(mysql|mariadb):\/\//u,
    "cần mysql://… hoặc mariadb://… / must begin with mysql:// or mariadb://",
  )
  .optional();

/** The hub's own rule, for the plan sets no day: institutions report by the end of the January after. */
export const DEFAULT_REPORT_DUE = "01-31";

/** The subgraph's own key, with which the gateway signs what it asks of it; unset, it is made with the gateway's here. */
export const gatewayKeySetting = z.string().optional();

/** A file of the province's reference data, unless another one is set. */
export function referenceFile(name: string) {
  return z
    .string()
    .default(join(ROOT, "reference/lai-chau", name))
    .transform((path) => resolve(ROOT, path));
}

/**
 * What every subgraph reads: where it listens, where embedded data lie, which files
 * describe the territory and the agencies, whose tokens are believed, and what is told to whom of how it goes.
 */
export const commonSettings = {
  HOST: z.string().default("127.0.0.1"),
  DATA_DIRECTORY: z
    .string()
    .default("data")
    .transform((path) => resolve(ROOT, path)),
  REPORT_DUE: z
    .string()
    .regex(
      /^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/u,
      "cần MM-DD, ví dụ 01-31 / needs MM-DD, such as 01-31",
    )
    .default(DEFAULT_REPORT_DUE),
  REFERENCE_UNITS: referenceFile("units.csv"),
  REFERENCE_AGENCIES: referenceFile("agencies.json"),
  ...accessSettings,
  ...telemetrySettings,
};

export type CommonSettings = z.infer<z.ZodObject<typeof commonSettings>>;

/**
 * Reads the settings of the shape. `anyDatabaseConfigured` is true as soon as one owner's database is set, here or for
 * another subgraph: demonstration data must then stay away, lest figures mix them with real ones.
 * @throws SettingsError that names every wrong setting.
 */
export function readSettings<Shape extends z.ZodRawShape>(
  shape: Shape,
  environment: NodeJS.ProcessEnv,
): z.infer<z.ZodObject<Shape>> & { anyDatabaseConfigured: boolean } {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const read = z.object(shape).safeParse(given);
  if (read.success) {
    const anyDatabaseConfigured = Object.keys(given).some((name) => name.endsWith("_DATABASE_URL"));
    return { ...(read.data as z.infer<z.ZodObject<Shape>>), anyDatabaseConfigured };
  }
  const wrong = read.error.issues.map(({ path, message }) => `  ${path.join(".")}: ${message}`);
  throw new SettingsError(`Thiết lập sai / Wrong settings:\n${wrong.join("\n")}`);
}
