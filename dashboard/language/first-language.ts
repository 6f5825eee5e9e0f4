export const LANGUAGES = ["vi", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

const KEPT = "ngonngu";

const isLanguage = (text: string | null): text is Language => text === "vi" || text === "en";

/** The address says which; else what was chosen last on this device; else Vietnamese. */
export function firstLanguage(): Language {
  const addressed = new URLSearchParams(location.search).get("ngonngu");
  if (isLanguage(addressed)) return addressed;
  const kept = readKept();
  return isLanguage(kept) ? kept : "vi";
}

function readKept(): string | null {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    // Storage is shut in some browsers' private windows.
    return null;
  }
}

export function keepLanguage(chosen: Language): void {
  try {
    localStorage.setItem(KEPT, chosen);
  } catch {
    // It is then forgotten with the page, and that is all.
  }
}
