import type { Day } from "../calendar";
import { badInput } from "../faults";
import type { Territory } from "../territory/territory";

/** `AdministrativeUnitInput` of schema/common. */
export interface UnitInput {
  id?: string | null;
  code?: string | null;
  asOf?: Day | null;
}

/** The id of the unit version that is named. @throws BAD_USER_INPUT when there is none. */
export function readUnit({ id, code, asOf }: UnitInput, territory: Territory, today: Day): string {
  const found =
    id != null
      ? territory.unit(id)
      : code != null
        ? territory.withCode(code, asOf ?? today)
        : undefined;
  if (found) return found.id;
  throw badInput(
    `Không có đơn vị hành chính ${id ?? code ?? "nào được nêu"}; cần \`id\`, hoặc \`code\` có hiệu lực vào ngày \`asOf\`.`,
    `There is no administrative unit ${id ?? code ?? "named"}; give an \`id\`, or a \`code\` that holds on \`asOf\`.`,
  );
}
