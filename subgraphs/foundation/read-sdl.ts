import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { concatAST, parse, Source, type DocumentNode } from "graphql";

const COMMON = join(__dirname, "../../schema/common");

/**
 * The SDL of one subgraph: every `.graphql` file below its folder, and the value types of `schema/common` that it
 * shares with others.
 */
export function readSdl(folder: string, common: string[]): DocumentNode {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".graphql"))
    .sort()
    .map((name) => join(folder, name));
  const shared = common.map((name) => join(COMMON, `${name}.graphql`));
  return concatAST(
    [...shared, ...files].map((file) => parse(new Source(readFileSync(file, "utf8"), file))),
  );
}
