import type { Context } from "../context";
import { ruleOf } from "./assessment.messages";
import type { AssessmentReference, AssessmentSource } from "./assessment.service";
import type { Resolvers } from "../generated/resolver-types";

export const assessmentResolvers = {
  Assessment: {
    __resolveReference: (reference: AssessmentReference, { services }: Context) =>
      services.assessment.of(reference),
    rule: ({ kind }: AssessmentSource) => ruleOf(kind).vi,
    ruleEn: ({ kind }: AssessmentSource) => ruleOf(kind).en,
  },
} satisfies Resolvers;
