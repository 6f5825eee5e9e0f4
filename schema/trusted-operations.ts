import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { codegen } from "@graphql-codegen/core";
import * as typescriptOperations from "@graphql-codegen/typescript-operations";
import { Kind, parse, type DocumentNode } from "graphql";

const ROOT = resolve(__dirname, "..");
const OPERATIONS = join(ROOT, "schema/operations");
const FOLDER = join(ROOT, "dashboard/generated");

/**
 * Draws a module for every operation that clients rely on: the types of its answer and variables, and the name by which the
 * gateway knows it, the SHA-256 of its text. The dashboard asks by these modules, so that no text of a query is in its script
 * and none can be asked that is not of the folder. Says how many were drawn.
 */
export async function drawTrustedOperations(): Promise<number> {
  const schema = parse(readFileSync(join(ROOT, "schema/hub.graphql"), "utf8"));
  const files = readdirSync(OPERATIONS).filter((name) => name.endsWith(".graphql"));
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  for (const file of files) {
    const text = readFileSync(join(OPERATIONS, file), "utf8");
    const name = basename(file, ".graphql");
    writeFileSync(join(FOLDER, `${name}.ts`), await moduleOf(schema, text, name));
  }
  return files.length;
}

async function moduleOf(schema: DocumentNode, text: string, name: string): Promise<string> {
  const document = parse(text);
  const types = await codegen({
    filename: `${name}.ts`,
    schema,
    documents: [{ location: name, document }],
    plugins: [{ "typescript-operations": {} }],
    pluginMap: { "typescript-operations": typescriptOperations },
    config: {
      skipTypename: true,
      inlineFragmentTypes: "combine",
      enumType: "string-literal",
      defaultScalarType: "string",
      scalars: { ID: "string" },
      skipTypeNameForRoot: true,
    },
  });
  const operation = document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  if (operation?.kind !== Kind.OPERATION_DEFINITION || operation.name === undefined)
    throw new Error(`${name}.graphql: needs one operation, and a name for it`);
  const { value } = operation.name;
  const kind = operation.operation === "mutation" ? "Mutation" : "Query";
  const hash = createHash("sha256").update(text).digest("hex");
  return [
    `import type { TrustedDocument } from "../hub/trusted-document";`,
    types,
    `export const ${value}: TrustedDocument<${value}${kind}, ${value}${kind}Variables> = {`,
    `  name: "${name}",`,
    `  id: "sha256:${hash}",`,
    `};`,
    ``,
  ].join("\n");
}
