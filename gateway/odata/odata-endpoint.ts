import type { IncomingMessage, ServerResponse } from "node:http";
import { askDocument } from "../ask-document";
import { createRequestContext } from "../request-context";
import { PartialAnswer } from "../rows/missing";
import { readVariables, WrongParameters } from "../rows/parameters";
import type { RowsParts } from "../rows/rows-endpoint";
import { readViewer } from "../viewer";
import { control, entityJson, type Telling } from "./entity-json";
import { entitySets, type EntitySet } from "./entity-set";
import { Feed } from "./feed";
import { metadataJson } from "./metadata-json";
import { metadataXml } from "./metadata-xml";
import {
  readLevel,
  readMetadataForm,
  readVersion,
  refuseIsolation,
  refuseOData,
  sendOData,
} from "./odata-answer";
import { ODataError, wrong } from "./odata-error";
import { readQueryOptions, refuseOptions, systemNames, type QueryOptions } from "./query-options";
import { readResource, type Resource } from "./resource-path";

const ROOT = "/odata/";
const PAGE_SIZE = 1000;
/** The plan's years. */
const [FIRST_YEAR, LAST_YEAR] = [2022, 2030];

/** An OData feed of 4.0 and 4.01, to be read: entity sets over known operations, by the rights of whoever asks. */
export async function answerOData(
  parts: RowsParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.setHeader("odata-version", "4.0");
  try {
    await answer(parts, request, response);
  } catch (error) {
    if (error instanceof WrongParameters)
      return refuseOData(response, new ODataError(400, ...error.words));
    if (!(error instanceof ODataError || error instanceof PartialAnswer)) throw error;
    refuseOData(response, error);
  }
}

async function answer(
  parts: RowsParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== "GET" && request.method !== "HEAD")
    throw new ODataError(
      405,
      "Dịch vụ OData chỉ để đọc: GET, HEAD.",
      "The OData service is read only: GET, HEAD.",
    );
  const version = readVersion(request);
  response.setHeader("odata-version", version);
  refuseIsolation(request);
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://hub");
  const given = systemNames(searchParams);
  const sets = entitySets(parts.gateway.apiSchema, parts.documents);
  const resource = readResource(sets, decoded(pathname.slice(ROOT.length)), given);
  const service = `${parts.addressFor(request)}${ROOT}`;
  if (resource.kind === "metadata") {
    refuseOptions(given, "service");
    if (readMetadataForm(request, given.get("$format")) === "xml")
      return sendOData(response, "application/xml", metadataXml(sets.values(), version));
    response.setHeader("odata-version", "4.01");
    const body = `${JSON.stringify(metadataJson(sets.values()), null, 2)}\n`;
    return sendOData(response, "application/json", body);
  }
  const level = resource.kind === "count" ? "none" : readLevel(request, given.get("$format"));
  const telling: Telling = { level, version, service };
  if (resource.kind === "service") {
    refuseOptions(given, "service");
    const value = [...sets.keys()].map((name) => ({ name, kind: "EntitySet", url: name }));
    const body = { ...contextOf(telling, ""), value };
    return sendOData(response, jsonType(telling), `${JSON.stringify(body)}\n`);
  }
  await answerSet(parts, resource, given, telling, request, response);
}

async function answerSet(
  parts: RowsParts,
  resource: Exclude<Resource, { kind: "service" } | { kind: "metadata" }>,
  given: URLSearchParams,
  telling: Telling,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { set } = resource;
  const viewer = await readViewer(parts, request, response);
  if (viewer === undefined) return;
  const { requestId } = createRequestContext(request.headers, viewer);
  response.setHeader("x-request-id", requestId);
  const options = readQueryOptions(set, given);
  if (resource.kind === "entity") refuseOptions(given, "entity");
  const headers = { ...request.headers, "x-request-id": requestId };
  const lastYear = Math.min(new Date().getUTCFullYear(), LAST_YEAR);
  const feed = new Feed(
    set,
    variablesOf(parts, set, given),
    Array.from({ length: lastYear - FIRST_YEAR + 1 }, (_, at) => FIRST_YEAR + at),
    (variables) =>
      askDocument(
        parts,
        createRequestContext(headers, viewer),
        set.document.text,
        variables,
        variables.after === undefined,
      ),
  );
  if (resource.kind === "count")
    return sendOData(response, "text/plain; charset=utf-8", String(await feed.count(options)));
  const entities = `#${set.name}${selected(options)}`;
  if (resource.kind === "entity") {
    const { key } = resource;
    const holds: NonNullable<QueryOptions["filter"]> = {
      holds: (row) => [...key].every(([{ at }, value]) => row[at] === value),
      mayHold: (at, value) =>
        [...key].every(([each, wanted]) => each.at !== at || wanted === value),
    };
    const { rows } = await feed.page({ ...options, filter: holds, orderBy: [], top: 1 }, 1);
    if (rows.length === 0)
      throw new ODataError(404, "Không có bản ghi này.", "There is no such entity.");
    const entity = entityJson(set, rows[0]!, options.select, telling);
    const body = { ...contextOf(telling, `${entities}/$entity`), ...entity };
    return sendOData(response, jsonType(telling), `${JSON.stringify(body)}\n`);
  }
  const preferred = /(?:^|[,;\s])(?<name>(?:odata\.)?maxpagesize)\s*=\s*"?(?<size>\d{1,6})/iu.exec(
    String(request.headers.prefer ?? ""),
  )?.groups;
  const size = Math.max(1, Math.min(Number(preferred?.size ?? PAGE_SIZE), PAGE_SIZE));
  const { rows, count, next } = await feed.page(options, size);
  const body = {
    ...contextOf(telling, entities),
    ...(count !== undefined && { [control(telling, "count")]: count }),
    value: rows.map((row) => entityJson(set, row, options.select, telling)),
    ...(next !== undefined && {
      [control(telling, "nextLink")]: nextLink(telling.service, set, options, size, next),
    }),
  };
  const applied = preferred && { "preference-applied": `${preferred.name!}=${size}` };
  sendOData(response, jsonType(telling), `${JSON.stringify(body)}\n`, applied);
}

const jsonType = ({ level, version }: Telling): string =>
  `application/json; ${version === "4.0" ? "odata.metadata" : "metadata"}=${level}; charset=utf-8`;

const contextOf = (telling: Telling, fragment: string): Record<string, string> =>
  telling.level === "none"
    ? {}
    : { [control(telling, "context")]: `${telling.service}$metadata${fragment}` };

const selected = ({ select }: QueryOptions): string =>
  select ? `(${select.map(({ name }) => name).join(",")})` : "";

/** What was skipped and given counts no more; what was asked stays. */
function nextLink(
  service: string,
  set: EntitySet,
  { given, top }: QueryOptions,
  size: number,
  next: string,
): string {
  const query = new URLSearchParams(given);
  query.delete("$skip");
  query.delete("$count");
  if (top !== undefined) query.set("$top", String(top - size));
  query.set("$skiptoken", next);
  return `${service}${set.name}?${query.toString().replaceAll("%24", "$")}`;
}

function variablesOf(
  { gateway }: RowsParts,
  set: EntitySet,
  given: URLSearchParams,
): Readonly<Record<string, unknown>> {
  const own = new URLSearchParams([...given].filter(([name]) => !/^[$@]/u.test(name)));
  // The years are asked for one by one later on; here one only has to stand for them.
  if (set.yearly) own.set("year", String(FIRST_YEAR));
  return readVariables(gateway.apiSchema, set.document.tables.operation, own, []);
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw wrong("Địa chỉ mã hóa sai.", "The address is wrongly encoded.");
  }
}
