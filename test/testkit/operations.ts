import { basename } from "node:path";
import { projectFiles, readProjectFile } from "./project-files";

/** Something for every variable that an operation of `schema/operations` may ask for. */
const VARIABLES = {
  code: "12",
  year: 2025,
  basis: "APPROVED",
  answerableOn: "2025-12-31",
  years: [2024, 2025],
  id: "unit:12",
  asOf: "2025-12-31",
  first: 5,
  text: "doan ket",
  sector: "EDUCATION",
  type: ["COMMUNE", "WARD"],
};

/** Where an operation asks for another thing by the same name. */
const OTHERS: Readonly<Record<string, Record<string, unknown>>> = {
  "agency-overview": { id: "agency:so-gddt" },
  "institution-history": { id: "library:culture:b2729b6e-f36e-4a73-82c4-6513e555021a" },
};

export interface KnownOperation {
  name: string;
  query: string;
  variables: Record<string, unknown>;
}

/** Those for whoever has signed in to enter data; the tests of entry ask them. */
const isOfEntry = (path: string) => basename(path).startsWith("entry-");

/** Every operation of `schema/operations` that anybody may ask, with variables that the demonstration data have an answer to. */
export const knownOperations: readonly KnownOperation[] = projectFiles("schema/operations")
  .filter((path) => !isOfEntry(path))
  .map((path) => {
    const query = readProjectFile(path);
    const asked = [...query.matchAll(/\$(\w+):/gu)].map(([, name]) => name!);
    const variables = Object.fromEntries(
      Object.entries(VARIABLES).filter(([name]) => asked.includes(name)),
    );
    const name = basename(path, ".graphql");
    return { name, query, variables: { ...variables, ...OTHERS[name] } };
  });
