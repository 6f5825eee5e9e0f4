import type { GraphQLFormattedError } from "graphql";
import { answerKey } from "./answer-cache/answer-key";
import type { GraphQLParts } from "./graphql-endpoint";
import type { RequestContext } from "./request-context";

export interface DocumentAnswer {
  data?: Record<string, unknown> | null;
  errors?: readonly GraphQLFormattedError[];
}

/**
 * Asks a known document on a caller's behalf, as `/graphql` would be asked.
 * @param keep whether the answer may come from memory and go there: not for one page of thousands.
 */
export async function askDocument(
  { apollo, gateway, answers, metrics }: GraphQLParts,
  context: RequestContext,
  query: string,
  variables: Readonly<Record<string, unknown>>,
  keep = true,
): Promise<DocumentAnswer> {
  const asked = { query, operationName: undefined, variables };
  const started = gateway.start(asked);
  if (started === undefined) {
    const { body } = await apollo.executeOperation({ query, variables }, { contextValue: context });
    if (body.kind !== "single") throw new Error("Incremental delivery is not served");
    return body.singleResult;
  }
  metrics?.fields.count(context.client, started.fields);
  if (!keep || answers === undefined)
    return JSON.parse((await started.execute(context)).json.toString("utf8")) as DocumentAnswer;
  const language = context.caller.headers["accept-language"];
  const key = answerKey(gateway.supergraphHash, context, language, asked);
  const json = await answers.answer(key, started, context);
  return JSON.parse(json.toString()) as DocumentAnswer;
}
