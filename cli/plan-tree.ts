import type { FetchStep } from "../gateway/execution/fetch-step";
import type { PlanStep } from "../gateway/execution/plan-step";

/** What one fetch of a plan took. */
export interface FetchCost {
  ms: number;
  /** Of its answer, as JSON. */
  bytes: number;
  /** How many entities it asked about; undefined where it asks at the root. */
  representations: number | undefined;
  errors: number;
  /** Why there was no answer. */
  fault: string | undefined;
}

const KINDS = { SEQUENCE: "Lần lượt / In sequence", PARALLEL: "Cùng lúc / In parallel" } as const;

/**
 * The plan as the lines of a tree, each fetch with what it took and the fields that it asks.
 * @param costOf undefined where the plan was not carried out.
 */
export function planTree(
  step: PlanStep,
  costOf: ((fetch: FetchStep) => FetchCost | undefined) | undefined,
  width: number,
): string[] {
  if (step.kind === "FETCH") {
    const fields = selectionOf(step.fetch.query);
    return [
      costOf ? fetchLine(step.fetch, costOf(step.fetch)) : placeOf(step.fetch),
      `  ${fields.length > width ? `${fields.slice(0, width - 1)}…` : fields}`,
    ];
  }
  return [
    KINDS[step.kind],
    ...step.steps.flatMap((each, index) => {
      const isLast = index === step.steps.length - 1;
      const [first = "", ...rest] = planTree(each, costOf, width);
      return [
        `${isLast ? "└─ " : "├─ "}${first}`,
        ...rest.map((line) => `${isLast ? "   " : "│  "}${line}`),
      ];
    }),
  ];
}

const placeOf = ({ subgraph, path }: FetchStep): string =>
  path.length === 0 ? subgraph : `${subgraph} → ${path.join(".")}`;

function fetchLine(fetch: FetchStep, cost: FetchCost | undefined): string {
  const place = placeOf(fetch);
  if (cost === undefined) return `${place}: không cần hỏi / not needed`;
  const { ms, bytes, representations, errors, fault } = cost;
  return [
    `${place}: ${ms.toFixed(1)} ms`,
    ...(fault === undefined ? [kilobytes(bytes)] : [`KHÔNG TRẢ LỜI / NO ANSWER (${fault})`]),
    ...(representations === undefined ? [] : [`${representations} đối tượng / entities`]),
    ...(errors === 0 ? [] : [`${errors} lỗi / errors`]),
  ].join(", ");
}

export const kilobytes = (bytes: number): string =>
  bytes < 1024 ? `${bytes} B` : `${(bytes / 1024).toFixed(1)} KB`;

/** The fields of a fetch without what every fetch looks like. */
const selectionOf = (query: string): string =>
  query
    .replace(/^[^{]*/u, "")
    .replace(/^\{\s*_entities\(representations:\s*\$representations\)\s*(.*)\}$/su, "$1")
    .replace(/\s+/gu, " ");
