import type { Viewer } from "../../../access/viewer";

/** The languages in which messages are told. */
export type Language = "vi" | "en";

/** Who asks, and in which language. */
export interface Caller {
  /** Null: nobody in particular, who may read what is public. */
  viewer: Viewer | null;
  language: Language;
}

export const ANONYMOUS: Caller = { viewer: null, language: "vi" };

/** The language that an `Accept-Language` header prefers of ours; Vietnamese when it names neither. */
export function readLanguage(header: string | undefined): Language {
  const wanted = (header ?? "")
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().toLowerCase().split(";");
      const quality = parameters.map((each) => /^\s*q=([\d.]+)$/u.exec(each)?.[1]).find(Boolean);
      return { tag: tag.split("-")[0], quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ tag, quality }) => (tag === "vi" || tag === "en") && quality > 0)
    .sort((a, b) => b.quality - a.quality);
  return wanted[0]?.tag === "en" ? "en" : "vi";
}
