import { serveInstitutions } from "../foundation/institution/institution-subgraph";
import { runProcess } from "../foundation/run-process";
import type { Serving } from "../foundation/serve-subgraph";
import { readEnvironment, type MuseumsEnvironment } from "./environment";
import { museumsDatabaseUrls, museumsDesign } from "./subgraph";

export function startMuseums(environment: MuseumsEnvironment): Promise<Serving> {
  const listen = {
    port: environment.MUSEUMS_PORT,
    portSetting: "MUSEUMS_PORT",
    gatewayKey: environment.MUSEUMS_GATEWAY_KEY,
  };
  return serveInstitutions(museumsDesign, museumsDatabaseUrls(environment), environment, listen);
}

if (require.main === module) {
  runProcess(async () => {
    const serving = await startMuseums(readEnvironment());
    console.log(`museums: ${serving.url}`);
    return serving;
  });
}
