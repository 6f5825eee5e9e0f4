import type { IncomingMessage, ServerResponse } from "node:http";
import type { GraphQLParts } from "../graphql-endpoint";
import { refuseMethod, refuseTooLong, send } from "../http/http-answer";
import { readBody } from "../http/request-body";
import { openExchange, refuseSilent } from "./exchange";

const MAX_FILE_BYTES = 32 * 1024 * 1024;

/** A large file takes its time to be judged and written. */
const PATIENCE_MS = 120_000;

/**
 * `POST /import/<subgraph>`: hands an agency's file of reports to the subgraph that keeps them, signed for the caller. The
 * answer is the subgraph's own.
 */
export async function answerImport(
  parts: GraphQLParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== "POST") return refuseMethod(response, "POST");
  const exchange = await openExchange(parts, request, response, "/import/");
  if (exchange === undefined) return;
  const { connection, caller, search } = exchange;
  const bytes = await readBody(request, response, MAX_FILE_BYTES);
  if (bytes === null)
    return refuseTooLong(response, "Tệp dài quá 32 MB.", "The file is longer than 32 MB.");
  const reply = await connection.sendFile(`/import${search}`, bytes, caller, PATIENCE_MS);
  parts.shared.forget();
  if ("fault" in reply) return refuseSilent(response, connection, reply.fault);
  send(response, reply.status, "application/json; charset=utf-8", reply.bytes, {
    "cache-control": "no-store",
  });
}
