import { GraphQLError } from "graphql";
import { DatabaseUnavailable } from "../../database";
import { SheetRefused } from "../../sheet/sheet-problem";

const STATUS: Record<string, number> = { UNAUTHENTICATED: 401, FORBIDDEN: 403 };

/** Why no file is taken or given, in the shape of a GraphQL error. @throws what is no refusal. */
export function refusalOf(error: unknown): { status: number; body: object } {
  if (error instanceof SheetRefused)
    return refused(400, error.message, "BAD_USER_INPUT", error.code);
  if (error instanceof DatabaseUnavailable)
    return refused(503, error.message, "SUBGRAPH_UNAVAILABLE", "DATABASE");
  if (!(error instanceof GraphQLError)) throw error;
  const code = String(error.extensions.code);
  return refused(STATUS[code] ?? 400, error.message, code);
}

const refused = (status: number, message: string, code: string, reason?: string) => ({
  status,
  body: { errors: [{ message, extensions: { code, ...(reason && { reason }) } }] },
});
