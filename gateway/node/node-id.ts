import { GraphQLError } from "graphql";

/** What an id begins with, and the type of record that it names. */
const TYPE_BY_PREFIX: ReadonlyMap<string, string> = new Map([
  ["unit", "AdministrativeUnit"],
  ["agency", "Agency"],
  ["duty", "Duty"],
  ["library", "Library"],
  ["library-report", "LibraryReport"],
  ["museum", "Museum"],
  ["museum-report", "MuseumReport"],
  ["cultural-centre", "CulturalCentre"],
  ["cultural-centre-report", "CulturalCentreReport"],
]);

/** @throws BAD_USER_INPUT, saying what is accepted, for what cannot be an id of the hub's. */
export function typeNameOf(id: string): string {
  const [, prefix = "", rest = ""] = /^([^:]*):(.*)$/su.exec(id) ?? [];
  const typeName = TYPE_BY_PREFIX.get(prefix);
  if (typeName !== undefined && rest !== "") return typeName;
  const prefixes = [...TYPE_BY_PREFIX.keys()].join(", ");
  throw new GraphQLError(
    `Mã định danh không hợp lệ; phải bắt đầu bằng một trong: ${prefixes}, rồi dấu hai chấm. / ` +
      `Malformed id; it must begin with one of: ${prefixes}, then a colon.`,
    { extensions: { code: "BAD_USER_INPUT" } },
  );
}
