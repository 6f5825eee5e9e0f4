import type { IncomingMessage, ServerResponse } from "node:http";
import { GraphQLError } from "graphql";
import type { Asked } from "../execution/executor";
import { refuse, refuseTooLong } from "./http-answer";
import { readBody } from "./request-body";
import { isNestedTooDeep } from "../limits/json-nesting";
import type { TrustedDocuments } from "../trusted-documents";

/** Of an operation with its variables. */
export const MAX_BODY_BYTES = 1024 * 1024;

export interface ReadBody {
  text: string;
  /** Parsed. */
  body: unknown;
  /** It named a trusted document by its hash. */
  isNamed?: true;
}

/** Null once a refusal has been sent. */
export async function readJson(
  request: IncomingMessage,
  response: ServerResponse,
): Promise<ReadBody | null> {
  if (!isJson(request.headers["content-type"])) {
    const accepted = "content-type: application/json; charset=utf-8";
    refuse(response, 415, `Chỉ nhận ${accepted}.`, `Only ${accepted} is accepted.`);
    return null;
  }
  const bytes = await readBody(request, response, MAX_BODY_BYTES);
  if (bytes === null) {
    refuseTooLong(response, "Nội dung gửi lên vượt quá 1 MB.", "The body is larger than 1 MB.");
    return null;
  }
  try {
    const text = bytes.toString("utf8");
    if (isNestedTooDeep(text)) {
      refuseNesting(response);
      return null;
    }
    return { text, body: JSON.parse(text) as unknown };
  } catch {
    refuse(response, 400, "Nội dung gửi lên không phải JSON.", "The body is not JSON.");
    return null;
  }
}

function isJson(header: string | undefined): boolean {
  if (header === "application/json") return true;
  const [type = "", ...parameters] = (header ?? "").split(";").map((part) => part.trim());
  const charset = parameters.find((parameter) => /^charset=/iu.test(parameter));
  const isUtf8 = charset === undefined || /^charset="?utf-?8"?$/iu.test(charset);
  return type.toLowerCase() === "application/json" && isUtf8;
}

/** Puts the text of a trusted document where its hash stands; the error to tell when there is no such document. */
export function nameQuery(documents: TrustedDocuments, read: ReadBody): GraphQLError | undefined {
  const { body } = read;
  if (typeof body !== "object" || body === null || "query" in body) return undefined;
  const { documentId, extensions, ...rest } = body as Record<string, unknown>;
  if (typeof documentId === "string") {
    const query = documents.withHash(documentId.replace(/^sha256:/u, ""));
    if (query === undefined) return UNKNOWN_DOCUMENT;
    read.body = { ...rest, query };
    read.isNamed = true;
    return undefined;
  }
  const { persistedQuery } = (extensions ?? {}) as { persistedQuery?: { sha256Hash?: unknown } };
  const query = documents.withHash(String(persistedQuery?.sha256Hash));
  // A hash that is not of ours may be one that Apollo Server has been told the text of.
  if (query !== undefined) read.body = { ...rest, query };
  return undefined;
}

const UNKNOWN_DOCUMENT = new GraphQLError(
  "Không có truy vấn nào mang mã băm này; hãy gửi toàn văn truy vấn. / No document has this hash; send the operation's text.",
  { extensions: { code: "BAD_USER_INPUT" } },
);

/** An operation with nothing beside it; undefined for all that Apollo Server had better look at. */
export function readAsked(body: unknown): Asked | undefined {
  if (typeof body !== "object" || body === null) return undefined;
  const { query, operationName, variables, extensions } = body as Record<string, unknown>;
  if (typeof query !== "string" || extensions != null) return undefined;
  if (operationName != null && typeof operationName !== "string") return undefined;
  if (variables != null && (typeof variables !== "object" || Array.isArray(variables)))
    return undefined;
  return {
    query,
    operationName: operationName || undefined,
    variables: (variables ?? {}) as Asked["variables"],
  };
}

export const refuseNesting = (response: ServerResponse): void =>
  refuse(
    response,
    400,
    "JSON lồng nhau quá nhiều tầng; hãy gửi biến số đơn giản hơn.",
    "The JSON is nested too deep; send simpler variables.",
  );
