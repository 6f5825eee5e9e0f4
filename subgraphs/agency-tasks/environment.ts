import { join, resolve } from "node:path";
import { z } from "zod";
import {
  commonSettings,
  databaseUrlSetting,
  portSetting,
  readSettings,
} from "../foundation/settings";

const ROOT = resolve(__dirname, "../..");

const referenceFile = (name: string) =>
  z
    .string()
    .default(join(ROOT, "reference/lai-chau", name))
    .transform((path) => resolve(ROOT, path));

export type AgencyTasksEnvironment = ReturnType<typeof readEnvironment>;

/** The only reader of `process.env` in this subgraph. */
export function readEnvironment(environment: NodeJS.ProcessEnv = process.env) {
  return readSettings(
    {
      ...commonSettings,
      REFERENCE_PLAN: referenceFile("plan.json"),
      REFERENCE_AGENCIES: referenceFile("agencies.json"),
      AGENCY_TASKS_PORT: portSetting(4004),
      AGENCY_TASKS_DATABASE_URL: databaseUrlSetting,
    },
    environment,
  );
}
