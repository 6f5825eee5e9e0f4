import type { IncomingMessage, ServerResponse } from "node:http";
import { send } from "../http/http-answer";
import { PartialAnswer } from "../rows/missing";
import type { MetadataLevel } from "./entity-json";
import { ODataError, wrong } from "./odata-error";

const HEADERS = { "cache-control": "no-store" };

/** What an answer says in its header `OData-Version`. */
export type Version = "4.0" | "4.01";

export function sendOData(
  response: ServerResponse,
  type: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  send(response, 200, type, body, { ...HEADERS, ...headers });
}

/** A refusal in OData's JSON, whatever the client accepts: it has to be told somehow. */
export function refuseOData(response: ServerResponse, error: ODataError | PartialAnswer): void {
  const status = error.status;
  const codeOf = (extensions: Readonly<Record<string, unknown>> | undefined) =>
    typeof extensions?.code === "string" ? extensions.code : "SUBGRAPH_UNAVAILABLE";
  const code =
    error instanceof PartialAnswer ? codeOf(error.errors[0]?.extensions) : CODES[error.status];
  const details =
    error instanceof PartialAnswer && error.errors.length > 1
      ? error.errors.map(({ message, extensions }) => ({
          code: codeOf(extensions),
          message,
        }))
      : undefined;
  const body = { error: { code, message: error.message, ...(details && { details }) } };
  send(response, status, "application/json; charset=utf-8", `${JSON.stringify(body)}\n`, {
    ...HEADERS,
    ...(status === 405 && { allow: "GET, HEAD" }),
    ...(status === 503 && { "retry-after": "5" }),
  });
}

const CODES: Readonly<Record<ODataError["status"], string>> = {
  400: "BAD_REQUEST",
  404: "NOT_FOUND",
  405: "METHOD_NOT_ALLOWED",
  406: "NOT_ACCEPTABLE",
  412: "PRECONDITION_FAILED",
  501: "NOT_IMPLEMENTED",
};

/**
 * The greatest version that the client takes; 4.0 to whoever does not say.
 * @throws ODataError where the client takes none that there is.
 */
export function readVersion({ headers }: IncomingMessage): Version {
  for (const name of ["odata-version", "odata-maxversion"]) {
    const given = headers[name];
    if (given === undefined) continue;
    const version = Number(given);
    if (version >= 4 && (name === "odata-maxversion" || version < 4.02)) continue;
    throw wrong(
      `${name} ${String(given)}: dịch vụ này theo OData 4.0 và 4.01.`,
      `${name} ${String(given)}: this service speaks OData 4.0 and 4.01.`,
    );
  }
  return Number(headers["odata-maxversion"] ?? 4) >= 4.01 ? "4.01" : "4.0";
}

/** @throws ODataError 412 where pages are to show one moment: they are read when they are asked for. */
export function refuseIsolation({ headers }: IncomingMessage): void {
  if (headers.isolation === undefined && headers["odata-isolation"] === undefined) return;
  throw new ODataError(
    412,
    "Dịch vụ không giữ một thời điểm cho nhiều trang (Isolation).",
    "The service does not keep one moment for several pages (Isolation).",
  );
}

/** @throws ODataError 406 unless the client takes JSON. */
export function readLevel(request: IncomingMessage, format: string | null): MetadataLevel {
  const accepted = format ?? request.headers.accept ?? "*/*";
  for (const range of accepted.split(",")) {
    const [type = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
    if (!["json", "application/json", "application/*", "*/*"].includes(type)) continue;
    if (parameters.includes("q=0")) continue;
    const level = parameters.find((part) => /^(?:odata\.)?metadata=/u.test(part))?.split("=")[1];
    if (level === undefined) return "minimal";
    if (level === "none" || level === "minimal" || level === "full") return level;
  }
  throw new ODataError(406, "Dịch vụ chỉ trả lời bằng JSON.", "This service answers in JSON.");
}

/**
 * In which form the client takes the metadata: XML before JSON, which 4.0 does not know.
 * @throws ODataError 406 for neither.
 */
export function readMetadataForm(request: IncomingMessage, format: string | null): "xml" | "json" {
  const accepted = format ?? request.headers.accept ?? "*/*";
  const types = accepted.split(",").map((range) => range.split(";")[0]!.trim().toLowerCase());
  if (types.some((type) => ["xml", "application/xml", "application/*", "*/*"].includes(type)))
    return "xml";
  const knowsJson = Number(request.headers["odata-maxversion"] ?? 4.01) >= 4.01;
  if (knowsJson && types.some((type) => type === "json" || type === "application/json"))
    return "json";
  throw new ODataError(
    406,
    "$metadata có dạng XML, và JSON từ OData 4.01.",
    "$metadata is given in XML, and in JSON since OData 4.01.",
  );
}
