import type { SubgraphConnection } from "./subgraph/subgraph-connection";
import { faultMessage, invalidResponse, type Fault } from "./subgraph/subgraph-fault";

type SubgraphState = { state: "UP" } | { state: "DOWN"; reason: string; message: string };

export interface Readiness {
  ready: boolean;
  subgraphs: Record<string, SubgraphState>;
}

/** A probe that waits longer than this is of no use to what probes. */
const PROBE_MS = 1000;

/** Asks every subgraph side by side; the hub is ready once all of them answer. */
export async function askReadiness(
  subgraphs: ReadonlyMap<string, SubgraphConnection>,
  requestId: string,
): Promise<Readiness> {
  const states = await Promise.all(
    [...subgraphs].map(
      async ([name, connection]) => [name, await askState(name, connection, requestId)] as const,
    ),
  );
  return {
    ready: states.every(([, { state }]) => state === "UP"),
    subgraphs: Object.fromEntries(states),
  };
}

async function askState(
  name: string,
  connection: SubgraphConnection,
  requestId: string,
): Promise<SubgraphState> {
  const reply = await connection.post(
    '{"query":"{ __typename }"}',
    { headers: { "x-request-id": requestId }, viewer: null },
    PROBE_MS,
  );
  const down = (fault: Fault): SubgraphState => ({
    state: "DOWN",
    reason: fault.reason,
    message: faultMessage(name, fault),
  });
  if ("fault" in reply) return down(reply.fault);
  return typeof reply.body.data?.__typename === "string"
    ? { state: "UP" }
    : down(invalidResponse("no __typename"));
}
