import type { Asked } from "../execution/executor";
import type { RequestContext } from "../request-context";

/** Under which an answer is kept: the operation, its variables, the rights and the language of whoever asks, the supergraph. */
export function answerKey(
  supergraphHash: string,
  { caller }: RequestContext,
  language: string | undefined,
  asked: Asked,
): string {
  const rights = JSON.stringify([caller.viewer, language ?? ""]);
  return `${supergraphHash}\n${rights}\n${JSON.stringify(asked)}`;
}
