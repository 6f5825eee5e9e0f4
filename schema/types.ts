import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { codegen } from "@graphql-codegen/core";
import * as typescript from "@graphql-codegen/typescript";
import * as typescriptResolvers from "@graphql-codegen/typescript-resolvers";
import { agencyTasksSdl, ROOT } from "./graphs";
import { drawTrustedOperations } from "./trusted-operations";

const FILE = join(ROOT, "subgraphs/agency-tasks/generated/resolver-types.ts");

/**
 * Types of the resolvers of `agency-tasks`, drawn from its SDL: a resolver's arguments cannot drift from it. The subgraphs
 * of institutions need none, since one set of resolvers serves all three under names of their own.
 */
async function drawTypes(): Promise<void> {
  const text = await codegen({
    filename: FILE,
    schema: agencyTasksSdl(),
    documents: [],
    plugins: [{ typescript: {} }, { "typescript-resolvers": {} }],
    pluginMap: { typescript, "typescript-resolvers": typescriptResolvers },
    config: {
      federation: true,
      enumsAsTypes: true,
      useTypeImports: true,
      defaultScalarType: "unknown",
      scalars: { Date: "string", DateTime: { input: "Date", output: "Date | string" } },
      contextType: "../context#Context",
      // What a resolver is given is the stored record or a reference, never the whole answer.
      defaultMapper: "any",
    },
  });
  mkdirSync(dirname(FILE), { recursive: true });
  writeFileSync(FILE, text);
  console.log(`${relative(ROOT, FILE)}: ${text.split("\n").length} lines`);
  console.log(`dashboard/generated: ${await drawTrustedOperations()} operations`);
}

drawTypes().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
