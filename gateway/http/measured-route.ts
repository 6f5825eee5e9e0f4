import type { IncomingMessage, ServerResponse } from "node:http";
import type { GatewayMetrics } from "../metrics";

interface Counting {
  metrics: GatewayMetrics | undefined;
}

type Answerer<Parts> = (
  parts: Parts,
  request: IncomingMessage,
  response: ServerResponse,
) => Promise<void>;

/**
 * Counts what is answered outside of GraphQL under its route, for the rest of an address is whatever its client wrote. There
 * a status tells of errors; and so does an answer that the gateway broke off, which a client that goes away did not.
 */
export const measured =
  <Parts extends Counting>(route: `/${string}`, answer: Answerer<Parts>): Answerer<Parts> =>
  async (parts, request, response) => {
    const { metrics } = parts;
    if (metrics === undefined) return answer(parts, request, response);
    const began = performance.now();
    response.once("close", () => {
      const { statusCode, writableFinished, errored } = response;
      if (!writableFinished && errored === null) return;
      const hasErrors = statusCode >= 400 || !writableFinished;
      metrics.requestAnswered(route, statusCode, hasErrors, (performance.now() - began) / 1000);
    });
    return answer(parts, request, response);
  };
