import { GraphQLError } from "graphql";
import type { EntityManager } from "typeorm";
import { DatabaseUnavailable, type Database } from "../foundation/database";

/** What a repository of this subgraph may do with the provincial database: read. */
export interface ProvincialDatabase {
  read<T>(work: (manager: EntityManager) => Promise<T>): Promise<T>;
}

/** Tells the caller which owner is silent, where the foundation's error would only be "internal". */
export function provincialDatabase(database: Database): ProvincialDatabase {
  return {
    read: async (work) => {
      try {
        return await database.read(work);
      } catch (error) {
        if (!(error instanceof DatabaseUnavailable)) throw error;
        throw provincialDatabaseIsSilent();
      }
    },
  };
}

export function provincialDatabaseIsSilent(): GraphQLError {
  return new GraphQLError(
    "Cơ sở dữ liệu của tỉnh (kế hoạch, cơ quan, đơn vị hành chính) không trả lời. / " +
      "The provincial database (plan, agencies, administrative units) did not answer.",
    { extensions: { code: "SUBGRAPH_UNAVAILABLE", reason: "DATABASE" } },
  );
}
