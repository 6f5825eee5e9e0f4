import { existsSync, readFileSync } from "node:fs";
import { Command } from "commander";
import {
  getVariableValues,
  GraphQLError,
  Kind,
  parse,
  print,
  validate,
  type DocumentNode,
  type OperationDefinitionNode,
} from "graphql";
import { createTokenVerifier } from "../access/access-token";
import { readEnvironment, type GatewaySettings } from "../gateway/environment";
import { fetchesOf } from "../gateway/execution/plan-step";
import { HubGateway } from "../gateway/gateway";
import { OperationLimits } from "../gateway/limits/operation-limits";
import { operationCost } from "../gateway/limits/operation-size";
import { createRequestContext } from "../gateway/request-context";
import { signers } from "../gateway/server";
import type { Question, Reply, Subgraph } from "../gateway/subgraph/subgraph";
import { readTrustedDocuments, TrustedDocuments } from "../gateway/trusted-documents";
import { createLog } from "../telemetry/log";
import { kilobytes, planTree, type FetchCost } from "./plan-tree";

interface ExplainOptions {
  variables: string;
  full?: true;
  write?: true;
}

/** An operation without a name is given this one, for its fetches to be told apart by. */
const NAMELESS = "Explained";
const WIDTH = 110;

/**
 * `hub explain`: plans the operation as the gateway would, asks the running subgraphs, and prints what each fetch cost. Rights
 * are those of `HUB_TOKEN`'s bearer, or of somebody who has not signed in; subgraphs are asked as the gateway asks them. Of a
 * mutation only the plan is printed, unless it is said that it may write.
 */
export function explainCommand(): Command {
  return new Command("explain")
    .description(
      "In kế hoạch thực hiện một truy vấn, và mỗi lần hỏi phân hệ tốn bao nhiêu / Print an operation's plan, and what each fetch cost",
    )
    .argument(
      "<operation>",
      "tệp, tên truy vấn đã biết, hoặc toàn văn / a file, a known name, or text",
    )
    .option("--variables <json>", "biến số, dạng JSON / variables, as JSON", "{}")
    .option(
      "--write",
      "thực hiện cả lệnh ghi, làm thay đổi dữ liệu / carry a mutation out, too: it changes data",
    )
    .option("--full", "in hết các trường / print all fields, however many")
    .action(explain);
}

async function explain(operation: string, options: ExplainOptions): Promise<void> {
  const settings = readEnvironment();
  const documents = readTrustedDocuments(settings.operationsPath);
  const query = readOperation(operation, documents);
  const variables = readVariables(options.variables);
  const log = createLog("explain", "silent");
  const limits = new OperationLimits({ ...settings.limits, costMode: "off" }, documents, log);
  const costs = new Map<string, FetchCost>();
  const gateway = new HubGateway({
    ...settings,
    executor: "compiled",
    // Nothing else need be made ready.
    documents: new TrustedDocuments([]),
    limits,
    localSubgraphs: {},
    supergraphPollMs: 60_000,
    signerFor: signers(settings),
    lastAnswers: undefined,
    metrics: undefined,
    tracing: undefined,
    watch: (subgraph) => watched(subgraph, costs),
    log,
  });
  await gateway.load();
  try {
    const { document, text } = readDocument(query, gateway);
    const root = document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION)!;
    const coerced = coerce(gateway, root, variables);
    const context = createRequestContext({ "accept-language": "vi" }, await viewer(settings));
    const begun = performance.now();
    const started = gateway.start({ query: text, variables });
    if (started === undefined) throw new Error(NO_PLAN);
    const planned = performance.now();
    const cost = operationCost(gateway.apiSchema, document, root, coerced);
    const width = options.full ? Infinity : WIDTH;
    const head = [
      `${root.name!.value} ${JSON.stringify(variables)}`,
      `Tối đa / At most ${cost} đối tượng / objects (MAX_COST ${settings.limits.maxCost}); lập kế hoạch / planned in ${(planned - begun).toFixed(1)} ms`,
      "",
    ];
    if (root.operation === "mutation" && !options.write) {
      const tree = started.plan ? planTree(started.plan, undefined, width) : [NOBODY_ASKED];
      console.log([...head, ...tree, "", NOT_CARRIED_OUT].join("\n"));
      return;
    }
    const asking = performance.now();
    const { json } = await started.execute(context);
    const done = performance.now();
    const costOf = ({ operationName }: { operationName?: string | undefined }) =>
      costs.get(operationName ?? "");
    const asked = fetchesOf(started.plan).flatMap((fetch) => costOf(fetch) ?? []);
    const { errors = [] } = JSON.parse(json.toString("utf8")) as { errors?: { message: string }[] };
    console.log(
      [
        ...head,
        ...(started.plan ? planTree(started.plan, costOf, width) : [NOBODY_ASKED]),
        "",
        `Tổng / Total: ${asked.length} lần hỏi / fetches, ${kilobytes(asked.reduce((sum, { bytes }) => sum + bytes, 0))}, ${(done - asking).toFixed(1)} ms; trả lời / answer ${kilobytes(json.length)}`,
        ...errors.slice(0, 10).map(({ message }) => `LỖI / ERROR: ${message}`),
      ].join("\n"),
    );
  } finally {
    await gateway.stop();
  }
}

const NOBODY_ASKED = "Không cần hỏi phân hệ nào. / No subgraph need be asked.";
const NO_PLAN =
  "Truy vấn này không có kế hoạch riêng của hệ thống: hỏi về chính lược đồ, nhận tin, hoặc để bộ thực thi của Apollo trả lời. / " +
  "The operation has no plan of the hub's own: it asks about the schema itself, subscribes, or is left to Apollo's executor.";
const NOT_CARRIED_OUT =
  "Lệnh ghi không được thực hiện, vì sẽ thay đổi dữ liệu đang dùng; thêm --write để thực hiện và đo. / " +
  "A mutation is not carried out, for it would change the data in service; add --write to carry it out and measure it.";

/** The variables with their defaults. @throws which are missing or wrong, and why. */
function coerce(
  { apiSchema }: HubGateway,
  { variableDefinitions = [] }: OperationDefinitionNode,
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const { coerced, errors } = getVariableValues(apiSchema, variableDefinitions, given);
  if (coerced) return coerced;
  throw new Error(
    `Biến số thiếu hoặc sai / Variables are missing or wrong:\n${errors.map(({ message }) => `  ${message}`).join("\n")}`,
  );
}

/** The subgraph, with a note of what each of its answers took, by the name of the fetch. */
function watched(subgraph: Subgraph, costs: Map<string, FetchCost>): Subgraph {
  return {
    name: subgraph.name,
    dataVersions: () => subgraph.dataVersions(),
    publishedChanges: (after) => subgraph.publishedChanges(after),
    ask: async (question, context) => {
      const begun = performance.now();
      const reply = await subgraph.ask(question, context);
      costs.set(question.operationName ?? "", costOf(question, reply, performance.now() - begun));
      return reply;
    },
  };
}

function costOf({ variables }: Question, reply: Reply, ms: number): FetchCost {
  const { representations } = JSON.parse(variables) as { representations?: unknown[] };
  const body = "body" in reply ? reply.body : undefined;
  return {
    ms,
    bytes: body ? Buffer.byteLength(JSON.stringify(body)) : 0,
    representations: representations?.length,
    errors: body?.errors?.length ?? 0,
    fault: "fault" in reply ? reply.fault.reason : undefined,
  };
}

/** @throws when it is neither a file, nor a known operation's name, nor the text of one. */
function readOperation(operation: string, documents: TrustedDocuments): string {
  if (operation.includes("{")) return operation;
  if (existsSync(operation)) return readFileSync(operation, "utf8");
  const known = documents.texts.find((text) => documents.nameOf(text) === operation);
  if (known !== undefined) return known;
  const names = documents.texts.map((text) => documents.nameOf(text)).join(", ");
  throw new Error(
    `Không có tệp hay truy vấn nào tên ${operation} / There is no file and no operation ${operation}: ${names}`,
  );
}

function readVariables(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch {
    // Told below, as for any other text that is no object.
  }
  throw new Error(
    `--variables: cần một đối tượng JSON / must be a JSON object, such as '{"code":"12","year":2025}'`,
  );
}

/** The operation with a name. @throws what is wrong with it. */
function readDocument(
  query: string,
  gateway: HubGateway,
): { document: DocumentNode; text: string } {
  const told = (errors: readonly GraphQLError[]) =>
    new Error(
      `Truy vấn sai / The operation is wrong:\n${errors.map((error) => `  ${error.toString()}`).join("\n")}`,
    );
  let document: DocumentNode;
  try {
    document = parse(query);
  } catch (error) {
    throw error instanceof GraphQLError ? told([error]) : error;
  }
  const errors = validate(gateway.apiSchema, document);
  if (errors.length > 0) throw told(errors);
  const operations = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  if (operations.length !== 1)
    throw new Error(
      "Cần đúng một truy vấn trong tài liệu. / The document must hold exactly one operation.",
    );
  const definitions = document.definitions.map((one) =>
    one.kind === Kind.OPERATION_DEFINITION && one.name === undefined
      ? { ...one, name: { kind: Kind.NAME as const, value: NAMELESS } }
      : one,
  );
  const named = { ...document, definitions };
  return { document: named, text: print(named) };
}

async function viewer({ access }: GatewaySettings) {
  const token = process.env.HUB_TOKEN;
  return token ? createTokenVerifier(access)(`Bearer ${token}`) : null;
}
