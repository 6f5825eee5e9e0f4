import { GraphQLError } from "graphql";

/** A caller's mistake, told in both languages: what was wrong, and what is accepted. */
export function badInput(vietnamese: string, english: string): GraphQLError {
  return new GraphQLError(`${vietnamese} / ${english}`, { extensions: { code: "BAD_USER_INPUT" } });
}

/** Collects what an answer had to leave out, so that data and the reason travel together in one response. */
export class PartialFaults {
  private readonly noted = new Map<string, GraphQLError>();

  /** Once for each sector and field, however many units or rows it was missing from. */
  note(sector: string, sectorName: string, path: ReadonlyArray<string | number>): void {
    const field = path.filter((step) => typeof step === "string").join(".");
    const key = `${sector} ${field}`;
    if (this.noted.has(key)) return;
    this.noted.set(
      key,
      new GraphQLError(
        `Cơ sở dữ liệu của ngành ${sectorName} không trả lời; số liệu của ngành này không có trong kết quả. / ` +
          `The database of sector ${sector} did not answer; its data are not in the result.`,
        { path, extensions: { code: "SUBGRAPH_UNAVAILABLE", sector, reason: "DATABASE" } },
      ),
    );
  }

  get errors(): GraphQLError[] {
    return [...this.noted.values()];
  }
}
