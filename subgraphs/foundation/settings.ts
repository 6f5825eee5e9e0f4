import { join, resolve } from "node:path";
import { z } from "zod";

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

/** What every subgraph reads: where it listens, where embedded data lie, which units file describes the territory. */
export const commonSettings = {
  HOST: z.string().default("127.0.0.1"),
  DATA_DIRECTORY: z
    .string()
    .default("data")
    .transform((path) => resolve(ROOT, path)),
  REFERENCE_UNITS: z
    .string()
    .default(join(ROOT, "reference/lai-chau/units.csv"))
    .transform((path) => resolve(ROOT, path)),
};

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
