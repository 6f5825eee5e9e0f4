import type { SubgraphConnection } from "./subgraph/subgraph-connection";
import { faultMessage, invalidResponse, type Fault } from "./subgraph/subgraph-fault";

type SubgraphState = { state: "UP" } | { state: "DOWN"; reason: string; message: string };

export interface Readiness {
  ready: boolean;
  subgraphs: Record<string, SubgraphState>;
}

/** A probe that waits longer than this is of no use to what probes. */
const PROBE_MS = 1000;

/** Anybody may want to know, as often as he likes: beyond this he is told what was read last. */
const READINGS_IN_WINDOW = 4;
const WINDOW_MS = 1000;

interface Readings {
  last: Promise<Readiness> | undefined;
  isUnderWay: boolean;
  /** Of those in the last window. */
  begunMs: number[];
}

/** By the subgraphs in service, for those of another supergraph are others. */
const readings = new WeakMap<ReadonlyMap<string, SubgraphConnection>, Readings>();

/** Whether the hub is ready, as it was no more than a second ago; all who want to know at one time share a reading. */
export function readReadiness(
  subgraphs: ReadonlyMap<string, SubgraphConnection>,
  requestId: string,
): Promise<Readiness> {
  let known = readings.get(subgraphs);
  if (known === undefined)
    readings.set(subgraphs, (known = { last: undefined, isUnderWay: false, begunMs: [] }));
  const now = performance.now();
  const begunMs = known.begunMs.filter((began) => now - began < WINDOW_MS);
  const mayBegin = !known.isUnderWay && begunMs.length < READINGS_IN_WINDOW;
  if (known.last !== undefined && !mayBegin) return known.last;
  known.begunMs = [...begunMs, now];
  known.isUnderWay = true;
  return (known.last = askReadiness(subgraphs, requestId).finally(
    () => (known.isUnderWay = false),
  ));
}

/** Asks every subgraph side by side; the hub is ready once all of them answer. */
async function askReadiness(
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
