import type { Day } from "../calendar";

/** A condition with its parameters, in SQL that SQLite, MySQL and MariaDB read alike. */
export interface Sql {
  sql: string;
  parameters: unknown[];
}

export type ReportBasis = "APPROVED" | "SUBMITTED";

/** The states of reports that a basis counts. */
export function reportCounts(basis: ReportBasis): string[] {
  return basis === "APPROVED" ? ["APPROVED"] : ["SUBMITTED", "APPROVED"];
}

export function marks(values: readonly unknown[]): string {
  return values.length === 0 ? "NULL" : values.map(() => "?").join(", ");
}

export const days = {
  /** Open on the day: the opening day is inside, the closing day outside. */
  operating(institution: string, day: Day): Sql {
    return {
      sql: `(${institution}.opened_on IS NULL OR ${institution}.opened_on <= ?) AND (${institution}.closed_on IS NULL OR ${institution}.closed_on > ?)`,
      parameters: [day, day],
    };
  },

  /** The interval that holds on the day; that of the last day goes on holding after the institution has closed. */
  placed(interval: string, institution: string, day: Day): Sql {
    return {
      sql: `(${interval}.from_on IS NULL OR ${interval}.from_on <= ?) AND (${interval}.until_on IS NULL OR ${interval}.until_on > ? OR (${interval}.until_on = ${institution}.closed_on AND ${institution}.closed_on <= ?))`,
      parameters: [day, day, day],
    };
  },
};
