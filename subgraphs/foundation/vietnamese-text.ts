/** One spelling for each text: NFC ("ế" has two), no white space at the ends or doubled inside. */
export function normaliseText(text: string): string {
  return text.normalize("NFC").replace(/\s+/gu, " ").trim();
}

/** What a search without marks compares: `Đoàn Kết` becomes `doan ket`. */
export function foldText(text: string): string {
  return normaliseText(text)
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .replace(/[đĐ]/gu, "d")
    .toLowerCase();
}

const LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz";
const BASES = new Map(
  [...LETTERS].map((letter, index) => [letter, String.fromCharCode(0x61 + index)]),
);
const TONES = new Map([
  ["\u0300", "1"],
  ["\u0309", "2"],
  ["\u0303", "3"],
  ["\u0301", "4"],
  ["\u0323", "5"],
]);

/**
 * A key whose binary order is the Vietnamese dictionary's: letters first (a < ă < â, d < đ, o < ô < ơ), then tones
 * (level, huyền, hỏi, ngã, sắc, nặng), parted by what is below the space, so that a name stands before the longer ones that begin
 * with it. Stored, so every engine sorts and pages alike without a collation of its own.
 */
export function vietnameseSortKey(text: string): string {
  let letters = "";
  let tones = "";
  for (const grapheme of normaliseText(text).toLowerCase()) {
    const parts = [...grapheme.normalize("NFD")];
    const tone = parts.map((part) => TONES.get(part)).find(Boolean);
    const base = parts
      .filter((part) => !TONES.has(part))
      .join("")
      .normalize("NFC");
    const letter = BASES.get(base);
    letters += letter ?? base;
    tones += tone ?? "0";
  }
  return `${letters}\t${tones.replace(/0+$/u, "")}`.slice(0, 400);
}
