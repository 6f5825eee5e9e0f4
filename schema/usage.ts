import { readFile } from "node:fs/promises";
import type { FieldUsage } from "./findings";

const SERIES = "hub_field_usage_total";
const LINE = /^hub_field_usage_total\{(?<labels>[^}]*)\}\s+(?<value>\S+)/u;

interface PrometheusAnswer {
  data?: { result?: { metric: Record<string, string>; value: [number, string] }[] };
}

/**
 * Who used which field, from the gateway's own `/metrics`, from a copy of it, or from Prometheus, which remembers longer than a
 * process lives: the answer of `/api/v1/query?query=sum by (client, field) (increase(hub_field_usage_total[90d]))`.
 * @throws when nothing is counted there at all: then every field would seem unused.
 */
export async function readUsage(place: string): Promise<FieldUsage> {
  const text = await readPlace(place);
  const counted = text.trimStart().startsWith("{") ? countedByPrometheus(text) : countedIn(text);
  const usage = new Map<string, Set<string>>();
  for (const { client, field, times } of counted) {
    if (!client || !field || !(times > 0)) continue;
    const clients = usage.get(field) ?? new Set();
    usage.set(field, clients.add(client));
  }
  if (usage.size === 0)
    throw new Error(
      `${place}: không có số liệu sử dụng nào (${SERIES}); hãy đặt METRICS_PORT. / nobody's use is counted there (${SERIES}); set METRICS_PORT.`,
    );
  return usage;
}

async function readPlace(place: string): Promise<string> {
  if (!/^https?:\/\//u.test(place)) return readFile(place, "utf8");
  const response = await fetch(place, { signal: AbortSignal.timeout(30_000) });
  if (!response.ok) throw new Error(`${place}: HTTP ${response.status}`);
  return response.text();
}

interface Counted {
  client: string | undefined;
  field: string | undefined;
  times: number;
}

const countedIn = (text: string): Counted[] =>
  text.split("\n").flatMap((line) => {
    const found = LINE.exec(line)?.groups;
    if (!found) return [];
    const label = (name: string) => new RegExp(`${name}="([^"]*)"`, "u").exec(found.labels!)?.[1];
    return [{ client: label("client"), field: label("field"), times: Number(found.value) }];
  });

const countedByPrometheus = (text: string): Counted[] =>
  ((JSON.parse(text) as PrometheusAnswer).data?.result ?? []).map(
    ({ metric: { client, field }, value: [, times] }) => ({ client, field, times: Number(times) }),
  );
