import { randomUUID } from "node:crypto";
import type { Day } from "../../calendar";
import { problem, type Problem } from "../../entry/problem";
import { changesBetween, type LedgerWrite, type Outcome } from "../../ledger/ledger";
import type { Sector } from "../../sector";
import { foldText, normaliseText, vietnameseSortKey } from "../../vietnamese-text";
import {
  changeInstitution,
  nothingChanged,
  stillOpen,
  type Step,
  type WrittenInstitution,
} from "./change-institution";
import { sectorOfId } from "../institution-registry";
import { current, reasonProblems, type EntryHouse } from "./entry-house";
import {
  agencyProblems,
  codeProblems,
  dayProblems,
  duplicateProblems,
  kindProblems,
  nameProblems,
  placeProblems,
} from "./institution-rules";

export interface Registration {
  sector: Sector;
  code: string;
  name: string;
  kind?: string | null;
  unitId: string;
  managingAgencyId?: string | null;
  openedOn?: Day | null;
  notDuplicateOf?: readonly string[] | null;
}

export interface Correction extends Step {
  code?: string | null;
  name?: string | null;
  managingAgencyId?: string | null;
  openedOn?: Day | null;
  reason: string;
}

const IN = (field: string) => ["input", field];

/** The acts of a steward: each judges everything at once, then writes the rows and tells the ledger. */
export class InstitutionEntry {
  constructor(private readonly house: EntryHouse) {}

  async register(write: LedgerWrite, asked: Registration): Promise<Outcome<WrittenInstitution>> {
    const { records, design } = this.house;
    const code = normaliseText(asked.code);
    const name = normaliseText(asked.name);
    const openedOn = asked.openedOn ?? null;
    const kind = asked.kind ?? null;
    const problems = [
      ...(await codeProblems(write.manager, this.house, code, null)),
      ...nameProblems(name),
      ...(await kindProblems(write.manager, this.house, asked.sector, kind, openedOn, IN("kind"))),
      ...placeProblems(this.house, asked.unitId, openedOn),
      ...agencyProblems(this.house, asked.managingAgencyId),
      ...dayProblems(this.house, openedOn, IN("openedOn")),
      ...(await duplicateProblems(
        write.manager,
        this.house,
        { name, unitId: asked.unitId },
        asked.notDuplicateOf ?? [],
      )),
    ];
    if (problems.length > 0) return { problems };
    const owner = asked.sector.toLowerCase().replaceAll("_", "-");
    const id = `${design.idPrefix}:${owner}:${randomUUID()}`;
    const said = {
      code,
      name,
      managingAgencyId: asked.managingAgencyId ?? null,
      openedOn,
      ...(kind === null ? {} : { kind }),
      unit: asked.unitId,
    };
    const auditSequence = write.note({
      action: "REGISTER_INSTITUTION",
      recordId: id,
      version: 1,
      changes: changesBetween({}, said),
    });
    const institution = Object.assign(new records.institution(), {
      id,
      ...named(name),
      code,
      managingAgencyId: said.managingAgencyId,
      openedOn,
      closedOn: null,
      demonstration: false,
      version: 1,
      mergedIntoId: null,
      auditSequence,
    });
    await write.manager.insert(records.institution, institution);
    const first = { institutionId: id, ordinal: 1, fromOn: null, untilOn: null };
    await write.manager.insert(records.placement, { ...first, unitId: asked.unitId });
    if (records.kind && kind !== null) await write.manager.insert(records.kind, { ...first, kind });
    return { answer: { institution } };
  }

  correct(write: LedgerWrite, asked: Correction): Promise<Outcome<WrittenInstitution>> {
    return changeInstitution(
      this.house,
      write,
      asked,
      async ({ institution, placements, kinds }) => {
        const after = {
          code: asked.code == null ? institution.code : normaliseText(asked.code),
          name: asked.name == null ? institution.name : normaliseText(asked.name),
          managingAgencyId: asked.managingAgencyId ?? institution.managingAgencyId,
          openedOn: asked.openedOn ?? institution.openedOn,
        };
        const changes = changesBetween({ ...institution }, after);
        const changed = [...placements, ...kinds].map(({ fromOn }) => fromOn);
        const latest = [...changed, institution.closedOn].filter((day) => day != null).sort()[0];
        const problems = [
          ...reasonProblems(asked.reason, IN("reason")),
          ...(await codeProblems(write.manager, this.house, after.code, institution.id)),
          ...nameProblems(after.name),
          ...(asked.managingAgencyId == null
            ? []
            : agencyProblems(this.house, asked.managingAgencyId)),
          ...dayProblems(this.house, asked.openedOn ?? null, IN("openedOn"), { before: latest }),
          ...(asked.openedOn == null || kinds.length === 0
            ? []
            : await kindProblems(
                write.manager,
                this.house,
                sectorOfId(institution.id)!,
                kinds[0]!.kind,
                asked.openedOn,
                IN("openedOn"),
              )),
          ...(changes.length > 0 ? [] : [nothingChanged]),
        ];
        return {
          problems,
          action: "CORRECT_INSTITUTION",
          changes,
          reason: asked.reason,
          row: { ...after, ...named(after.name) },
        };
      },
    );
  }

  close(
    write: LedgerWrite,
    asked: Step & { on: Day; reason: string; mergedIntoId?: string },
    path: readonly string[] = ["input"],
  ): Promise<Outcome<WrittenInstitution>> {
    const mergedIntoId = asked.mergedIntoId ?? null;
    return changeInstitution(
      this.house,
      write,
      asked,
      async ({ institution, placements, kinds }) => {
        const latest = [institution.openedOn, current(placements)?.fromOn, current(kinds)?.fromOn];
        const after = latest
          .filter((day) => day != null)
          .sort()
          .at(-1);
        const row = { closedOn: asked.on, ...(mergedIntoId === null ? {} : { mergedIntoId }) };
        return {
          problems: [
            ...stillOpen(institution, path),
            ...reasonProblems(asked.reason, IN("reason")),
            ...dayProblems(this.house, asked.on, IN("on"), { after }),
          ],
          action: mergedIntoId === null ? "CLOSE_INSTITUTION" : "MERGE_INSTITUTION",
          changes: changesBetween({ ...institution }, row),
          reason: asked.reason,
          row,
        };
      },
      path,
    );
  }

  /** Closes the others on the day, each pointing to the one that goes on. All of them, or none. */
  async merge(
    write: LedgerWrite,
    asked: Step & { merged: readonly Step[]; on: Day; reason: string },
  ): Promise<Outcome<WrittenInstitution>> {
    const ids = asked.merged.map(({ id }) => id);
    if (ids.length === 0 || new Set([...ids, asked.id]).size !== ids.length + 1) {
      return {
        problems: [
          problem("INCONSISTENT", IN("merged"), [
            "Cần nêu ít nhất một cơ sở khác, mỗi cơ sở một lần, không kể cơ sở tiếp tục hoạt động.",
            "Name at least one other institution, each once, and not the one that goes on.",
          ]),
        ],
      };
    }
    const problems: Problem[] = [];
    for (const [index, each] of asked.merged.entries()) {
      const closed = await this.close(
        write,
        { ...each, on: asked.on, reason: asked.reason, mergedIntoId: asked.id },
        ["input", "merged", String(index)],
      );
      problems.push(...(closed.problems ?? []));
    }
    const survivor = await changeInstitution(this.house, write, asked, async ({ institution }) => ({
      problems: stillOpen(institution),
      action: "RECEIVE_INSTITUTIONS",
      changes: [{ field: "merged", from: null, to: ids }],
      reason: asked.reason,
      row: {},
    }));
    problems.push(...(survivor.problems ?? []));
    if (problems.length > 0) return { problems: onlyOnce(problems) };
    return survivor;
  }
}

function named(name: string) {
  return { name, nameFolded: foldText(name), nameSort: vietnameseSortKey(name) };
}

/** What is said of the shared day and reason is said of each that is closed. */
function onlyOnce(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((each) => [JSON.stringify(each), each])).values()];
}
