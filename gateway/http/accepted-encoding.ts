import type { IncomingMessage, ServerResponse } from "node:http";

/**
 * Whether the client takes an answer in this encoding: it names it, or `*`, and not with the weight 0, by which it says that it
 * does not. Of several that it takes the server may choose.
 */
export function takesEncoding({ headers }: IncomingMessage, encoding: "gzip" | "br"): boolean {
  const weights = new Map<string, number>();
  for (const each of String(headers["accept-encoding"] ?? "").split(",")) {
    const [name = "", ...parameters] = each.split(";").map((part) => part.trim().toLowerCase());
    const weight = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2);
    // HTTP has them mean the same.
    weights.set(name === "x-gzip" ? "gzip" : name, Number(weight ?? 1));
  }
  return (weights.get(encoding) ?? weights.get("*") ?? 0) > 0;
}

/** Says that the answer depends on this header of the request too, beside those that were named before. */
export function varyBy(response: ServerResponse, header: string): void {
  const named = response.getHeader("vary");
  response.setHeader("vary", named === undefined ? header : `${String(named)}, ${header}`);
}
