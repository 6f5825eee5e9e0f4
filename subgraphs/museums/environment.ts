import {
  commonSettings,
  databaseUrlSetting,
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
      MUSEUMS_DATABASE_URL: databaseUrlSetting,
    },
    environment,
  );
}
