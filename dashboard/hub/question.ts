import type { Language } from "../language/first-language";
import type { TrustedDocument } from "./trusted-document";

/** What is sent to the hub. */
export interface Question {
  body: string;
  language: Language;
}

export const bodyOf = <Answer, Variables>(
  document: TrustedDocument<Answer, Variables>,
  variables: Variables,
): string => JSON.stringify({ documentId: document.id, variables });

export const send = ({ body, language }: Question, signal?: AbortSignal): Promise<Response> =>
  fetch("/graphql", {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "application/json",
      "accept-language": language,
    },
    body,
    ...(signal && { signal }),
  });
