import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { Command } from "commander";
import { issueToken } from "../access/access-token";
import { openSigningKey } from "../access/signing-key";
import type { AgencyTasksEnvironment } from "../subgraphs/agency-tasks/environment";
import { provincialDatabase } from "../subgraphs/agency-tasks/provincial-database";
import { SealedReportRepository } from "../subgraphs/agency-tasks/sealed-report/sealed-report.repository";
import { readAgencyDirectory } from "../subgraphs/foundation/rights/agency-directory";
import { writeAnnualReport } from "./annual-report";
import { commandCaller, readYear } from "./command-caller";
import { withHubDatabases } from "./hub-databases";

/** `hub report`: seals a year's figures, checks what was sealed, and writes the annual report from it. */
export function reportCommand(): Command {
  return new Command("report")
    .description("Báo cáo năm đã niêm phong / The sealed annual report")
    .helpCommand(false)
    .addCommand(sealCommand())
    .addCommand(verifyCommand())
    .addCommand(printCommand());
}

function sealCommand(): Command {
  return new Command("seal")
    .description(
      "Niêm phong số liệu một năm (hệ thống phải đang chạy) / Seal a year; the hub must be running",
    )
    .requiredOption("--year <year>", "năm / year")
    .action(async ({ year }: { year: string }) => {
      await withHubDatabases(async ({ settings, agencyTasks }) => {
        const asked = readYear(year)!;
        const input = { year: asked, idempotencyKey: randomUUID() };
        const { sealReport } = await askAsCulture(settings, SEAL, { input });
        const { userErrors } = sealReport as { userErrors: { message: string }[] };
        if (userErrors.length > 0)
          throw new Error(userErrors.map(({ message }) => message).join("\n"));
        const reports = new SealedReportRepository(provincialDatabase(agencyTasks));
        for (;;) {
          const report = await reports.ofYear(asked);
          if (report?.state === "FAILED") throw new Error(report.failure!);
          if (report?.state === "SEALED") {
            console.log(`${asked}: ${report.sealedAt} ${report.root}`);
            return;
          }
          await new Promise((resolve) => setTimeout(resolve, 500));
        }
      });
    });
}

function verifyCommand(): Command {
  return new Command("verify")
    .description("Kiểm tra báo cáo đã niêm phong / Check a sealed report")
    .requiredOption("--year <year>", "năm / year")
    .option("--root <hash>", "mã băm gốc đã ghi nhận / the root that was noted")
    .action(async ({ year, root }: { year: string; root?: string }) => {
      await withHubDatabases(async ({ agencyTasks }) => {
        const reports = new SealedReportRepository(provincialDatabase(agencyTasks));
        const asked = readYear(year)!;
        const isIntact = await reports.isIntact(asked);
        if (isIntact === null) throw new Error(notSealed(asked));
        const report = await reports.ofYear(asked);
        for (const [name, hash] of await reports.rootsOf(asked))
          console.log(`${name.padEnd(13)} ${hash}`);
        console.log(`${"ROOT".padEnd(13)} ${report!.root}`);
        const isNoted = root === undefined || root === report!.root;
        console.log(isIntact && isNoted ? "đúng / intact" : "SAI / BROKEN");
        if (!isIntact || !isNoted) process.exitCode = 1;
      });
    });
}

function printCommand(): Command {
  return new Command("print")
    .description("Viết báo cáo năm .docx theo Nghị định 30/2020/NĐ-CP / Write the annual report")
    .requiredOption("--year <year>", "năm / year")
    .requiredOption("--out <file>", "tệp .docx")
    .action(async ({ year, out }: { year: string; out: string }) => {
      await withHubDatabases(async ({ settings, agencyTasks }) => {
        const reports = new SealedReportRepository(provincialDatabase(agencyTasks));
        const asked = readYear(year)!;
        const isIntact = await reports.isIntact(asked);
        if (isIntact === null) throw new Error(notSealed(asked));
        if (!isIntact) throw new Error(`${asked}: SAI / BROKEN`);
        const { agencyId, sealedAt, root } = (await reports.ofYear(asked))!;
        const agencies = readAgencyDirectory(settings.REFERENCE_AGENCIES);
        const bytes = await writeAnnualReport({
          year: asked,
          agency: { id: agencyId, name: agencies.name(agencyId, "vi") ?? agencyId },
          sealedAt: sealedAt!,
          root: root!,
          figures: await reports.figuresOf(asked),
        });
        await writeFile(out, bytes);
        console.log(out);
      });
    });
}

const SEAL =
  "mutation ($input: SealReportInput!) { sealReport(input: $input) { userErrors { message } } }";

const notSealed = (year: number) =>
  `Năm ${year} chưa được niêm phong. / The year ${year} has not been sealed.`;

/** Asks the running hub as the culture department, whose act sealing is. */
async function askAsCulture(
  settings: AgencyTasksEnvironment,
  query: string,
  variables: object,
): Promise<Record<string, unknown>> {
  const { viewer } = await commandCaller(settings, "CULTURE", "APPROVER");
  const token =
    process.env.HUB_TOKEN ??
    (await issueToken(openSigningKey(settings.DATA_DIRECTORY), {
      ...viewer!,
      lifetimeSeconds: 60,
    }));
  const response = await fetch(settings.HUB_URL, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  }).catch(() => {
    throw new Error(
      `Hệ thống không trả lời ở ${settings.HUB_URL}; hãy chạy npm start, hoặc đặt HUB_URL. / The hub does not answer at ${settings.HUB_URL}; run npm start, or set HUB_URL.`,
    );
  });
  if (response.status === 404) {
    throw new Error(
      `${settings.HUB_URL} không phải địa chỉ GraphQL; HUB_URL cần kết thúc bằng /graphql. / ${settings.HUB_URL} is no GraphQL address; HUB_URL ends in /graphql.`,
    );
  }
  const { data, errors } = (await response.json()) as {
    data?: Record<string, unknown> | null;
    errors?: { message: string }[];
  };
  if (!data || errors) throw new Error(errors?.[0]?.message ?? `HTTP ${response.status}`);
  return data;
}
