import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse, Source, type DocumentNode } from "graphql";
import { NODE_GRAPH } from "../gateway/node/node-graph";
import { agencyTasksCommon } from "../subgraphs/agency-tasks/subgraph";
import { culturalCentresDesign } from "../subgraphs/cultural-centres/subgraph";
import { readSdl } from "../subgraphs/foundation/read-sdl";
import { librariesDesign } from "../subgraphs/libraries/subgraph";
import { museumsDesign } from "../subgraphs/museums/subgraph";

export const ROOT = resolve(__dirname, "..");

/** One graph of the hub, as composition takes it: where it is found, and what it says of itself. */
export interface Graph {
  name: string;
  url: string;
  typeDefs: DocumentNode;
}

/** What a developer's machine uses; the gateway puts its own settings in their place. */
const localUrl = (port: number) => `http://127.0.0.1:${port}/graphql`;

/** The SDL of `agency-tasks`, with the value types that it shares with others. */
export function agencyTasksSdl(): DocumentNode {
  return readSdl(join(ROOT, "subgraphs/agency-tasks"), agencyTasksCommon);
}

/** Every graph that the hub is composed of: the four subgraphs, and what the gateway resolves itself. */
export function readGraphs(): Graph[] {
  return [
    { name: "libraries", url: localUrl(4001), typeDefs: librariesDesign.sdl() },
    { name: "museums", url: localUrl(4002), typeDefs: museumsDesign.sdl() },
    { name: "cultural-centres", url: localUrl(4003), typeDefs: culturalCentresDesign.sdl() },
    { name: "agency-tasks", url: localUrl(4004), typeDefs: agencyTasksSdl() },
    {
      name: NODE_GRAPH.name,
      url: NODE_GRAPH.url,
      typeDefs: parse(new Source(readFileSync(NODE_GRAPH.sdlPath, "utf8"), NODE_GRAPH.sdlPath)),
    },
  ];
}
