import { GraphQLError } from "graphql";

/** The tables stand, and nobody has put the reference files into them. */
export class ReferenceMissing extends GraphQLError {
  constructor() {
    super(
      "Chưa nạp tệp tham chiếu (kế hoạch, cơ quan, đơn vị hành chính); hãy chạy `npm run db:migrate`. / " +
        "The reference files (plan, agencies, administrative units) have not been loaded; run `npm run db:migrate`.",
      { extensions: { code: "SUBGRAPH_UNAVAILABLE", reason: "REFERENCE" } },
    );
  }
}
