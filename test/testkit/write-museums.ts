import { randomUUID } from "node:crypto";
import {
  createInstitutionSubgraph,
  openSectorDatabases,
} from "../../subgraphs/foundation/institution/institution-subgraph";
import type { Sector } from "../../subgraphs/foundation/sector";
import { createSubgraphServer } from "../../subgraphs/foundation/serve-subgraph";
import { museumsDesign } from "../../subgraphs/museums/subgraph";
import { agencies, territory } from "./institutions";
import { viewer } from "./viewers";

/** Registers one museum after another until the process is killed; says when it has begun. */
export async function writeMuseums(
  urls: Map<Sector, string | undefined>,
  folder: string,
  round: string,
): Promise<void> {
  const databases = openSectorDatabases(museumsDesign, urls, folder);
  const clock = () => new Date("2026-11-23T03:00:00Z");
  const subgraph = createInstitutionSubgraph(museumsDesign, databases, {
    territory,
    agencies,
    clock,
  });
  const server = createSubgraphServer(subgraph);
  for (let each = 0; ; each += 1) {
    await server.executeOperation(
      {
        query: `mutation ($input: RegisterMuseumInput!) { registerMuseum(input: $input) { userErrors { code } } }`,
        variables: {
          input: {
            idempotencyKey: randomUUID(),
            code: `${round}-${each}`,
            name: `Bảo tàng ${round} ${each}`,
            unit: { code: "03388" },
          },
        },
      },
      { contextValue: subgraph.createContext({ viewer: viewer(), language: "vi" }) },
    );
    if (each === 0) process.send!("writing");
  }
}
