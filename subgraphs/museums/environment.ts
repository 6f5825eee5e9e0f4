import {
  commonSettings,
  databaseUrlSetting,
  gatewayKeySetting,
  portSetting,
  readSettings,
} from "../foundation/settings";

export type MuseumsEnvironment = ReturnType<typeof readEnvironment>;

/** The only reader of `process.env` in this subgraph. */
export function readEnvironment(environment: NodeJS.ProcessEnv = process.env) {
  return readSettings(
    {
      ...commonSettings,
      MUSEUMS_PORT: portSetting(4002),
      MUSEUMS_GATEWAY_KEY: gatewayKeySetting,
      MUSEUMS_DATABASE_URL: databaseUrlSetting,
    },
    environment,
  );
}
