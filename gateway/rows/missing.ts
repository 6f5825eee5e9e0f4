import type { GraphQLFormattedError } from "graphql";
import type { Missing } from "./pages";

/** An answer that leaves something out is no table: whoever adds its rows up would believe the sum. */
export class PartialAnswer extends Error {
  readonly status: number;
  readonly errors: readonly GraphQLFormattedError[];

  constructor(missing: readonly Missing[]) {
    super(missing.map(describe).join("; "));
    this.errors = missing.map((one) =>
      "error" in one ? one.error : { message: describe(one), extensions: { code: codeOf(one) } },
    );
    this.status = STATUS.get(String(this.errors[0]?.extensions?.code)) ?? 503;
  }
}

const STATUS: ReadonlyMap<string, number> = new Map([
  ["BAD_USER_INPUT", 400],
  ["UNAUTHENTICATED", 401],
  ["FORBIDDEN", 403],
  ["MORE_PAGES", 422],
]);

const codeOf = (missing: Missing): string =>
  "endless" in missing ? "MORE_PAGES" : "SUBGRAPH_UNAVAILABLE";

/** In both languages, for a cell or a refusal. */
export function describe(missing: Missing): string {
  if ("error" in missing) return missing.error.message;
  if ("sectors" in missing) {
    const sectors = missing.sectors.join(", ");
    return `Thiếu ngành ${sectors} trong ${missing.list} / Sector ${sectors} is missing from ${missing.list}`;
  }
  return (
    `Danh sách ${missing.endless} còn trang sau mà truy vấn không hỏi tiếp được / ` +
    `The list ${missing.endless} has further pages, which the operation cannot ask for`
  );
}
