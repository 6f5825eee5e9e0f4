import {
  commonSettings,
  databaseUrlSetting,
  gatewayKeySetting,
  portSetting,
  readSettings,
} from "../foundation/settings";

export type LibrariesEnvironment = ReturnType<typeof readEnvironment>;

/** The only reader of `process.env` in this subgraph. */
export function readEnvironment(environment: NodeJS.ProcessEnv = process.env) {
  return readSettings(
    {
      ...commonSettings,
      LIBRARIES_PORT: portSetting(4001),
      LIBRARIES_GATEWAY_KEY: gatewayKeySetting,
      LIBRARIES_CULTURE_DATABASE_URL: databaseUrlSetting,
      LIBRARIES_EDUCATION_DATABASE_URL: databaseUrlSetting,
      LIBRARIES_ARMED_FORCES_DATABASE_URL: databaseUrlSetting,
      LIBRARIES_LABOUR_DATABASE_URL: databaseUrlSetting,
    },
    environment,
  );
}
