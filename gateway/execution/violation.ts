import type { Path } from "../subgraph/subgraph-operation";

/** A null, or what has to count as one, where the schema allows none. */
export interface Violation {
  path: Path;
  message: string;
  /** A value is there, but none that the client may be told: nothing that went wrong elsewhere explains it. */
  isOfValue: boolean;
}

/** Those that the errors do not explain: where any is told, it explains what did not come; and what it is about, whatever it is. */
export function unexplained(
  violations: readonly Violation[],
  errors: readonly { path?: Path }[],
): readonly Violation[] {
  if (errors.length === 0 || violations.length === 0) return violations;
  return violations.filter(
    ({ path, isOfValue }) =>
      isOfValue &&
      !errors.some(({ path: told = [] }) =>
        (told.length < path.length ? told : path).every((_, at) => told[at] === path[at]),
      ),
  );
}
