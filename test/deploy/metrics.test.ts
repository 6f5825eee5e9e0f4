import { parse } from "yaml";
import { GatewayMetrics } from "../../gateway/metrics";
import { readProjectFile } from "../testkit/project-files";

interface Dashboard {
  panels: { title: string; targets: { expr: string }[] }[];
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

/** Every series that the gateway serves, without what histograms add to their names. */
const served = new GatewayMetrics(
  () => new Map(),
  () => 0,
).registry
  .getMetricsAsArray()
  .map(({ name }) => name);

it.each(asked)("%s asks for series that the gateway serves", (_title, expr) => {
  const names = expr.match(/\b(?:hub|nodejs|process)_\w+/gu)!;

  const unserved = names.filter((name) => !served.includes(name.replace(/_(bucket|count)$/u, "")));

  expect(names.length).toBeGreaterThan(0);
  expect(unserved).toEqual([]);
});

it.each(rules)("$alert is told in Vietnamese and English", ({ annotations }) => {
  expect(annotations.summary).toMatch(/[ạảấầẩậắặốộờợủụừựỏịệễđáàí].* \/ [A-Z]/iu);
});
