import { z } from "zod";
import {
  commonSettings,
  databaseUrlSetting,
  gatewayKeySetting,
  portSetting,
  readSettings,
  referenceFile,
} from "../foundation/settings";

export type AgencyTasksEnvironment = ReturnType<typeof readEnvironment>;

/** The only reader of `process.env` in this subgraph. */
export function readEnvironment(environment: NodeJS.ProcessEnv = process.env) {
  const { PORT } = environment;
  return readSettings(
    {
      ...commonSettings,
      HUB_URL: z
        .url()
        .default(`http://127.0.0.1:${PORT === undefined || PORT === "" ? "4000" : PORT}/graphql`),
      REFERENCE_PLAN: referenceFile("plan.json"),
      AGENCY_TASKS_PORT: portSetting(4004),
      AGENCY_TASKS_GATEWAY_KEY: gatewayKeySetting,
      AGENCY_TASKS_DATABASE_URL: databaseUrlSetting,
    },
    environment,
  );
}
