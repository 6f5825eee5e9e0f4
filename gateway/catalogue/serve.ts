import type { IncomingMessage, ServerResponse } from "node:http";
import { send } from "../http/http-answer";
import { readCatalogue, type CatalogueParts } from "./catalogue";
import { cataloguePage, PAGE_POLICY } from "./catalogue-page";
import { apiCatalogOf, dcatOf } from "./dcat";

type Answer = (
  parts: CatalogueParts,
  request: IncomingMessage,
  response: ServerResponse,
) => Promise<void>;

const OPEN = { "cache-control": "no-cache", "access-control-allow-origin": "*" };

/** Points machines that come to the front page to the catalogue. */
export const CATALOGUE_LINK =
  '</.well-known/dcat>; rel="describedby"; type="application/ld+json", ' +
  '</.well-known/api-catalog>; rel="api-catalog"';

/** The public catalogue, by its path: for machines, and for people by a name that they may guess. */
export const CATALOGUE: Readonly<Record<string, Answer>> = {
  "/.well-known/dcat": async (parts, request, response) => {
    const body = JSON.stringify(dcatOf(await readCatalogue(parts, request)), null, 2);
    send(response, 200, "application/ld+json; charset=utf-8", `${body}\n`, OPEN);
  },
  "/.well-known/api-catalog": async ({ addressFor }, request, response) => {
    const type = 'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"';
    const body = JSON.stringify(apiCatalogOf(addressFor(request)), null, 2);
    send(response, 200, type, `${body}\n`, OPEN);
  },
  "/du-lieu": async (parts, request, response) => {
    const page = cataloguePage(await readCatalogue(parts, request));
    const headers = { ...PAGE_POLICY, "cache-control": "no-cache" };
    send(response, 200, "text/html; charset=utf-8", page, headers);
  },
  "/danh-muc": async (_parts, _request, response) =>
    send(response, 302, "text/plain", "/du-lieu\n", { location: "/du-lieu" }),
};
