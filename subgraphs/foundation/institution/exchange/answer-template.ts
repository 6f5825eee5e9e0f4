import type { Caller } from "../../rights/caller";
import { SECTORS } from "../../sector";
import { refusalOf } from "./exchange-refusal";
import type { TemplateAsk } from "./template";

/**
 * Answers with the workbook to be filled in, or a refusal in the shape of a GraphQL error.
 * @param address with `sector` and `year` as query parameters.
 */
export async function answerTemplate(
  writeTemplate: (caller: Caller, ask: TemplateAsk) => Promise<Buffer>,
  caller: Caller,
  address: string,
): Promise<{ status: 200; workbook: Buffer } | { status: number; body: object }> {
  const query = new URL(address, "http://hub").searchParams;
  const year = query.get("year") ?? "";
  try {
    const workbook = await writeTemplate(caller, {
      sector: SECTORS.find((each) => each === query.get("sector")) ?? null,
      year: /^\d{4}$/u.test(year) ? Number(year) : null,
    });
    return { status: 200, workbook };
  } catch (error) {
    return refusalOf(error);
  }
}
