import type { Question } from "./question";

/** A question that was sent before the page's script had arrived. */
export interface EarlyQuestion extends Question {
  response: Promise<Response>;
}

declare global {
  var earlyQuestion: EarlyQuestion | undefined;
}

/** The answer on its way, if it is the one to this question. It is given once. */
export function takeEarly({ body, language }: Question): Promise<Response> | undefined {
  const early = globalThis.earlyQuestion;
  if (early?.body !== body || early.language !== language) return undefined;
  globalThis.earlyQuestion = undefined;
  return early.response;
}
