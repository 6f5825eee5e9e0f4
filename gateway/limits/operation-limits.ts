import {
  GraphQLError,
  Lexer,
  parse,
  Source,
  TokenKind,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from "graphql";
import type { Logger } from "pino";
import { operationHash } from "../../telemetry/observed-request";
import type { TrustedDocuments } from "../trusted-documents";
import { operationCost, operationShape } from "./operation-size";

export interface LimitSettings {
  maxTokens: number;
  maxDepth: number;
  maxAliases: number;
  maxRootFields: number;
  maxCost: number;
  /** `measure`: what costs too much is logged and answered all the same. */
  costMode: "off" | "measure" | "enforce";
}

/** How large an operation may be. Trusted documents may be of any size: somebody looked at them beforehand. */
export class OperationLimits {
  constructor(
    private readonly settings: LimitSettings,
    private readonly documents: TrustedDocuments,
    private readonly log: Logger,
  ) {}

  /** Undefined when it may go on to be validated, or is no GraphQL at all, which others say better. */
  refuseText(source: string): GraphQLError | undefined {
    if (this.documents.has(source)) return undefined;
    const { maxTokens, maxDepth, maxAliases, maxRootFields } = this.settings;
    let document: DocumentNode;
    try {
      const tooLarge = refuseTokens(source, maxTokens);
      if (tooLarge) return tooLarge;
      document = parse(source, { noLocation: true });
    } catch (error) {
      if (error instanceof GraphQLError) return undefined;
      throw error;
    }
    const { depth, aliases, rootFields } = operationShape(document);
    if (depth > maxDepth) return tooMuch("tầng lồng nhau", "levels of fields", depth, maxDepth);
    if (aliases > maxAliases) return tooMuch("bí danh", "aliases", aliases, maxAliases);
    if (rootFields > maxRootFields)
      return tooMuch("trường ở gốc", "fields at the root", rootFields, maxRootFields);
    return undefined;
  }

  /** For a valid operation; variables are coerced, defaults filled in. */
  refuseCost(
    source: string,
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Readonly<Record<string, unknown>>,
  ): GraphQLError | undefined {
    const { costMode, maxCost } = this.settings;
    if (costMode === "off" || this.documents.has(source)) return undefined;
    const cost = operationCost(schema, document, operation, variables);
    if (cost <= maxCost) return undefined;
    if (costMode === "enforce") return tooMuch("đối tượng", "objects", cost, maxCost);
    this.log.warn({ cost, maxCost, operation: operationHash(source) }, "operation costs too much");
    return undefined;
  }
}

/** Brackets within brackets; far above what the limit of depth lets through, and far below what exhausts the stack. */
const MAX_NESTING = 200;

/** Reads the text token by token, before anything that calls itself for every bracket. @throws where it is no GraphQL. */
function refuseTokens(source: string, maxTokens: number): GraphQLError | undefined {
  const lexer = new Lexer(new Source(source));
  let nesting = 0;
  for (let tokens = 0; ; tokens += 1) {
    const { kind } = lexer.advance();
    if (kind === TokenKind.EOF) return undefined;
    if (tokens === maxTokens) return tooMuch("từ tố", "tokens", undefined, maxTokens);
    if (OPENING.has(kind)) nesting += 1;
    else if (CLOSING.has(kind)) nesting -= 1;
    if (nesting > MAX_NESTING)
      return tooMuch("dấu ngoặc lồng nhau", "brackets within brackets", undefined, MAX_NESTING);
  }
}

const OPENING = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const CLOSING = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

function tooMuch(
  vietnamese: string,
  english: string,
  is: number | undefined,
  limit: number,
): GraphQLError {
  const found = is === undefined || !Number.isFinite(is) ? "" : ` ${is}`;
  return new GraphQLError(
    `Truy vấn quá lớn: có${found || " quá nhiều"} ${vietnamese}, tối đa ${limit}; hãy chia nhỏ hoặc giảm first. / ` +
      `The operation is too large:${found || " too many"} ${english}, at most ${limit}; divide it or ask for smaller pages.`,
    { extensions: { code: "GRAPHQL_VALIDATION_FAILED" } },
  );
}
