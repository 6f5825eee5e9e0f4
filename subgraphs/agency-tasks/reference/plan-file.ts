import { readFileSync } from "node:fs";
import type { z } from "zod";
import {
  agenciesSchema,
  planSchema,
  type Plan,
  type PlanAgency,
  type PlanDuty,
  type PlanIndicator,
} from "./plan-schema";

export type {
  Plan,
  PlanAgency,
  PlanAgencySuccession,
  PlanDuty,
  PlanIndicator,
  PlanMilestone,
  PlanReportingDuty,
  PlanResponsibility,
} from "./plan-schema";

/** The plan or its agencies cannot be loaded; every problem is told at once. */
export class PlanFileError extends Error {
  constructor(
    path: string,
    readonly problems: readonly string[],
  ) {
    const shown = problems.map((problem) => `  ${problem}`).join("\n");
    super(`Tệp kế hoạch sai / Wrong file of the plan: ${path}\n${shown}`);
  }
}

/**
 * The plan as its reference file tells it, with every reference inside the file found. Agencies are ids only:
 * `readPlanAndAgencies` follows them.
 * @throws PlanFileError that lists every problem.
 */
export function readPlan(path: string): Plan {
  const plan = read(path, planSchema);
  refuse(path, problemsInPlan(plan));
  return plan;
}

/**
 * The agencies that the plan names and those that followed them.
 * @throws PlanFileError that lists every problem.
 */
export function readAgencies(path: string): PlanAgency[] {
  const { agencies } = read(path, agenciesSchema);
  const ids = agencies.map(({ id }) => id);
  const links = agencies.flatMap(({ id, successions }) =>
    successions.flatMap(({ to }) => (to === null ? [] : [{ from: id, to }])),
  );
  refuse(path, [
    ...doubled("agency", ids),
    ...lost("agency", ids, links),
    ...agencies.flatMap(problemsInLife),
  ]);
  return agencies;
}

/**
 * Both files, with every reference from one to the other found.
 * @throws PlanFileError that lists every problem.
 */
export function readPlanAndAgencies(planPath: string, agenciesPath: string) {
  const plan = readPlan(planPath);
  const agencies = readAgencies(agenciesPath);
  const agencyIds = agencies.map(({ id }) => id);
  refuse(planPath, lost("agency", agencyIds, agencyLinks(plan)));
  const passing = agencies.flatMap(({ id, successions }) =>
    successions.flatMap(({ duties }) => duties.map((to) => ({ from: id, to }))),
  );
  refuse(
    agenciesPath,
    lost(
      "duty",
      dutiesOf(plan).map(({ id }) => id),
      passing,
    ),
  );
  return { plan, agencies };
}

/** All duties in the plan's order. */
export function dutiesOf(plan: Plan): PlanDuty[] {
  return plan.dutyGroups.flatMap(({ duties }) => duties);
}

interface Link {
  from: string;
  to: string;
}

function problemsInPlan(plan: Plan): string[] {
  const duties = dutiesOf(plan).map(({ id }) => id);
  const tasks = plan.taskGroups.flatMap(({ tasks: own }) => own.map(({ id }) => id));
  const codes = plan.indicators.map(({ code }) => code);
  const reports = plan.reportingDuties.map(({ code }) => code);
  return [
    ...doubled("indicator", codes),
    ...plan.indicators.flatMap(({ code, milestones }) =>
      doubled(
        `milestone of ${code}`,
        milestones.map(({ year }) => String(year)),
      ),
    ),
    ...plan.indicators.flatMap(problemsInNumbers),
    ...doubled(
      "group",
      [...plan.taskGroups, ...plan.dutyGroups].map(({ id }) => id),
    ),
    ...doubled("task", tasks),
    ...doubled("duty", duties),
    ...outsideGroup(plan.taskGroups.map(({ id, tasks: own }) => ({ id, members: own }))),
    ...outsideGroup(plan.dutyGroups.map(({ id, duties: own }) => ({ id, members: own }))),
    ...doubled("reporting duty", reports),
    ...doubled(
      "review",
      plan.reviews.map(({ year }) => String(year)),
    ),
    ...doubled(
      "named day",
      plan.namedDays.map(({ id }) => id),
    ),
    ...doubled(
      "funding source",
      plan.fundingSources.map(({ code }) => code),
    ),
    ...doubled(
      "responsibility",
      plan.responsibilities.map((each) => `${each.indicator} ${each.agency} ${each.duty}`),
    ),
    ...lost("duty", duties, [
      ...plan.responsibilities.flatMap((each) =>
        [each.duty, ...each.clauses].map((to) => ({ from: each.indicator, to })),
      ),
      ...plan.indicators.flatMap(({ code, supportingDuties }) =>
        supportingDuties.map((to) => ({ from: code, to })),
      ),
      ...plan.reportingDuties.map((each) => ({ from: each.code, to: each.duty })),
      ...plan.reviews.map((each) => ({ from: String(each.year), to: each.duty })),
    ]),
    ...lost(
      "task",
      tasks,
      plan.namedDays.map(({ id, task }) => ({ from: id, to: task })),
    ),
    ...lost(
      "reporting duty",
      reports,
      plan.reviews.map((each) => ({ from: String(each.year), to: each.reportingDuty })),
    ),
    ...lost(
      "indicator",
      codes,
      plan.responsibilities.map((each) => ({ from: each.agency, to: each.indicator })),
    ),
  ];
}

function problemsInNumbers({ code, kind, milestones }: PlanIndicator): string[] {
  return milestones.flatMap(({ year, minimum, maximum }) => {
    const isStated = minimum !== null;
    if (isStated === (kind === "YES_NO"))
      return [`${code} ${year}: a ${kind} target ${isStated ? "has no" : "needs a"} minimum`];
    if (maximum !== null && (minimum === null || maximum < minimum))
      return [`${code} ${year}: maximum ${maximum} is below the minimum`];
    return [];
  });
}

function problemsInLife({ id, validFrom, validUntil, successions }: PlanAgency): string[] {
  const isBackwards = validFrom !== null && validUntil !== null && validFrom >= validUntil;
  return [
    ...(isBackwards ? [`${id}: validFrom must be before validUntil`] : []),
    ...successions
      .filter(({ on, to }) => validUntil !== null && on !== validUntil && to !== id)
      .map(({ on }) => `${id}: succession on ${on}, though it ended on ${validUntil}`),
  ];
}

function agencyLinks(plan: Plan): Link[] {
  return [
    { from: "decision", to: plan.decision.issuer },
    { from: "plan", to: plan.plan.issuer },
    ...plan.dutyGroups.flatMap(({ id, agencies }) => agencies.map((to) => ({ from: id, to }))),
    ...dutiesOf(plan).flatMap((each) =>
      [...each.agencies, ...each.with].map((to) => ({ from: each.id, to })),
    ),
    ...plan.responsibilities.map(({ indicator: from, agency: to }) => ({ from, to })),
    ...plan.reportingDuties.flatMap(({ code: from, to, reporters }) =>
      [to, ...reporters.map(({ agency }) => agency)].map((id) => ({ from, to: id })),
    ),
  ];
}

function read<Shape extends z.ZodType>(path: string, schema: Shape): z.infer<Shape> {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, "utf8").replace(/^\uFEFF/u, ""));
  } catch (error) {
    throw new PlanFileError(path, [error instanceof Error ? error.message : String(error)]);
  }
  const parsed = schema.safeParse(content);
  if (parsed.success) return parsed.data;
  throw new PlanFileError(
    path,
    parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`),
  );
}

function refuse(path: string, problems: string[]): void {
  if (problems.length > 0) throw new PlanFileError(path, problems);
}

function doubled(what: string, ids: readonly string[]): string[] {
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
  return [...new Set(twice)].map((id) => `${what} ${id} stands twice`);
}

function lost(what: string, known: readonly string[], links: readonly Link[]): string[] {
  const ids = new Set(known);
  return links
    .filter(({ to }) => !ids.has(to))
    .map(({ from, to }) => `${from} refers to ${what} ${to}, which does not exist`);
}

function outsideGroup(groups: readonly { id: string; members: readonly { id: string }[] }[]) {
  return groups.flatMap(({ id, members }) =>
    members
      .filter((member) => !member.id.startsWith(`${id}-`))
      .map((member) => `${member.id} stands in group ${id}`),
  );
}
