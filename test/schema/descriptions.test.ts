import { dirname } from "node:path";
import {
  isTypeSystemExtensionNode,
  Kind,
  parse,
  type ConstDirectiveNode,
  type DefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  type StringValueNode,
} from "graphql";
import { removalDay } from "../../schema/findings";
import { projectFiles, readProjectFile } from "../testkit/project-files";

const paths = projectFiles().filter(
  (path) =>
    /^(subgraphs|schema\/common)\/.*\.graphql$/u.test(path) ||
    /^gateway\/(node|live)\/.*\.graphql$/u.test(path),
);
const definitions = paths.flatMap((path) =>
  parse(readProjectFile(path)).definitions.map((node) => ({ path, node })),
);

const ROOTS = new Set(["Query", "Mutation"]);

/** One thing that a client reads about: `Library.kind`, where it stands, and what is said of it. */
interface Member {
  coordinate: string;
  path: string;
  description: string | undefined;
  isNullable: boolean;
  isRootField: boolean;
  directives: readonly ConstDirectiveNode[];
}

const said = (node: { description?: StringValueNode | undefined }) => node.description?.value;
const argument = (directive: ConstDirectiveNode | undefined, name: string) =>
  directive?.arguments?.find((each) => each.name.value === name)?.value;
const text = (directive: ConstDirectiveNode | undefined, name: string) => {
  const value = argument(directive, name);
  return value?.kind === Kind.STRING ? value.value : undefined;
};

/** A type that only carries a key of what another subgraph describes. */
function isStub({
  directives = [],
}: {
  directives?: readonly ConstDirectiveNode[] | undefined;
}): boolean {
  return directives.some((directive) => {
    const resolvable = argument(directive, "resolvable");
    return directive.name.value === "key" && resolvable?.kind === Kind.BOOLEAN && !resolvable.value;
  });
}

/** The fields that a type's keys are made of. */
function keyFieldsOf({
  directives = [],
}: {
  directives?: readonly ConstDirectiveNode[] | undefined;
}): Set<string> {
  const keys = directives.filter(({ name }) => name.value === "key");
  return new Set(keys.flatMap((key) => (text(key, "fields") ?? "").split(/\s+/u)));
}

function membersOf(path: string, node: DefinitionNode): Member[] {
  const member = (
    coordinate: string,
    field: FieldDefinitionNode | InputValueDefinitionNode,
    isRootField = false,
  ): Member => ({
    coordinate,
    path,
    description: said(field),
    isNullable: field.type.kind !== Kind.NON_NULL_TYPE,
    isRootField,
    directives: field.directives ?? [],
  });
  switch (node.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.OBJECT_TYPE_EXTENSION:
    case Kind.INTERFACE_TYPE_DEFINITION: {
      if (isStub(node)) return [];
      const owner = node.name.value;
      const keys = keyFieldsOf(node);
      const isOwnersDescription = said(node as { description?: StringValueNode }) !== undefined;
      return (node.fields ?? [])
        .filter(({ name }) => isOwnersDescription || !keys.has(name.value))
        .flatMap((field) => [
          member(`${owner}.${field.name.value}`, field, ROOTS.has(owner)),
          ...(field.arguments ?? []).map((each) => ({
            ...member(`${owner}.${field.name.value}(${each.name.value}:)`, each),
            isNullable: true,
          })),
        ]);
    }
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return (node.fields ?? []).map((field) =>
        member(`${node.name.value}.${field.name.value}`, field),
      );
    case Kind.ENUM_TYPE_DEFINITION:
      return (node.values ?? []).map((value) => ({
        coordinate: `${node.name.value}.${value.name.value}`,
        path,
        description: said(value),
        isNullable: false,
        isRootField: false,
        directives: value.directives ?? [],
      }));
    default:
      return [];
  }
}

const members = definitions.flatMap(({ path, node }) => membersOf(path, node));
const types = definitions.flatMap(({ path, node }) =>
  "name" in node &&
  node.name &&
  !isTypeSystemExtensionNode(node) &&
  node.kind !== Kind.DIRECTIVE_DEFINITION &&
  !ROOTS.has(node.name.value)
    ? [
        {
          path,
          name: node.name.value,
          description: said(node as { description?: StringValueNode }),
        },
      ]
    : [],
);

/** Rows of the glossary: the Vietnamese term, the name in the schema, the table. */
const glossary = readProjectFile("schema/glossary.md")
  .split("\n")
  .filter((line) => /^\|.*`/u.test(line))
  .map((line) => line.split("|").map((cell) => cell.trim()))
  .map(([, term = "", name = "", table = ""]) => ({
    term,
    name: name.replace(/`/gu, ""),
    tables: [...table.matchAll(/`([^`]+)`/gu)].map(([, each = ""]) => each),
  }));
const terms = new Set(glossary.map(({ term }) => term.toLowerCase()));

const VIETNAMESE = /[àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]/iu;

/** The first words, up to where the English begins. */
function firstTerm(description: string): string {
  return (/^[^.,:;(]+/u.exec(description.normalize("NFC"))?.[0] ?? "").trim();
}

const beginsInVietnamese = (description: string | undefined) =>
  description !== undefined &&
  (VIETNAMESE.test(firstTerm(description)) || terms.has(firstTerm(description).toLowerCase()));

describe("Descriptions", () => {
  it("stand at every type, by the subgraph that owns it, and begin with the Vietnamese term", () => {
    const described = new Set(
      types.filter(({ description }) => beginsInVietnamese(description)).map(({ name }) => name),
    );

    expect(types.length).toBeGreaterThan(30);
    expect(
      types.filter(({ name }) => !described.has(name)).map(({ path, name }) => `${path}: ${name}`),
    ).toEqual([]);
    const foreign = types.filter(
      ({ description }) => description !== undefined && !beginsInVietnamese(description),
    );
    expect(foreign.map(({ path, name }) => `${path}: ${name}`)).toEqual([]);
  });

  it("stand at every root field, and begin with the Vietnamese term", () => {
    const roots = members.filter(({ isRootField }) => isRootField);

    expect(roots.length).toBeGreaterThan(6);
    expect(roots.filter(({ description }) => !beginsInVietnamese(description)).map(tell)).toEqual(
      [],
    );
  });

  it("leave every root field free to be null, since a silent subgraph may not take the others' answers with it", () => {
    const roots = members.filter(({ isRootField }) => isRootField);

    expect(roots.filter(({ isNullable }) => !isNullable).map(tell)).toEqual([]);
  });

  it("stand at every argument and at every field that may be null", () => {
    expect(
      members.filter(({ isNullable, description }) => isNullable && !description?.trim()).map(tell),
    ).toEqual([]);
  });

  it("say of a nullable field what null means", () => {
    const isAnswer = ({ coordinate }: Member) => !/\(|^\w+(Input|Filter)\./u.test(coordinate);
    const silent = members.filter(
      (each) =>
        each.isNullable &&
        isAnswer(each) &&
        !/\bnull\b|^The same in English/iu.test(each.description ?? ""),
    );

    expect(silent.map(tell)).toEqual([]);
  });
});

const tell = ({ path, coordinate }: Member) => `${path}: ${coordinate}`;

describe("The glossary", () => {
  it("holds every type of the schema with its Vietnamese term, and no type that is gone", () => {
    const names = new Set(types.map(({ name }) => name));
    const held = new Set(glossary.map(({ name }) => name).filter((name) => name !== "—"));

    expect([...names].filter((name) => !held.has(name)).sort()).toEqual([]);
    expect([...held].filter((name) => !names.has(name)).sort()).toEqual([]);
    expect(glossary.filter(({ term }) => !VIETNAMESE.test(term)).map(({ name }) => name)).toEqual(
      [],
    );
  });

  it("names for each type the table that keeps it, and every table", () => {
    const entities = projectFiles("subgraphs")
      .filter((path) => path.endsWith(".record.ts"))
      .flatMap((path) => [...readProjectFile(path).matchAll(/@Entity\(\{\s*name:\s*"(\w+)"/gu)])
      .map(([, table = ""]) => table);
    const tables = glossary.flatMap((row) => row.tables);

    expect([...new Set(tables)].sort()).toEqual([...new Set(entities)].sort());
  });
});

describe("Every subgraph", () => {
  const heads = paths.filter((path) => /^subgraphs\/[^/]+\/subgraph\.graphql$/u.test(path));
  const schemaDirectives = definitions.flatMap(({ path, node }) =>
    node.kind === Kind.SCHEMA_EXTENSION
      ? (node.directives ?? []).map((directive) => ({ path, directive }))
      : [],
  );

  it("says which desk answers for it, and when to call", () => {
    const contacts = schemaDirectives.filter(({ directive }) => directive.name.value === "contact");

    expect(contacts.map(({ path }) => path)).toEqual(heads);
    expect(heads).toHaveLength(4);
    for (const { directive } of contacts) {
      expect(text(directive, "name")).toMatch(VIETNAMESE);
      expect(text(directive, "description")).toMatch(/\bCall when\b/u);
    }
  });

  it("speaks the same version of federation, importing only what it uses", () => {
    const links = schemaDirectives.filter(({ directive }) => directive.name.value === "link");
    const federation = links.filter(({ directive }) =>
      text(directive, "url")?.startsWith("https://specs.apollo.dev/federation/"),
    );

    expect(new Set(federation.map(({ directive }) => text(directive, "url"))).size).toBe(1);
    expect(federation.map(({ path }) => path)).toEqual(["gateway/node/node.graphql", ...heads]);
    for (const { path, directive } of federation) {
      const imported = argument(directive, "import");
      const names =
        imported?.kind === Kind.LIST
          ? imported.values.flatMap((each) => (each.kind === Kind.STRING ? [each.value] : []))
          : [];
      const room = paths.filter((each) => each.startsWith(`${dirname(path)}/`));
      const common = paths.filter((each) => each.startsWith("schema/common/"));
      const sdl = [...room, ...common].map(readProjectFile).join("\n");
      expect([
        path,
        names.filter((name) => !new RegExp(`${name}\\b`, "u").test(sdl.replace(/import:.*/gu, ""))),
      ]).toEqual([path, []]);
    }
  });

  it("tells a day until which it keeps what it deprecates, and keeps the word", () => {
    const today = new Date().toISOString().slice(0, 10);
    const deprecated = members.flatMap((each) => {
      const directive = each.directives.find(({ name }) => name.value === "deprecated");
      return directive ? [{ ...each, reason: text(directive, "reason") ?? "" }] : [];
    });
    const undated = deprecated.filter(
      ({ reason }) => !/^Use .+\. Removed after \d{4}-\d{2}-\d{2}\.$/u.test(reason),
    );
    const overdue = deprecated.filter(({ reason }) => (removalDay(reason) ?? today) < today);

    expect(undated.map(tell)).toEqual([]);
    expect(overdue.map(tell)).toEqual([]);
  });
});
