import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import { composeServices } from "@apollo/composition";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { execute, parse } from "graphql";
import { readEnvironment } from "../../gateway/environment";
import { startGateway } from "../../gateway/server";
import { asker, hubAccess } from "./hub";

/** A subgraph of the test's own. */
export interface Graph {
  /** Without the link to Federation. */
  sdl: string;
  resolvers?: Record<string, unknown>;
  /** What it answers instead, as text: whatever was asked. */
  says?: string;
  /** How long it thinks before it answers. */
  delayMs?: number;
}

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@shareable", "@external", "@requires", "@inaccessible", "@interfaceObject"])\n`;

/** A gateway over any subgraphs, composed and served over HTTP. */
export async function startOver(graphs: Readonly<Record<string, Graph>>) {
  const composed = composeServices(
    Object.entries(graphs).map(([name, { sdl }]) => ({
      name,
      url: `http://${name}.invalid`,
      typeDefs: parse(LINK + sdl),
    })),
  );
  if (composed.errors) throw new AggregateError(composed.errors, composed.errors.join("\n"));
  const folder = await mkdtemp(join(tmpdir(), "graphs-"));
  const supergraphPath = join(folder, "supergraph.graphql");
  await writeFile(supergraphPath, composed.supergraphSdl);
  const served = await Promise.all(
    Object.entries(graphs).map(async ([name, graph]) => [name, await serve(graph)] as const),
  );
  const gateway = await startGateway({
    ...readEnvironment(),
    port: 0,
    host: "127.0.0.1",
    supergraphPath,
    subgraphUrls: Object.fromEntries(served.map(([name, { url }]) => [name, url])),
    subgraphDeadlineMs: 10_000,
    logLevel: "silent",
    access: hubAccess(folder),
  });
  return {
    url: gateway.url,
    ask: asker(gateway.url),
    stop: async () => {
      await gateway.stop();
      for (const [, { stop }] of served) stop();
      await rm(folder, { recursive: true });
    },
  };
}

async function serve({ sdl, resolvers, says, delayMs = 0 }: Graph) {
  const typeDefs = parse(LINK + sdl);
  const schema = buildSubgraphSchema({
    typeDefs,
    ...(resolvers && { resolvers: resolvers as never }),
  });
  const server = createServer((request, response) => {
    void text(request).then(async (body) => {
      if (request.method !== "POST") return response.writeHead(404).end();
      await setTimeout(delayMs);
      if (says !== undefined) return response.end(says);
      const { query, variables } = JSON.parse(body) as { query: string; variables?: object };
      const document = parse(query);
      const answer = await execute({ schema, document, variableValues: { ...variables } });
      return response.end(JSON.stringify(answer));
    });
  });
  // As the hub's own subgraphs: else a connection may be closed just when the gateway writes to it.
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
