import { buildSchema } from "graphql";
import { breakingChanges, drift, operationProblems } from "../../schema/findings";

const BEFORE = `
  type Query { library(id: ID!): Library }
  type Library { id: ID! name: String! seats: Int @deprecated(reason: "Use readerSeats. Removed after 2026-01-01.") kind: Kind }
  enum Kind { PUBLIC SCHOOL }
`;

describe("Drift", () => {
  it("is none when the committed file is what the subgraphs say", () => {
    expect(drift({ path: "schema/hub.graphql", composed: "a\n", committed: "a\n" })).toEqual([]);
  });

  it("names the first line that differs, and the command that mends it", () => {
    const [problem] = drift({
      path: "schema/hub.graphql",
      composed: "type Query {\n  library: Library\n}\n",
      committed: "type Query {\n  libraries: Library\n}\n",
    });

    expect(problem).toContain("schema/hub.graphql:2:");
    expect(problem).toContain("npm run schema:compose");
    expect(problem).toContain("-   libraries: Library\n    +   library: Library");
  });

  it("names a file that is missing, and one that goes on after its end", () => {
    expect(drift({ path: "a", composed: "x\n", committed: null })).toEqual([
      expect.stringContaining("missing"),
    ]);
    expect(drift({ path: "a", composed: "x\n", committed: "x\ny\n" })).toHaveLength(1);
  });
});

describe("Breaking changes", () => {
  const judge = (after: string, today = "2025-12-31") => breakingChanges(BEFORE, after, today);

  it("are none when something is added", () => {
    expect(judge(BEFORE.replace("name: String!", "name: String! code: ID"))).toEqual({
      breaking: [],
      dangerous: [],
      unused: [],
    });
  });

  it("are refused: a field that goes, a value that may now be null, an argument that is now needed", () => {
    expect(judge(BEFORE.replace("name: String!", "")).breaking).toEqual([
      "FIELD_REMOVED: Library.name was removed.",
    ]);
    expect(judge(BEFORE.replace("name: String!", "name: String")).breaking).toHaveLength(1);
    expect(judge(BEFORE.replace("id: ID!)", "id: ID!, year: Int!)")).breaking).toHaveLength(1);
  });

  it("only tell of what may surprise: a new value of an enum", () => {
    expect(judge(BEFORE.replace("SCHOOL", "SCHOOL ARMED_FORCES"))).toEqual({
      breaking: [],
      dangerous: ["VALUE_ADDED_TO_ENUM: ARMED_FORCES was added to enum type Kind."],
      unused: [],
    });
  });

  it("let go what was deprecated until a day, once the day has passed and not before", () => {
    const after = BEFORE.replace(/seats: Int @deprecated\(.*?\)/u, "");

    expect(judge(after, "2025-12-31").breaking).toEqual([
      "FIELD_REMOVED: Library.seats was removed.",
    ]);
    expect(judge(after, "2026-01-01").breaking).toHaveLength(1);
    expect(judge(after, "2026-01-02").breaking).toEqual([]);
  });

  it("let go a value of an enum by the same rule", () => {
    const announced = BEFORE.replace(
      "SCHOOL",
      `SCHOOL @deprecated(reason: "Use GENERAL. Removed after 2026-01-01.")`,
    );
    const after = BEFORE.replace("SCHOOL", "");

    expect(breakingChanges(announced, after, "2026-01-02").breaking).toEqual([]);
    expect(breakingChanges(BEFORE, after, "2026-01-02").breaking).toEqual([
      "VALUE_REMOVED_FROM_ENUM: SCHOOL was removed from enum type Kind.",
    ]);
  });
});

describe("Operations that clients rely on", () => {
  const hub = buildSchema(BEFORE);
  const judge = (text: string) =>
    operationProblems(hub, [{ path: "schema/operations/a.graphql", text }]);

  it("pass when they fit", () => {
    expect(judge("query Seen($id: ID!) { library(id: $id) { name } }")).toEqual([]);
  });

  it("are named with file, line and name when they ask for what is not there", () => {
    expect(judge("query Seen($id: ID!) {\n  library(id: $id) {\n    titles\n  }\n}")).toEqual([
      `schema/operations/a.graphql:3 (Seen): Cannot query field "titles" on type "Library".`,
    ]);
  });

  it("are named when they ask for what will go, are several, have no name, or are not GraphQL", () => {
    expect(judge("query Seen { library(id: 1) { seats } }")[0]).toContain("deprecated");
    expect(judge("query A { __typename } query B { __typename }")).toHaveLength(1);
    expect(judge("{ library(id: 1) { name } }")).toEqual([
      "schema/operations/a.graphql: needs one operation, and a name for it",
    ]);
    expect(judge("query Seen {")[0]).toMatch(
      /^schema\/operations\/a\.graphql:1 \(\?\): Syntax Error/u,
    );
  });
});
