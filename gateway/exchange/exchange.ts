import type { IncomingMessage, ServerResponse } from "node:http";
import type { GraphQLParts } from "../graphql-endpoint";
import { refuse, sendJson } from "../http/http-answer";
import { createRequestContext, type SubgraphCaller } from "../request-context";
import type { SubgraphConnection } from "../subgraph/subgraph-connection";
import { faultMessage, type Fault } from "../subgraph/subgraph-fault";
import { readViewer } from "../viewer";

/** Files are exchanged with the subgraph that an address names, on behalf of whoever has signed in. */
export interface Exchange {
  connection: SubgraphConnection;
  caller: SubgraphCaller;
  /** What stands behind the subgraph's name, `?` included. */
  search: string;
}

/** Undefined once a refusal has been sent: there is no such subgraph, or nobody has signed in. */
export async function openExchange(
  parts: GraphQLParts,
  request: IncomingMessage,
  response: ServerResponse,
  /** Of the address, up to the subgraph's name. */
  prefix: string,
): Promise<Exchange | undefined> {
  const { pathname, search } = new URL(request.url ?? "/", "http://hub");
  const name = pathname.slice(prefix.length);
  const connection = parts.gateway.subgraphs.get(name);
  if (!connection) {
    refuse(response, 404, `Không có phân hệ ${name}.`, `There is no subgraph ${name}.`);
    return undefined;
  }
  const viewer = await readViewer(parts, request, response);
  if (viewer === undefined) return undefined;
  if (viewer === null) {
    refuseStranger(response);
    return undefined;
  }
  const { requestId, caller } = createRequestContext(request.headers, viewer);
  response.setHeader("x-request-id", requestId);
  return { connection, caller, search };
}

/** The subgraph could not be reached, or did not answer in time. */
export function refuseSilent(
  response: ServerResponse,
  { name }: SubgraphConnection,
  fault: Fault,
): void {
  const extensions = { code: "SUBGRAPH_UNAVAILABLE", subgraph: name, reason: fault.reason };
  sendJson(response, 503, { errors: [{ message: faultMessage(name, fault), extensions }] });
}

/** He may report for no sector, so nobody is asked for him, and no file of his is worth the memory. */
const refuseStranger = (response: ServerResponse): void =>
  refuse(
    response,
    401,
    "Cần đăng nhập: gửi mã truy cập trong tiêu đề `Authorization: Bearer …`.",
    "Sign in: send an access token in the header `Authorization: Bearer …`.",
    { "www-authenticate": "Bearer", connection: "close" },
  );
