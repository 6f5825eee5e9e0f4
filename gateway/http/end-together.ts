import type { ServerResponse } from "node:http";

const ending: [ServerResponse, Buffer][] = [];

/**
 * Ends the response once all that is there to be read has been read, together with the others that are ready by then. Every
 * write wakes whoever waits at the other end, which costs more than the write; one that follows at once finds him awake.
 */
export function endTogether(response: ServerResponse, body: Buffer): void {
  if (ending.push([response, body]) === 1) setImmediate(endAll);
}

function endAll(): void {
  for (const [response, body] of ending.splice(0)) response.end(body);
}
