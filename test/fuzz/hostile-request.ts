import { knownOperations } from "../testkit/operations";
import { Chance } from "./chance";

/** Where requests go; a new address of the gateway's needs no more than a line here. */
const ADDRESSES: readonly [methods: readonly string[], paths: readonly string[]][] = [
  [
    ["POST", "GET", "OPTIONS", "PUT"],
    ["/graphql", "/graphql?query=%7B__typename%7D", "/graphql?query=", "/graphql?variables="],
  ],
  [
    ["POST", "GET"],
    ["/import/libraries?sector=EDUCATION&year=2025&file=a.csv", "/import/", "/import/museums?"],
  ],
  [
    ["GET", "POST"],
    ["/template/libraries?sector=EDUCATION&year=2025", "/template/", "/template/museums?year="],
  ],
  [
    ["GET", "HEAD", "POST"],
    [
      "/rows/",
      "/rows/institutions.csv?year=2025",
      "/rows/cross-sector-coverage.csv?code=12&year=2025",
      "/rows/x.json?",
    ],
  ],
  [
    ["GET", "HEAD", "POST"],
    [
      "/odata",
      "/odata/",
      "/odata/$metadata",
      "/odata/Libraries?$filter=",
      "/odata/Indicators?$top=1",
      "/odata/Units('12')?$select=",
    ],
  ],
  [
    ["GET", "POST", "DELETE"],
    ["/session", "/session/", "/session/login?return=", "/session/callback?code=a&state="],
  ],
  [
    ["GET", "HEAD", "POST"],
    [
      "/",
      "/health/live",
      "/health/ready",
      "/graphiql/",
      "/graphiql/page.js",
      "/map.geojson",
      "/assets/",
      "/favicon.ico",
    ],
  ],
];

const WORDS = [
  "{",
  "}",
  "(",
  ")",
  "[",
  "]",
  ":",
  "!",
  "=",
  "|",
  "&",
  "$",
  "@",
  "...",
  ",",
  "#",
  "\n",
  '"',
  '""',
  '"""',
  "\\",
  "\u0000",
  "\ufeff",
  "query",
  "mutation",
  "subscription",
  "fragment",
  "on",
  "true",
  "null",
  "0",
  "-1",
  "1e999",
  "99999999999999999999",
  "0.1",
  "__typename",
  "__schema",
  "__type",
  "types",
  "fields",
  "name",
  "administrativeUnit",
  "libraries",
  "museums",
  "plan",
  "indicators",
  "code",
  "first",
  "after",
  "filter",
  "nodes",
  "edges",
  "node",
  'nodes(ids: [""])',
  "totalCount",
  "first: 101",
  "year: 2025",
  "@skip(if: $a)",
  "@include(if: true)",
  "@defer",
  "$a",
  "$a: Int = 1",
  "AdministrativeUnit",
  "Query",
  "Ế",
  "😀",
  "_entities",
  "_service",
  "registerLibrary(input: {})",
  "libraryIndicators(year: 99999999)",
  'asOf: "0000-00-00"',
  'id: "\u0000"',
];

const SCALARS: readonly unknown[] = [
  "",
  "12",
  0,
  -1,
  1.5,
  2 ** 53,
  1e308,
  true,
  null,
  "2025-02-30",
  "9999-99-99",
  "\u0000",
  "'; DROP TABLE library; --",
  "ế".repeat(300),
  "x".repeat(5000),
  "../../etc/passwd",
  "${7*7}",
  "%00",
  "\ud800",
  [],
  {},
  "__proto__",
  "constructor",
  "unit:12",
  "2025-06-30",
];

const HEADERS: readonly [name: string, values: readonly string[]][] = [
  [
    "accept",
    [
      "",
      "*/*",
      "text/html",
      "application/graphql-response+json",
      "multipart/mixed",
      "text/event-stream",
      "application/xml",
      "a/b;q=9,,;",
    ],
  ],
  ["accept-language", ["vi", "en;q=", ",,,", "x".repeat(3000), "vi\u00ff"]],
  ["accept-encoding", ["gzip", "br;q=1.0", "identity;q=0", "x"]],
  [
    "authorization",
    [
      "Bearer",
      "Bearer a.b.c",
      "Bearer e30.e30.",
      "Basic Og==",
      `Bearer ${"x".repeat(4000)}`,
      "\u00e9",
    ],
  ],
  ["cache-control", ["no-cache", "max-age=-1"]],
  [
    "content-type",
    [
      "",
      "application/json",
      "application/json; charset=utf-16",
      "text/plain",
      "multipart/form-data; boundary=",
      "application/json;;;",
    ],
  ],
  ["cookie", ["hub-session=", "a=b; a=b", "=;=;", `hub-session=${"A".repeat(2000)}`]],
  ["expect", ["100-continue", "200-ok"]],
  ["host", ["", "hub", "hub:99999", "[::1", "a b"]],
  ["if-none-match", ["*", '"x"', "W/"]],
  ["origin", ["null", "https://elsewhere.example", "x"]],
  ["range", ["bytes=0-", "bytes=9-1"]],
  ["transfer-encoding", ["chunked", "chunked, chunked", "gzip", "identity"]],
  ["content-length", ["0", "-1", "1e3", "99999999999999999999", "5"]],
  ["upgrade", ["websocket", "h2c"]],
  ["x-forwarded-for", ["", "a, b, c", "::1", "x".repeat(1000)]],
  ["x-request-id", ["", "a b", "x".repeat(200), "\u00e9"]],
  ["connection", ["close", "upgrade", "keep-alive, x"]],
  ["apollo-require-preflight", ["1"]],
  ["x-apollo-operation-name", ["x"]],
];

/**
 * The bytes of one request, or of what is none, by its number: the same seed and number give the same bytes again.
 * @param signs `authorization` headers of people who have signed in, as whom some are sent.
 */
export function hostileRequest(seed: number, number: number, signs: readonly string[]): Buffer {
  const chance = new Chance(seed, number);
  const bytes = chance.oneOf(KINDS)(chance);
  return chance.below(3) === 0 ? signed(bytes, chance.oneOf(signs)) : bytes;
}

/** The sign goes before whatever else is said of who asks, and stays whole where the rest is spoilt. */
function signed(bytes: Buffer, sign: string): Buffer {
  const head = bytes.indexOf("\r\n") + 2;
  if (head < 2) return bytes;
  const line = Buffer.from(`authorization: ${sign}\r\n`);
  return Buffer.concat([bytes.subarray(0, head), line, bytes.subarray(head)]);
}

const KINDS: readonly ((chance: Chance) => Buffer)[] = [
  (chance) => chance.bytes(chance.below(2000)),
  (chance) =>
    Buffer.concat([Buffer.from("POST /graphql HTTP/1.1\r\n"), chance.bytes(chance.below(500))]),
  (chance) => chance.spoil(asked({ query: known(chance).query, variables: {} }, chance)),
  (chance) => asked({ query: known(chance).query, variables: {} }, chance, randomHeaders(chance)),
  (chance) => asked({ query: soup(chance) }, chance),
  (chance) => asked({ query: chance.spoil(Buffer.from(known(chance).query)).toString() }, chance),
  (chance) => asked({ query: known(chance).query, variables: randomVariables(chance) }, chance),
  (chance) => asked(randomJson(chance, 4), chance),
  (chance) => post(chance.spoil(Buffer.from(JSON.stringify(known(chance)))), {}),
  (chance) => elsewhere(chance),
];

const known = (chance: Chance) => chance.oneOf(knownOperations);

const asked = (body: unknown, chance: Chance, headers: Record<string, string> = {}): Buffer =>
  post(Buffer.from(chance.below(20) === 0 ? soup(chance) : (JSON.stringify(body) ?? "")), headers);

const post = (body: Buffer, headers: Record<string, string>): Buffer =>
  request("POST", "/graphql", { "content-type": "application/json", ...headers }, body);

function elsewhere(chance: Chance): Buffer {
  const [methods, paths] = chance.oneOf(ADDRESSES);
  const junk = chance.below(2) === 0 ? "" : encodeURIComponent(soup(chance)).slice(0, 300);
  const raw = chance.below(4) === 0 ? chance.spoil(Buffer.from(junk)).toString("latin1") : junk;
  const path = `${chance.oneOf(paths)}${raw}`.replace(/[\s\u0000]/gu, "+");
  const body = chance.below(2) === 0 ? Buffer.alloc(0) : Buffer.from(soup(chance));
  return request(chance.oneOf(methods), path, randomHeaders(chance), body);
}

function request(
  method: string,
  path: string,
  headers: Record<string, string>,
  body: Buffer,
): Buffer {
  const told = {
    host: "hub",
    connection: "close",
    "content-length": String(body.length),
    ...headers,
  };
  const lines = Object.entries(told).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([
    Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join("")}\r\n`, "latin1"),
    body,
  ]);
}

function randomHeaders(chance: Chance): Record<string, string> {
  const headers: Record<string, string> = {};
  for (let left = chance.below(5); left > 0; left -= 1) {
    const [name, values] = chance.oneOf(HEADERS);
    headers[name] = chance.oneOf(values);
  }
  return headers;
}

function soup(chance: Chance): string {
  let text = chance.below(2) === 0 ? "{" : "";
  for (let left = chance.below(80); left > 0; left -= 1) text += `${chance.oneOf(WORDS)} `;
  return chance.below(10) === 0 ? text.repeat(chance.below(200)) : text;
}

function randomVariables(chance: Chance): Record<string, unknown> {
  const variables: Record<string, unknown> = {};
  for (const name of ["code", "year", "first", "after", "id", "asOf", "filter", "__proto__"])
    if (chance.below(2) === 0) variables[name] = randomJson(chance, 2);
  return variables;
}

function randomJson(chance: Chance, depth: number): unknown {
  if (depth === 0 || chance.below(3) === 0) return chance.oneOf(SCALARS);
  if (chance.below(50) === 0) return nest(chance.below(3000));
  const parts = Array.from({ length: chance.below(6) }, () => randomJson(chance, depth - 1));
  if (chance.below(2) === 0) return parts;
  const keys = ["query", "variables", "operationName", "extensions", "documentId", "code", "a"];
  return Object.fromEntries(parts.map((part) => [chance.oneOf(keys), part]));
}

const nest = (depth: number): unknown => {
  let value: unknown = 0;
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
};
