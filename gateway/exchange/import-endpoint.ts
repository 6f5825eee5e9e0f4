import type { IncomingMessage, ServerResponse } from "node:http";
import type { GraphQLParts } from "../graphql-endpoint";
import { refuseMethod, refuseTooLong, send } from "../http/http-answer";
import { readBody } from "../http/request-body";
import { openExchange, refuseSilent, type Exchange } from "./exchange";

const MAX_FILE_BYTES = 32 * 1024 * 1024;

/** A large file takes its time to be judged and written. */
const PATIENCE_MS = 120_000;

/** A file of reports that is there whole, from somebody who has signed in. */
export interface ReceivedFile extends Exchange {
  bytes: Buffer;
}

/**
 * Receives what `POST /import/<subgraph>` brings; undefined once a refusal has been sent. Who asks is looked at first: a
 * stranger's file is not worth the memory.
 */
export async function receiveImport(
  parts: GraphQLParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<ReceivedFile | undefined> {
  if (request.method !== "POST") {
    refuseMethod(response, "POST");
    return undefined;
  }
  const exchange = await openExchange(parts, request, response, "/import/");
  if (exchange === undefined) return undefined;
  const bytes = await readBody(request, response, MAX_FILE_BYTES);
  if (bytes !== null) return { ...exchange, bytes };
  refuseTooLong(response, "Tệp dài quá 32 MB.", "The file is longer than 32 MB.");
  return undefined;
}

/**
 * Hands an agency's file to the subgraph that keeps its reports, signed for the caller. The answer is the subgraph's own.
 */
export async function answerImport(
  parts: GraphQLParts,
  { connection, caller, search, bytes }: ReceivedFile,
  response: ServerResponse,
): Promise<void> {
  const reply = await connection.sendFile(`/import${search}`, bytes, caller, PATIENCE_MS);
  parts.shared.forget();
  if ("fault" in reply) return refuseSilent(response, connection, reply.fault);
  send(response, reply.status, "application/json; charset=utf-8", reply.bytes, {
    "cache-control": "no-store",
  });
}
