import { GraphQLError, GraphQLScalarType, Kind } from "graphql";
import { isDay } from "./calendar";

/** `Date`: a calendar day, refused unless it is written `YYYY-MM-DD` and exists. */
export const dateScalar = new GraphQLScalarType({
  name: "Date",
  parseValue: readDay,
  parseLiteral: (node) => readDay(node.kind === Kind.STRING ? node.value : undefined),
  serialize: (value) => String(value),
});

/** `DateTime`: an instant, always written in UTC. */
export const dateTimeScalar = new GraphQLScalarType({
  name: "DateTime",
  parseValue: readInstant,
  parseLiteral: (node) => readInstant(node.kind === Kind.STRING ? node.value : undefined),
  serialize: (value) => (value instanceof Date ? value : new Date(String(value))).toISOString(),
});

function readDay(value: unknown): string {
  if (typeof value === "string" && isDay(value)) return value;
  throw refused(
    value,
    "một ngày có thật viết theo dạng YYYY-MM-DD, ví dụ 2025-07-01",
    "an existing day as YYYY-MM-DD, such as 2025-07-01",
  );
}

function readInstant(value: unknown): Date {
  const date =
    typeof value === "string" && /T.*(Z|[+-]\d{2}:\d{2})$/u.test(value) ? new Date(value) : null;
  if (date && !Number.isNaN(date.getTime())) return date;
  throw refused(
    value,
    "một thời điểm ISO 8601 có múi giờ",
    "an ISO 8601 instant with its time zone",
  );
}

function refused(value: unknown, vietnamese: string, english: string): GraphQLError {
  return new GraphQLError(
    `Giá trị ${JSON.stringify(value)} không hợp lệ; cần ${vietnamese}. / Invalid value; expected ${english}.`,
    { extensions: { code: "BAD_USER_INPUT" } },
  );
}
