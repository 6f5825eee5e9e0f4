import {
  execute,
  GraphQLError,
  parse,
  validate,
  type DocumentNode,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from "graphql";
import { inSpan, type Tracing } from "../../telemetry/tracing";
import type { PartialFaults } from "./faults";
import type { Caller } from "./rights/caller";

/** One operation, as whoever shares this process asks it. */
export interface Question {
  query: string;
  operationName?: string | undefined;
  /** As JSON. */
  variables: string;
}

/** The body of a GraphQL response; its `data` belongs to whoever asked. */
export interface Answer {
  data?: Record<string, unknown> | null;
  errors?: readonly GraphQLFormattedError[];
}

export type AnswerQuestion = (
  question: Question,
  caller: Caller,
  requestId?: string,
) => Promise<Answer>;

interface Answering<Context> {
  schema: GraphQLSchema;
  createContext: (caller: Caller) => Context;
  formatError: (formatted: GraphQLFormattedError) => GraphQLFormattedError;
  /** Told of what fields throw. */
  onError: (error: GraphQLError, requestId: string | undefined) => void;
  tracing: Tracing | undefined;
}

/** Query plans ask the same few operations again and again; strangers do not come this way. */
const MAX_DOCUMENTS = 1000;

/** Answers operations within the process: what a request over HTTP is answered, without HTTP. */
export function createAnswerer<Context extends { faults: PartialFaults }>({
  schema,
  createContext,
  formatError,
  onError,
  tracing,
}: Answering<Context>): AnswerQuestion {
  const documents = new Map<string, DocumentNode>();
  const told = (error: GraphQLError) => formatError(error.toJSON());
  const read = (query: string): DocumentNode | readonly GraphQLError[] => {
    const known = documents.get(query);
    if (known) return known;
    try {
      const document = parse(query, { noLocation: true });
      const errors = validate(schema, document);
      if (errors.length > 0) return errors;
      if (documents.size >= MAX_DOCUMENTS) documents.clear();
      documents.set(query, document);
      return document;
    } catch (error) {
      if (error instanceof GraphQLError) return [error];
      throw error;
    }
  };
  const answer: AnswerQuestion = async ({ query, operationName, variables }, caller, requestId) => {
    const document = read(query);
    if (!("kind" in document)) return { errors: document.map(told) };
    const contextValue = createContext(caller);
    const { data, errors = [] } = await execute({
      schema,
      document,
      operationName,
      variableValues: JSON.parse(variables) as Record<string, unknown>,
      contextValue,
    });
    for (const error of errors) onError(error, requestId);
    const faults = contextValue.faults.errors;
    const all = [...errors.map(told), ...faults.map((error) => error.toJSON())];
    return { ...(data !== undefined && { data }), ...(all.length > 0 && { errors: all }) };
  };
  if (tracing === undefined) return answer;
  return (...asked) => inSpan(tracing, "answer", {}, () => answer(...asked));
}
