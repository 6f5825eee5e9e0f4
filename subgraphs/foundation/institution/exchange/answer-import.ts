import type { Caller } from "../../rights/caller";
import { SECTORS } from "../../sector";
import { refusalOf } from "./exchange-refusal";
import type { FileAnswer, FileAsk } from "./file-import";

/**
 * Answers an uploaded file: 200 when it was written or could be, 422 with every problem and the marked copy (base64) when it
 * has errors, and a refusal in the shape of a GraphQL error when it is not read at all.
 * @param address with `file`, `sector`, `year`, `submit` and `dryRun` as query parameters.
 */
export async function answerImport(
  importFile: (caller: Caller, ask: FileAsk) => Promise<FileAnswer>,
  caller: Caller,
  address: string,
  bytes: Buffer,
): Promise<{ status: number; body: object }> {
  const query = new URL(address, "http://hub").searchParams;
  const year = query.get("year");
  try {
    const { marked, problems, ...answer } = await importFile(caller, {
      bytes,
      fileName: query.get("file") ?? "tep",
      sector: SECTORS.find((each) => each === query.get("sector")) ?? null,
      year: year !== null && /^\d{4}$/u.test(year) ? Number(year) : null,
      submit: query.get("submit") === "1",
      dryRun: query.get("dryRun") === "1",
    });
    return {
      status: marked ? 422 : 200,
      body: {
        ...answer,
        problems: problems.map(({ vi, en, ...place }) => ({
          ...place,
          message: caller.language === "vi" ? vi : en,
        })),
        marked: marked?.toString("base64") ?? null,
      },
    };
  } catch (error) {
    return refusalOf(error);
  }
}
