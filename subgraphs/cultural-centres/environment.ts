import {
  commonSettings,
  databaseUrlSetting,
  gatewayKeySetting,
  portSetting,
  readSettings,
} from "../foundation/settings";

export type CulturalCentresEnvironment = ReturnType<typeof readEnvironment>;

/** The only reader of `process.env` in this subgraph. */
export function readEnvironment(environment: NodeJS.ProcessEnv = process.env) {
  return readSettings(
    {
      ...commonSettings,
      CULTURAL_CENTRES_PORT: portSetting(4003),
      CULTURAL_CENTRES_GATEWAY_KEY: gatewayKeySetting,
      CULTURAL_CENTRES_DATABASE_URL: databaseUrlSetting,
    },
    environment,
  );
}
