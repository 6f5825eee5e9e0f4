import { Command } from "commander";
import { auditCommand } from "./audit";
import { explainCommand } from "./explain";
import { exportCommand, restoreCommand } from "./export";
import { importCommand } from "./import";
import { remindCommand } from "./remind";
import { reportCommand } from "./report";
import { templateCommand } from "./template";
import { gatewayKeyCommand, tokenCommand } from "./token";

/** Every command of `npm run hub --`; each lives in a file of its own. */
const program = new Command("hub")
  .description(
    "Công cụ dòng lệnh của trung tâm dữ liệu học tập suốt đời / Command line of the lifelong-learning hub",
  )
  .helpCommand(false)
  .addCommand(auditCommand())
  .addCommand(templateCommand())
  .addCommand(importCommand())
  .addCommand(explainCommand())
  .addCommand(exportCommand())
  .addCommand(restoreCommand())
  .addCommand(remindCommand())
  .addCommand(reportCommand())
  .addCommand(tokenCommand())
  .addCommand(gatewayKeyCommand());

// Whoever reads only the first lines closes the pipe: that is no fault.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});

program.parseAsync(process.argv).catch((error: unknown) => {
  console.error(reasonOf(error));
  process.exitCode = 1;
});

function reasonOf(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { code, path, message } = error as NodeJS.ErrnoException;
  return code === "ENOENT" && path !== undefined
    ? `Không có tệp hoặc thư mục ${path}. / There is no file or folder ${path}.`
    : message;
}
