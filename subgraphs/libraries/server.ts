import { serveInstitutions } from "../foundation/institution/institution-subgraph";
import { runProcess } from "../foundation/run-process";
import type { Serving } from "../foundation/serve-subgraph";
import { readEnvironment, type LibrariesEnvironment } from "./environment";
import { librariesDatabaseUrls, librariesDesign } from "./subgraph";

export function startLibraries(environment: LibrariesEnvironment): Promise<Serving> {
  const listen = {
    port: environment.LIBRARIES_PORT,
    portSetting: "LIBRARIES_PORT",
    gatewayKey: environment.LIBRARIES_GATEWAY_KEY,
  };
  return serveInstitutions(
    librariesDesign,
    librariesDatabaseUrls(environment),
    environment,
    listen,
  );
}

if (require.main === module) {
  runProcess(async () => {
    const serving = await startLibraries(readEnvironment());
    console.log(`libraries: ${serving.url}`);
    return serving;
  });
}
