import { Command } from "commander";
import { dayInVietnam } from "../subgraphs/foundation/calendar";
import { ReportingRepository } from "../subgraphs/foundation/institution/reporting.repository";
import { readAgencyDirectory } from "../subgraphs/foundation/rights/agency-directory";
import { readYear } from "./command-caller";
import { withHubDatabases, type HubDatabases } from "./hub-databases";

interface Owing {
  subgraph: string;
  sector: string;
  agencyId: string | null;
  agency: string;
  expected: number;
  received: number;
  missing: number;
}

/** `hub remind`: which agencies still owe institutions' reports, for people and for a webhook that tells them. */
export function remindCommand(): Command {
  return new Command("remind")
    .description("Nhắc cơ quan còn thiếu báo cáo / Remind agencies that still owe reports")
    .requiredOption("--year <year>", "năm báo cáo / year of the reports")
    .option("--webhook <url>", "gửi JSON tới địa chỉ / send JSON to the address (REMINDER_WEBHOOK)")
    .action(async ({ year, webhook }: { year: string; webhook?: string }) => {
      await withHubDatabases(async (hub) => {
        const asked = readYear(year)!;
        const dueOn = `${asked + 1}-${hub.settings.REPORT_DUE}`;
        const owing = await readOwing(hub, asked, dueOn);
        for (const { subgraph, agency, expected, missing } of owing)
          console.log(`${subgraph}: ${agency}: thiếu / missing ${missing} / ${expected}`);
        console.log(`Hạn nộp / Due on ${dueOn}`);
        const address = webhook ?? process.env.REMINDER_WEBHOOK;
        if (!address) return;
        const today = dayInVietnam(new Date());
        const response = await fetch(address, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ year: asked, dueOn, isOverdue: today > dueOn, owing }),
          signal: AbortSignal.timeout(10_000),
        });
        if (!response.ok) throw new Error(`${address}: HTTP ${response.status}`);
        console.log(`${address}: HTTP ${response.status}`);
      });
    });
}

/** By subgraph, sector and agency, most missing first. Of protected sectors nothing leaves the hub. */
async function readOwing(hub: HubDatabases, year: number, dueOn: string): Promise<Owing[]> {
  const agencies = readAgencyDirectory(hub.settings.REFERENCE_AGENCIES);
  const owing = new Map<string, Owing>();
  for (const { design, databases } of hub.institutions) {
    for (const [sector, database] of databases) {
      if (design.protectedSectors.includes(sector)) continue;
      const counts = await new ReportingRepository(database, design.records).countFor(year, dueOn);
      for (const { agencyId, expected, received } of counts) {
        const key = `${design.name} ${sector} ${agencyId}`;
        const agency = (agencyId === null ? null : agencies.name(agencyId, "vi")) ?? sector;
        const known = owing.get(key) ?? {
          subgraph: design.name,
          sector,
          agencyId,
          agency,
          expected: 0,
          received: 0,
          missing: 0,
        };
        known.expected += expected;
        known.received += received;
        known.missing = known.expected - known.received;
        owing.set(key, known);
      }
    }
  }
  return [...owing.values()]
    .filter(({ missing }) => missing > 0)
    .sort((a, b) => b.missing - a.missing);
}
