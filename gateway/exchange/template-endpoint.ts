import type { IncomingMessage, ServerResponse } from "node:http";
import type { GraphQLParts } from "../graphql-endpoint";
import { refuseMethod, send } from "../http/http-answer";
import { openExchange, refuseSilent } from "./exchange";

/** A province's institutions, with all that they reported last year, take their time to be written down. */
const PATIENCE_MS = 60_000;

const WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/**
 * `GET /template/<subgraph>?sector=…&year=…`: the workbook of reports to be filled in, as the subgraph makes it for the caller.
 * What it refuses is told in its own words.
 */
export async function answerTemplate(
  parts: GraphQLParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== "GET") return refuseMethod(response, "GET");
  const exchange = await openExchange(parts, request, response, "/template/");
  if (exchange === undefined) return;
  const { connection, caller, search } = exchange;
  const reply = await connection.readFile(`/template${search}`, caller, PATIENCE_MS);
  if ("fault" in reply) return refuseSilent(response, connection, reply.fault);
  const { status, bytes } = reply;
  if (status !== 200)
    return send(response, status, "application/json; charset=utf-8", bytes, UNKEPT);
  send(response, status, WORKBOOK, bytes, {
    ...UNKEPT,
    "content-disposition": `attachment; filename="mau-bao-cao-${connection.name}.xlsx"`,
  });
}

/** It is for the caller alone. */
const UNKEPT = { "cache-control": "no-store" };
