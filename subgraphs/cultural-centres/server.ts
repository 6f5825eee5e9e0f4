import { serveInstitutions } from "../foundation/institution/institution-subgraph";
import { runProcess } from "../foundation/run-process";
import type { Serving } from "../foundation/serve-subgraph";
import { readEnvironment, type CulturalCentresEnvironment } from "./environment";
import { culturalCentresDatabaseUrls, culturalCentresDesign } from "./subgraph";

export function startCulturalCentres(environment: CulturalCentresEnvironment): Promise<Serving> {
  const listen = {
    port: environment.CULTURAL_CENTRES_PORT,
    portSetting: "CULTURAL_CENTRES_PORT",
    gatewayKey: environment.CULTURAL_CENTRES_GATEWAY_KEY,
  };
  return serveInstitutions(
    culturalCentresDesign,
    culturalCentresDatabaseUrls(environment),
    environment,
    listen,
  );
}

if (require.main === module) {
  runProcess(async () => {
    const serving = await startCulturalCentres(readEnvironment());
    console.log(`cultural-centres: ${serving.url}`);
    return serving;
  });
}
