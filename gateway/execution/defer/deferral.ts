import {
  getNamedType,
  isObjectType,
  type DocumentNode,
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import type { Path } from "../../subgraph/subgraph-operation";
import { AnswerWriter } from "../answer-writer";
import { mergedKey, clientKey } from "../planned-keys";
import { compilePlan, type PlanNode, type PlanStep } from "../plan-step";
import type { Target } from "../targets";
import { dividePlan } from "./divide-plan";
import { PartialOperation } from "./partial-operation";
import { partsOf, type Part, type Parts } from "./parts";
import { speltOut } from "./spelt-out";

/** An object of the answer that a part adds to. */
export interface Place {
  path: Path;
  typename: string;
  data: Target;
}

/** An operation made ready to be answered in parts: what each part waits for, holds, and where it stands. */
export class Deferral {
  readonly parts: readonly Part[];
  private readonly known: Parts;
  private readonly selected: PartialOperation;
  private readonly writers = new Map<string, AnswerWriter>();

  private constructor(
    /** The client's. */
    private readonly schema: GraphQLSchema,
    operation: OperationDefinitionNode,
    known: Parts,
    readonly plan: PlanStep,
  ) {
    this.selected = new PartialOperation(schema, operation);
    this.known = known;
    this.parts = known.all;
  }

  /** Undefined where there is nothing to defer. */
  static of(
    schema: GraphQLSchema,
    supergraphSchema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Readonly<Record<string, unknown>>,
    plan: () => PlanNode | undefined,
  ): Deferral | undefined {
    const spelt = speltOut(document, operation, variables);
    const planned = spelt && plan();
    if (!planned) return undefined;
    const parts = partsOf(spelt);
    const divided = dividePlan(supergraphSchema, planned, parts.all);
    return new Deferral(schema, spelt, parts, compilePlan(supergraphSchema, divided));
  }

  get rootType(): string {
    return this.schema.getRootType(this.selected.root.operation)!.name;
  }

  /** Never used by two answers at one time. */
  writer({ index, selectionSet }: Part, typename: string): AnswerWriter {
    const key = `${index} ${typename}`;
    let writer = this.writers.get(key);
    if (writer === undefined) {
      const fields = this.selected.fieldsIn(selectionSet, typename);
      writer = new AnswerWriter(this.schema, this.selected, this.objectType(typename), fields);
      this.writers.set(key, writer);
    }
    return writer;
  }

  /**
   * Where, within what was written of a part at one place, other parts belong.
   * @param told what the client was sent there: what is null for it has no parts.
   */
  placesWithin(part: Part, place: Place, told: unknown): Map<Part, Place[]> {
    const found = new Map<Part, Place[]>();
    const walk = (
      sets: readonly SelectionSetNode[],
      { path, typename, data }: Place,
      at: Target,
    ): void => {
      for (const fragment of this.selected.deferredIn(sets, typename)) {
        const within = this.known.of.get(fragment)!;
        const places = found.get(within);
        if (places) places.push({ path, typename, data });
        else found.set(within, [{ path, typename, data }]);
      }
      const pseudo = sets.map((selectionSet) => ({ selectionSet }) as FieldNode);
      for (const [key, nodes] of this.selected.fieldsUnder(pseudo, typename)) {
        if (!nodes.some((node) => this.known.leads.has(node))) continue;
        const type = this.typeOf(typename, nodes[0]!);
        const below = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
        const told = clientKey(key);
        descend(below, type, data[key], at[told], [...path, told]);
      }
    };
    const descend = (
      sets: readonly SelectionSetNode[],
      type: GraphQLOutputType,
      data: unknown,
      at: unknown,
      path: Path,
    ): void => {
      if (typeof at !== "object" || at === null || typeof data !== "object" || data === null)
        return;
      if (Array.isArray(at)) {
        at.forEach((item, index) =>
          descend(sets, type, (data as unknown[])[index], item, [...path, index]),
        );
        return;
      }
      const typename = typenameOf(type, data as Target);
      walk(sets, { path, typename, data: data as Target }, at as Target);
    };
    if (typeof told === "object" && told !== null) walk([part.selectionSet], place, told as Target);
    return found;
  }

  /** Whether the part selects what stands at the client's path, counted from one of its places. */
  isSelected(part: Part, { typename, data }: Place, path: Path): boolean {
    let fields = this.selected.fieldsIn(part.selectionSet, typename);
    let type = typename;
    let at: unknown = data;
    for (let index = 0; index < path.length; index += 1) {
      const key = mergedKey(String(path[index]), fields);
      const nodes = fields.get(key);
      if (nodes === undefined) return false;
      const below = this.typeOf(type, nodes[0]!);
      at = (at as Target | null | undefined)?.[key];
      while (typeof path[index + 1] === "number")
        at = (at as unknown[] | null | undefined)?.[path[(index += 1)] as number];
      type = typenameOf(below, at as Target | null | undefined);
      fields = this.selected.fieldsUnder(nodes, type);
    }
    return true;
  }

  private typeOf(typename: string, { name }: FieldNode): GraphQLOutputType {
    return this.objectType(typename).getFields()[name.value]!.type;
  }

  private objectType(typename: string): GraphQLObjectType {
    return this.schema.getType(typename) as GraphQLObjectType;
  }
}

/** What an object says of itself where its place in the schema leaves it open. */
function typenameOf(type: GraphQLOutputType, data: Target | null | undefined): string {
  const named = getNamedType(type);
  const said = data?.__typename;
  return isObjectType(named) || typeof said !== "string" ? named.name : said;
}
