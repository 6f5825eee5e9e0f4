import { Command } from "commander";
import { DutyProgressRecord } from "../subgraphs/agency-tasks/duty-progress/duty-progress.record";
import { verifyLedger, type Anchor } from "../subgraphs/foundation/ledger/verify-ledger";
import { withHubDatabases } from "./hub-databases";

/** `hub audit verify`: reads every owner's ledger from the first entry to the last. */
export function auditCommand(): Command {
  const verify = new Command("verify")
    .description("Kiểm tra sổ ghi của mọi ngành / Check the ledgers of every owner")
    .option(
      "--since <database:sequence:hash...>",
      "mục cuối đã ghi nhận ở lần trước / last entries noted at an earlier check",
    )
    .action(async ({ since = [] }: { since?: string[] }) => {
      const anchors = new Map(since.map(readAnchor));
      const flaws = await withHubDatabases(async ({ agencyTasks, institutions }) => {
        let found = 0;
        const check = async (
          database: typeof agencyTasks,
          records: readonly (new () => object)[],
        ) => {
          const anchor = anchors.get(database.name) ?? null;
          const report = await verifyLedger(database, records, anchor);
          const { sequence, hash } = report.head;
          const verdict = report.flaws.length === 0 ? "đúng / intact" : "SAI / BROKEN";
          console.log(`${database.name}:${sequence}:${hash}  ${verdict}`);
          for (const flaw of report.flaws)
            console.log(`  mục / entry ${flaw.sequence}: ${flaw.vi} / ${flaw.en}`);
          found += report.flaws.length;
        };
        await check(agencyTasks, [DutyProgressRecord]);
        for (const { design, databases } of institutions) {
          const { institution, report } = design.records;
          for (const database of databases.values()) await check(database, [institution, report]);
        }
        return found;
      });
      if (flaws > 0) process.exitCode = 1;
    });
  return new Command("audit")
    .description("Sổ ghi các thay đổi / The ledger of writes")
    .helpCommand(false)
    .addCommand(verify);
}

/** `libraries/culture:12:<hash>`, as the check printed it. */
function readAnchor(text: string): [string, Anchor] {
  const [, name, sequence, hash] = /^([\w/-]+):(\d+):([0-9a-f]{64})$/u.exec(text) ?? [];
  if (name === undefined || sequence === undefined || hash === undefined)
    throw new Error(`--since ${text}: cần / needs database:sequence:hash`);
  return [name, { sequence: Number(sequence), hash }];
}
