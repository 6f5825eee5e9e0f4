import { buildSubgraphSchema } from "@apollo/subgraph";
import { execute, parse } from "graphql";
import { startSubgraphs } from "../../test/testkit/hub";
import { CLASSIC } from "./classic-schema";
import { serveReplay } from "./replay";

/** Serves the four subgraphs of the shop, or of the hub over its demonstration data, and prints where: JSON by name. */
async function serveSubgraphs(which: string): Promise<Record<string, string>> {
  return which === "hub" ? serveHub() : serveClassic();
}

async function serveClassic(): Promise<Record<string, string>> {
  const urls: Record<string, string> = {};
  for (const [name, { sdl, resolvers }] of Object.entries(CLASSIC)) {
    const schema = buildSubgraphSchema({ typeDefs: parse(sdl), resolvers: resolvers as never });
    urls[name] = await serveReplay(async (body) => {
      const { query, variables } = JSON.parse(body) as { query: string; variables?: object };
      const document = parse(query);
      return JSON.stringify(await execute({ schema, document, variableValues: { ...variables } }));
    });
  }
  return urls;
}

async function serveHub(): Promise<Record<string, string>> {
  const { urls } = await startSubgraphs();
  const served: Record<string, string> = {};
  for (const [name, url] of Object.entries(urls)) {
    served[name] = await serveReplay(async (body) => {
      const headers = { "content-type": "application/json" };
      return (await fetch(url, { method: "POST", headers, body })).text();
    });
  }
  return served;
}

void serveSubgraphs(process.argv[2]!).then((urls) => console.log(JSON.stringify(urls)));
