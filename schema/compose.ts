import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { composeHub } from "./composition";
import { readGraphs, ROOT } from "./graphs";

/** Draws what the gateway runs and what clients see, from the subgraphs' own files. */
function compose(): void {
  const { supergraph, hub } = composeHub(readGraphs());
  for (const [name, text] of Object.entries({ supergraph, hub })) {
    const path = `schema/${name}.graphql`;
    writeFileSync(join(ROOT, path), text);
    console.log(`${path}: ${text.split("\n").length - 1} lines`);
  }
}

try {
  compose();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
