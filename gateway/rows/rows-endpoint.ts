import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { GraphQLString } from "graphql";
import { askDocument } from "../ask-document";
import type { GraphQLParts } from "../graphql-endpoint";
import { refuse, refuseMethod, send } from "../http/http-answer";
import { createRequestContext } from "../request-context";
import { readViewer } from "../viewer";
import { dataPackage } from "./data-package";
import type { Row } from "./flatten";
import { knownTables, type KnownTables } from "./known-tables";
import { labelsOf } from "./labels";
import { describe, PartialAnswer } from "./missing";
import { pagesOf, type Page } from "./pages";
import { readParameters, WrongParameters, type RowsQuestion } from "./parameters";
import type { Column } from "./table";
import { csvOf, jsonOf, xlsxOf, type Batches, type Layout } from "./write-rows";

export interface RowsParts extends GraphQLParts {
  /** The hub's address as the client knows it, without a slash at its end. */
  addressFor: (request: IncomingMessage) => string;
  dataLicence: string | undefined;
  /** A mail address. */
  dataContact: string | undefined;
}

interface Format {
  type: string;
  isFile: boolean;
  write(layout: Layout, batches: Batches): AsyncIterable<string | Uint8Array>;
}

const FORMATS: Readonly<Record<string, Format>> = {
  csv: { type: "text/csv; charset=utf-8; header=present", isFile: true, write: csvOf },
  json: { type: "application/json; charset=utf-8", isFile: false, write: jsonOf },
  xlsx: {
    type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    isFile: true,
    write: xlsxOf,
  },
};

/** A client that takes nothing for so long is given up. */
const PATIENCE_MS = 60_000;

/**
 * Answers `GET /rows/<operation>.<csv|json|xlsx>` with the rows of a known query, by the rights of whoever asks, and
 * `.datapackage.json` with what its tables are. What is missing is refused, or said in each row where `partial=1` asks for it;
 * if it goes missing after the first rows were sent, the connection is cut, so that half a table never looks whole.
 */
export async function answerRows(
  parts: RowsParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== "GET" && request.method !== "HEAD")
    return refuseMethod(response, "GET, HEAD");
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://hub");
  const [, name = "", ending = ""] = /^\/rows\/([\w-]+)\.([\w.]+)$/u.exec(pathname) ?? [];
  const operations = knownTables(parts.gateway.apiSchema, parts.documents);
  const operation = operations.get(name);
  const format = FORMATS[ending];
  if (operation === undefined || (format === undefined && ending !== "datapackage.json"))
    return refuseAddress(response, [...operations.keys()]);
  try {
    if (format === undefined)
      return sendDataPackage(parts, operation, searchParams, request, response);
    const question = readParameters(parts.gateway.apiSchema, operation.tables, searchParams);
    await sendRows(parts, operation, question, format, request, response);
  } catch (error) {
    if (response.headersSent) {
      response.destroy();
      return;
    }
    if (error instanceof WrongParameters) return refuseWith(response, 400, [error]);
    if (!(error instanceof PartialAnswer)) throw error;
    return refuseWith(response, error.status, error.errors);
  }
}

async function sendRows(
  parts: RowsParts,
  { name, text }: KnownTables,
  question: RowsQuestion,
  format: Format,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const viewer = await readViewer(parts, request, response);
  if (viewer === undefined) return;
  const { requestId } = createRequestContext(request.headers, viewer);
  response.setHeader("x-request-id", requestId);
  const headers = { ...request.headers, "x-request-id": requestId };
  const { table, variables, mayBePartial } = question;
  const isPaged = table.parts.some(({ levels }) =>
    levels.some(({ connections }) => connections.some(({ after }) => after !== undefined)),
  );
  const pages = pagesOf(table, variables, (given) =>
    askDocument(parts, createRequestContext(headers, viewer), text, given, !isPaged),
  );
  const first = await pages.next();
  if (!first.done) requireWhole(first.value, mayBePartial);
  const ending = Object.keys(FORMATS).find((each) => FORMATS[each] === format)!;
  response.writeHead(200, {
    "content-type": format.type,
    "content-disposition": `${format.isFile ? "attachment" : "inline"}; filename="${name}.${ending}"`,
    link: `</rows/${name}.datapackage.json>; rel="describedby"; type="application/json"`,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  if (request.method === "HEAD") return void response.end();
  response.setTimeout(PATIENCE_MS, () => response.destroy());
  const columns = mayBePartial ? [...table.columns, MISSING_COLUMN] : table.columns;
  const layout = { columns, labels: question.labels, isForExcel: question.isForExcel };
  const batches = batchesOf(first.done ? undefined : first.value, pages, question);
  await pipeline(Readable.from(format.write(layout, batches)), response);
}

const MISSING_COLUMN: Column = {
  name: "missing",
  labels: labelsOf({ key: "missing", field: undefined }),
  type: GraphQLString,
  isList: false,
  unit: undefined,
  description:
    "Những gì thiếu trong phần trả lời của dòng. What the answer lacked from which the row was made.",
};

async function* batchesOf(
  first: Page | undefined,
  later: AsyncIterable<Page>,
  { table, mayBePartial }: RowsQuestion,
): AsyncGenerator<readonly Row[]> {
  if (first) yield told(first);
  for await (const page of later) {
    requireWhole(page, mayBePartial);
    yield told(page);
  }

  function told({ rows, missing }: Page): readonly Row[] {
    if (!mayBePartial) return rows;
    const said = missing.length === 0 ? null : missing.map(describe).join("; ");
    // What is missing may be all there was.
    const empty = rows.length === 0 && said !== null;
    const given = empty ? [new Array<unknown>(table.columns.length).fill(null)] : rows;
    return given.map((row) => [...row, said]);
  }
}

/** @throws PartialAnswer */
function requireWhole({ missing }: Page, mayBePartial: boolean): void {
  const isRefused = missing.some(
    (one) => "error" in one && REFUSALS.has(String(one.error.extensions?.code)),
  );
  if (missing.length > 0 && (!mayBePartial || isRefused)) throw new PartialAnswer(missing);
}

/** The caller's own mistakes are told as such, whatever he would put up with. */
const REFUSALS = new Set(["BAD_USER_INPUT", "UNAUTHENTICATED", "FORBIDDEN"]);

function sendDataPackage(
  { gateway, addressFor, dataLicence }: RowsParts,
  operation: KnownTables,
  parameters: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const described = dataPackage(operation, parameters, {
    address: addressFor(request),
    licence: dataLicence,
    subgraphs: subgraphsOf(),
  });
  const body = `${JSON.stringify(described, null, 2)}\n`;
  send(response, 200, "application/json; charset=utf-8", body, { "cache-control": "no-store" });

  function subgraphsOf(): string[] | undefined {
    try {
      const { variables } = readParameters(gateway.apiSchema, operation.tables, parameters);
      const started = gateway.start({ query: operation.text, operationName: undefined, variables });
      return started?.subgraphs.map(({ name }) => name);
    } catch (error) {
      if (error instanceof WrongParameters) return undefined;
      throw error;
    }
  }
}

function refuseAddress(response: ServerResponse, names: readonly string[]): void {
  const list = names.join(", ");
  refuse(
    response,
    404,
    `Địa chỉ phải là /rows/<truy vấn>.csv, .json, .xlsx hoặc .datapackage.json; các truy vấn: ${list}.`,
    `The address must be /rows/<operation>.csv, .json, .xlsx or .datapackage.json; the operations: ${list}.`,
  );
}

function refuseWith(
  response: ServerResponse,
  status: number,
  errors: readonly { message: string; extensions?: unknown }[],
): void {
  const told = errors.map(({ message, extensions, ...rest }) => ({
    message,
    ...("path" in rest && { path: rest.path }),
    extensions: extensions ?? { code: "BAD_USER_INPUT" },
  }));
  const type = "application/json; charset=utf-8";
  const headers = { "cache-control": "no-store", ...(status === 503 && { "retry-after": "5" }) };
  send(response, status, type, `${JSON.stringify({ errors: told })}\n`, headers);
}
