import { randomUUID } from "node:crypto";
import type { Day } from "../../calendar";
import { problem } from "../../entry/problem";
import { RulingRecord, rulingInForce } from "../../indicator/ruling.record";
import type { LedgerWrite, Outcome } from "../../ledger/ledger";
import type { Sector } from "../../sector";
import { reasonProblems, type EntryHouse } from "./entry-house";

export interface AskedRuling {
  sector: Sector;
  class: string;
  basis: string;
  citation: string;
  classEndedOn: Day;
}

/** How a class that has ended is counted from now on: recorded by the owner of the class; earlier rulings are kept. */
export class RulingEntry {
  constructor(private readonly house: EntryHouse) {}

  async record(write: LedgerWrite, asked: AskedRuling): Promise<Outcome<{ ruling: RulingRecord }>> {
    const owned = this.house.design.kindsBySector?.[asked.sector] ?? [];
    const problems = [
      ...(owned.includes(asked.class)
        ? []
        : [
            problem(
              "WRONG_KIND",
              ["input", "class"],
              [
                `Ngành này không có loại ${asked.class}; các loại của ngành: ${owned.join(", ")}.`,
                `This sector has no kind ${asked.class}; it has ${owned.join(", ")}.`,
              ],
            ),
          ]),
      ...reasonProblems(asked.citation, ["input", "citation"]),
    ];
    if (problems.length > 0) return { problems };
    const id = randomUUID();
    const { class: ended, basis, citation, classEndedOn } = asked;
    const before = await rulingInForce(write.manager, ended);
    write.note({
      action: "RECORD_RULING",
      recordId: id,
      version: 1,
      changes: [
        { field: "class", from: null, to: ended },
        { field: "basis", from: before?.basis ?? null, to: basis },
        { field: "classEndedOn", from: before?.classEndedOn ?? null, to: classEndedOn },
      ],
      reason: citation,
    });
    const ruling = Object.assign(new RulingRecord(), {
      id,
      class: ended,
      basis,
      citation,
      classEndedOn,
      recordedAt: write.at,
    });
    await write.manager.insert(RulingRecord, ruling);
    return { answer: { ruling } };
  }
}
