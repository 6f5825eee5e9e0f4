import type { Day } from "../../calendar";
import type { LedgerWrite, Outcome } from "../../ledger/ledger";
import type { Sector } from "../../sector";
import {
  changeInstitution,
  nothingChanged,
  stillOpen,
  type Step,
  type WrittenInstitution,
} from "./change-institution";
import { current, type EntryHouse } from "./entry-house";
import { dayProblems, kindProblems, placeProblems } from "./institution-rules";

const IN = (field: string) => ["input", field];

/** Where an institution stands and what it is, from a day on; what held before is kept. */
export class IntervalEntry {
  constructor(private readonly house: EntryHouse) {}

  move(
    write: LedgerWrite,
    asked: Step & { unitId: string; on: Day },
  ): Promise<Outcome<WrittenInstitution>> {
    const { records } = this.house;
    return changeInstitution(this.house, write, asked, async ({ institution, placements }) => {
      const last = current(placements);
      return {
        problems: [
          ...stillOpen(institution),
          ...placeProblems(this.house, asked.unitId, asked.on, { inForce: true }),
          ...dayProblems(this.house, asked.on, IN("on"), {
            after: last?.fromOn ?? institution.openedOn,
          }),
          ...(last?.unitId === asked.unitId ? [nothingChanged] : []),
        ],
        action: "MOVE_INSTITUTION",
        changes: [
          { field: "unit", from: last?.unitId ?? null, to: asked.unitId },
          { field: "from", from: last?.fromOn ?? null, to: asked.on },
        ],
        row: {},
        also: async () => {
          if (last)
            await write.manager.update(records.placement, keyOf(last), { untilOn: asked.on });
          await write.manager.insert(records.placement, {
            institutionId: institution.id,
            ordinal: (last?.ordinal ?? 0) + 1,
            unitId: asked.unitId,
            fromOn: last ? asked.on : null,
            untilOn: null,
          });
        },
      };
    });
  }

  reclassify(
    write: LedgerWrite,
    asked: Step & { sector: Sector; kind: string; on: Day },
  ): Promise<Outcome<WrittenInstitution>> {
    const { records } = this.house;
    return changeInstitution(this.house, write, asked, async ({ institution, kinds }) => {
      const last = current(kinds);
      return {
        problems: [
          ...stillOpen(institution),
          ...(await kindProblems(
            write.manager,
            this.house,
            asked.sector,
            asked.kind,
            asked.on,
            IN("kind"),
          )),
          ...dayProblems(this.house, asked.on, IN("on"), {
            after: last?.fromOn ?? institution.openedOn,
          }),
          ...(last?.kind === asked.kind ? [nothingChanged] : []),
        ],
        action: "RECLASSIFY_INSTITUTION",
        changes: [
          { field: "kind", from: last?.kind ?? null, to: asked.kind },
          { field: "from", from: last?.fromOn ?? null, to: asked.on },
        ],
        row: {},
        also: async () => {
          if (last) await write.manager.update(records.kind!, keyOf(last), { untilOn: asked.on });
          await write.manager.insert(records.kind!, {
            institutionId: institution.id,
            ordinal: (last?.ordinal ?? 0) + 1,
            kind: asked.kind,
            fromOn: last ? asked.on : null,
            untilOn: null,
          });
        },
      };
    });
  }
}

function keyOf({ institutionId, ordinal }: { institutionId: string; ordinal: number }) {
  return { institutionId, ordinal };
}
