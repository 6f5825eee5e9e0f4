import type { Hub } from "./hub";

/** Which figures are asked: the province's of 2025. */
export const PROVINCE = "$filter=" + encodeURIComponent("year eq 2025 and unit_id eq 'unit:12'");

/** Asks a hub's OData feed; the hub is looked up at each question, for it starts after the tests are told. */
export function odataOf(hub: () => Hub) {
  const visit = (path: string, headers: Record<string, string> = {}, method = "GET") =>
    fetch(new URL(`/odata/${path}`, hub().url), { headers, method });
  return {
    visit,
    /** The JSON of an answer. @throws where there is none. */
    read: async (path: string, headers: Record<string, string> = {}) => {
      const reply = await visit(path, headers);
      const text = await reply.text();
      if (reply.status !== 200) throw new Error(`${reply.status}: ${text}`);
      return JSON.parse(text);
    },
    refusal: async (path: string, headers: Record<string, string> = {}, method = "GET") => {
      const reply = await visit(path, headers, method);
      const { error } = (await reply.json()) as { error: { code: string; message: string } };
      return { status: reply.status, ...error };
    },
  };
}
