import { dayBefore, type Day } from "../../foundation/calendar";
import { badInput } from "../../foundation/faults";
import { MAX_PAGE } from "../../foundation/keyset-page";
import { foldText } from "../../foundation/vietnamese-text";
import {
  askedFor,
  type createAdministrativeUnitLoaders,
  type UnitSource,
} from "./administrative-unit.loaders";
import type { AdministrativeUnitRepository } from "./administrative-unit.repository";

const CODE = /^(\d{2}|\d{3}|\d{5})$/u;

/** How units are found: which day counts when none is named, and what a caller may send. */
export class AdministrativeUnitService {
  constructor(
    private readonly units: AdministrativeUnitRepository,
    private readonly loaders: ReturnType<typeof createAdministrativeUnitLoaders>,
    private readonly today: Day,
  ) {}

  /** @throws BAD_USER_INPUT when the code has not the form of a unit's code. */
  withCode(code: string, asOf: Day | null): Promise<UnitSource | null> {
    if (!CODE.test(code)) throw malformedCode(code);
    return this.loaders.unitByCode(code, asOf ?? this.today, asOf);
  }

  async onDay(asOf: Day | null, types: readonly string[] | null): Promise<UnitSource[]> {
    if (types?.length === 0) return [];
    return (await this.units.onDay(asOf ?? this.today, types)).map(askedFor(asOf));
  }

  /** @throws BAD_USER_INPUT when the text has nothing to look for, or `first` is out of its bounds. */
  async named(text: string, asOf: Day | null, first: number): Promise<UnitSource[]> {
    if (!/[\p{L}\p{N}]/u.test(foldText(text))) {
      throw badInput(
        "`text` phải có ít nhất một chữ cái hoặc chữ số.",
        "`text` must contain at least one letter or digit.",
      );
    }
    if (first < 1 || first > MAX_PAGE) {
      throw badInput(
        `\`first\` phải từ 1 đến ${MAX_PAGE}, đã nhận ${first}.`,
        `\`first\` must be between 1 and ${MAX_PAGE}; got ${first}.`,
      );
    }
    return (await this.units.named(text, asOf, first)).map(askedFor(asOf));
  }

  subdivisionsOf(unit: UnitSource, asOf: Day | null): Promise<UnitSource[]> {
    const lastDay = unit.validUntil === null ? null : dayBefore(unit.validUntil);
    const ended = lastDay !== null && lastDay < this.today;
    const day = asOf ?? unit.askedFor ?? (ended ? lastDay : this.today);
    return this.loaders.subdivisionsOf(unit.id, day, asOf ?? unit.askedFor);
  }

  async parentOf(unit: UnitSource): Promise<UnitSource | null> {
    const parent = unit.parentId === null ? null : await this.loaders.unitById(unit.parentId);
    return parent && askedFor(unit.askedFor)(parent);
  }
}

function malformedCode(code: string): Error {
  return badInput(
    `Mã đơn vị hành chính ${JSON.stringify(code)} không hợp lệ; cần 2 chữ số (tỉnh), 3 chữ số (cấp huyện) hoặc ` +
      "5 chữ số (cấp xã), kể cả số 0 ở đầu, ví dụ 12, 105, 03394.",
    `Malformed code of an administrative unit; expected 2 digits (province), 3 digits (district level) or ` +
      "5 digits (commune level), leading zeros included, such as 12, 105, 03394.",
  );
}
