import { parse, print, Source } from "graphql";
import { composeHub, CompositionError } from "../../schema/composition";
import { drift, operationProblems } from "../../schema/findings";
import { readGraphs, type Graph } from "../../schema/graphs";
import { createAgencyTasksSubgraph } from "../../subgraphs/agency-tasks/subgraph";
import { projectFiles, readProjectFile, ROOT } from "../testkit/project-files";

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])`;

/** A graph of one file, below the project's root as the real ones are. */
function graph(name: string, sdl: string): Graph {
  const source = new Source(`${LINK}\n${sdl}`, `${ROOT}/subgraphs/${name}/subgraph.graphql`);
  return { name, url: `http://127.0.0.1/${name}`, typeDefs: parse(source) };
}

function problemsOf(...graphs: Graph[]): string[] {
  try {
    composeHub(graphs);
  } catch (error) {
    if (error instanceof CompositionError) return error.problems;
    throw error;
  }
  return [];
}

describe("The hub's graphs", () => {
  const graphs = readGraphs();
  const composed = composeHub(graphs);

  it("compose into what is committed", () => {
    const committed = (name: string) => ({
      path: `schema/${name}.graphql`,
      committed: readProjectFile(`schema/${name}.graphql`),
    });

    expect(drift({ ...committed("supergraph"), composed: composed.supergraph })).toEqual([]);
    expect(drift({ ...committed("hub"), composed: composed.hub })).toEqual([]);
  });

  it("carry the addresses of a developer's machine, and node none of the network", () => {
    const addresses = [
      ...composed.supergraph.matchAll(/@join__graph\(name: "(.+)", url: "(.+)"\)/gu),
    ];

    expect(Object.fromEntries(addresses.map(([, name, url]) => [name, url]))).toEqual({
      libraries: "http://127.0.0.1:4001/graphql",
      museums: "http://127.0.0.1:4002/graphql",
      "cultural-centres": "http://127.0.0.1:4003/graphql",
      "agency-tasks": "http://127.0.0.1:4004/graphql",
      node: "local:node",
    });
  });

  it("show clients nothing of federation", () => {
    expect(composed.hub).not.toMatch(/join__|link__|_entities|_Any|@key|@shareable/u);
  });

  it("are what the subgraphs serve", () => {
    const agencyTasks = createAgencyTasksSubgraph({
      database: {} as never,
      territory: {} as never,
      agencies: {} as never,
      askHub: {} as never,
      clock: () => new Date(0),
    });
    const composedFrom = graphs.find(({ name }) => name === "agency-tasks")!.typeDefs;

    expect(print(agencyTasks.typeDefs)).toBe(print(composedFrom));
  });

  it("answer every operation that clients rely on", () => {
    const files = projectFiles("schema/operations").map((path) => ({
      path,
      text: readProjectFile(path),
    }));

    expect(files.length).toBeGreaterThan(6);
    expect(operationProblems(composed.hubSchema, files)).toEqual([]);
  });
});

describe("Graphs that do not fit", () => {
  it("are refused with the file and line of what is wrong", () => {
    const problems = problemsOf(
      graph(
        "one",
        `type Query { unit: Unit } type Unit @key(fields: "id") { id: ID! name: String }`,
      ),
      graph("two", `type Unit @key(fields: "id") { id: ID!\n  name: Int @shareable }`),
    );

    expect(problems.join("\n")).toContain("FIELD_TYPE_MISMATCH");
    expect(problems.join("\n")).toContain("subgraphs/two/subgraph.graphql:3:3");
  });

  it("are refused when two describe one type in different words, since one would be lost", () => {
    const problems = problemsOf(
      graph("one", `type Query { a: Sector } "Ngành." enum Sector { CULTURE }`),
      graph("two", `type Query { b: Sector } "Lĩnh vực." enum Sector { CULTURE }`),
    );

    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^INCONSISTENT_DESCRIPTION: .*Sector/u);
  });
});
