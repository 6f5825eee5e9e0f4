import { parse } from "yaml";
import {
  ANSWER_SOURCES,
  CIRCUIT_STATES,
  GatewayMetrics,
  PLAN_SOURCES,
  REFUSALS,
} from "../../gateway/metrics";
import { readProjectFile } from "../testkit/project-files";

interface Dashboard {
  panels: { title: string; targets: { expr: string; legendFormat: string }[] }[];
}
interface Alerts {
  groups: { rules: { alert: string; expr: string; annotations: { summary: string } }[] }[];
}

const dashboard = JSON.parse(readProjectFile("deploy/grafana-dashboard.json")) as Dashboard;
const alerts = parse(readProjectFile("deploy/prometheus-alerts.yml")) as Alerts;
const rules = alerts.groups.flatMap((group) => group.rules);
const asked = [
  ...dashboard.panels.flatMap(({ title, targets }) =>
    targets.map(({ expr }) => [title, expr] as const),
  ),
  ...rules.map(({ alert, expr }) => [alert, expr] as const),
];

const metrics = new GatewayMetrics(
  () => new Map([["museums", { guardState: "closed" }]]),
  () => 0,
);
interface Series {
  name: string;
  labelNames: readonly string[];
}
/** Every series that the gateway serves, without what histograms add to their names, with its labels. */
const served = new Map(
  (metrics.registry.getMetricsAsArray() as unknown as Series[]).map(
    ({ name, labelNames }) => [name, labelNames] as const,
  ),
);

const SERIES =
  /\b(?<name>(?:hub|nodejs|process)_\w+?)(?:_(?:bucket|count))?\b(?:\{(?<matchers>[^}]*)\})?/gu;
const seriesIn = (expr: string) =>
  [...expr.matchAll(SERIES)].map(({ groups }) => ({
    name: groups!.name!,
    matchers: [
      ...(groups!.matchers ?? "").matchAll(/(?<label>\w+)(?:!?=|[!=]~)"(?<value>[^"]*)"/gu),
    ],
  }));

it.each(asked)(
  "%s asks for series that the gateway serves, by labels that they have",
  (_title, expr) => {
    const series = seriesIn(expr);
    const labels = series.flatMap(({ name }) => [...(served.get(name) ?? []), "le"]);
    const grouped = [...expr.matchAll(/\bby \(([^)]*)\)/gu)].flatMap(([, list]) =>
      list!.split(/, ?/u),
    );

    expect(series.length).toBeGreaterThan(0);
    expect(series.map(({ name }) => name).filter((name) => !served.has(name))).toEqual([]);
    for (const { name, matchers } of series)
      expect(served.get(name)).toEqual(
        expect.arrayContaining(matchers.map(({ groups }) => groups!.label!)),
      );
    expect(grouped.filter((label) => !labels.includes(label))).toEqual([]);
  },
);

it.each(dashboard.panels.flatMap(({ targets }) => targets))(
  "$legendFormat is written of labels that are left: $expr",
  ({ expr, legendFormat }) => {
    const written = [...legendFormat.matchAll(/\{\{(\w+)\}\}/gu)].map(([, label]) => label!);
    const left = [...expr.matchAll(/\bby \(([^)]*)\)/gu)].flatMap(([, list]) =>
      list!.split(/, ?/u),
    );

    expect(left).toEqual(expect.arrayContaining(written));
  },
);

/** Operations, and routes of what is no GraphQL. */
const OPEN_LABELS = new Set(["operation"]);
/** Of the other labels all values, by the series. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  "hub_subgraph_circuit_state state": CIRCUIT_STATES,
  "hub_refused_total reason": REFUSALS,
  "hub_answers_total source": ANSWER_SOURCES,
  "hub_plans_total source": PLAN_SOURCES,
};

it("asks for no value that a label never has", () => {
  const wanted = asked.flatMap(([, expr]) =>
    seriesIn(expr).flatMap(({ name, matchers }) =>
      matchers.map(({ groups }) => [`${name} ${groups!.label}`, groups!.value!] as const),
    ),
  );
  const unknown = wanted.filter(
    ([label, value]) => !OPEN_LABELS.has(label.split(" ")[1]!) && !VALUES[label]?.includes(value),
  );

  expect(wanted.length).toBeGreaterThan(0);
  expect(unknown).toEqual([]);
});

it("SubgraphLeftAlone goes on while the circuit is half-open: a subgraph that hangs is tried most of the time", async () => {
  const { expr } = rules.find(({ alert }) => alert === "SubgraphLeftAlone")!;
  const raised = [];
  for (const guardState of CIRCUIT_STATES) {
    const { registry } = new GatewayMetrics(
      () => new Map([["museums", { guardState }]]),
      () => 0,
    );
    const [{ name, matchers }] = seriesIn(expr) as [ReturnType<typeof seriesIn>[number]];
    const [{ groups }] = matchers as [RegExpExecArray];
    const { values } = (await registry.getSingleMetric(name)!.get()) as {
      values: { labels: Record<string, string>; value: number }[];
    };
    const [seen] = values.filter(({ labels }) => labels[groups!.label!] === groups!.value);
    if (seen!.value === Number(/== (\d)$/u.exec(expr)![1])) raised.push(guardState);
  }

  expect(raised).toEqual(["half-open", "open"]);
});

it.each(rules)("$alert is told in Vietnamese and English", ({ annotations }) => {
  expect(annotations.summary).toMatch(/[ạảấầẩậắặốộờợủụừựỏịệễđáàí].* \/ [A-Z]/iu);
});
