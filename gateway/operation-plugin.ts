import type { ApolloServerPlugin } from "@apollo/server";
import {
  getVariableValues,
  GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from "graphql";
import { fieldsSelected } from "./field-usage";
import type { HubGateway } from "./gateway";
import type { OperationLimits } from "./limits/operation-limits";
import type { GatewayMetrics } from "./metrics";
import type { RequestContext } from "./request-context";

/**
 * Marks the moment from which a refusal is about the operation, and no longer about the HTTP request; and refuses an operation
 * that asks for too much, or for what cannot be answered rightly.
 */
export const operationPlugin = (
  gateway: Pick<HubGateway, "refuse">,
  limits: OperationLimits,
  metrics: GatewayMetrics | undefined,
): ApolloServerPlugin<RequestContext> => ({
  async requestDidStart() {
    return {
      async didResolveSource({ contextValue }) {
        contextValue.progress.operationRead = true;
      },
      async didResolveOperation({ source, schema, document, operation, request, contextValue }) {
        if (operation?.operation === "subscription") throw NOT_A_SUBSCRIPTION;
        const { variableDefinitions = [] } = operation!;
        const given = getVariableValues(schema, variableDefinitions, request.variables ?? {});
        const error =
          refuseKind(schema, operation!) ??
          gateway.refuse(schema, document) ??
          limits.refuseCost(source, schema, document, operation!, given.coerced ?? {});
        if (error === undefined) {
          metrics?.fields.count(contextValue.client, fieldsSelected(schema, document));
          return;
        }
        const extensions = { ...error.extensions, http: { status: 400 } };
        throw new GraphQLError(error.message, { extensions });
      },
    };
  },
});

/** Validation lets pass an operation whose kind the schema does not have at all. */
function refuseKind(
  schema: GraphQLSchema,
  { operation }: OperationDefinitionNode,
): GraphQLError | undefined {
  if (schema.getRootType(operation)) return undefined;
  return new GraphQLError(
    `Lược đồ không có thao tác loại ${operation}. / The schema has no operation of the kind ${operation}.`,
    { extensions: { code: "GRAPHQL_VALIDATION_FAILED" } },
  );
}

const NOT_A_SUBSCRIPTION = new GraphQLError(
  "Đăng ký nhận tin chỉ qua text/event-stream; hãy gửi Accept: text/event-stream. / " +
    "Subscriptions are answered as text/event-stream alone; send Accept: text/event-stream.",
  { extensions: { code: "BAD_REQUEST", http: { status: 400 } } },
);
