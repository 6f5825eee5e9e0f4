import type { GraphQLResolveInfo } from "graphql";
import type { Role, Viewer } from "../../access/viewer";
import { DatabaseUnavailable } from "../foundation/database";
import type { Author, Ledger, LedgerWrite, Outcome } from "../foundation/ledger/ledger";
import type { DutyProgressEntry } from "./duty-progress/duty-progress-entry";
import { provincialDatabaseIsSilent } from "./provincial-database";

/** What one caller does to the provincial database: every act goes through its ledger. */
export class ProvincialWriter {
  constructor(
    private readonly ledger: Ledger,
    private readonly viewer: Viewer | null,
    private readonly roles: ReadonlyMap<string, Role>,
    readonly dutyProgress: DutyProgressEntry,
  ) {}

  /** Who does what the field does: the caller, under the role that let him in. */
  authorOf({ path }: GraphQLResolveInfo): Author {
    const { agencyId, subject } = this.viewer!;
    return { agencyId, subject, role: this.roles.get(String(path.key))! };
  }

  /**
   * Does the work under the role that let the caller in.
   * @throws SUBGRAPH_UNAVAILABLE when the database does not answer; nothing was written then.
   */
  async write<Answer>(
    info: GraphQLResolveInfo,
    { idempotencyKey, ...request }: { idempotencyKey: string },
    work: (write: LedgerWrite) => Promise<Outcome<Answer>>,
  ): Promise<Outcome<Answer>> {
    const command = { name: info.fieldName, idempotencyKey, request };
    try {
      return await this.ledger.write(this.authorOf(info), command, work);
    } catch (error) {
      if (error instanceof DatabaseUnavailable) throw provincialDatabaseIsSilent();
      throw error;
    }
  }
}
