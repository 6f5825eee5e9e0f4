/** Old Vietnamese encodings of eight bits, as their text looks when it is taken for Western European. */
export type LegacyEncoding = "TCVN3" | "VNI";

const TCVN3_CODES =
  "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉËÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ®¡¢§£¤¥¦";
const TCVN3_LETTERS = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđĂÂĐÊÔƠƯ";
const TCVN3 = new Map([...TCVN3_CODES].map((code, index) => [code, [...TCVN3_LETTERS][index]!]));

/** Marks that VNI writes behind a vowel, as combining characters. */
const VNI_MARKS: Record<string, string> = {
  ù: "\u0301",
  ø: "\u0300",
  û: "\u0309",
  õ: "\u0303",
  ï: "\u0323",
  â: "\u0302",
  á: "\u0302\u0301",
  à: "\u0302\u0300",
  å: "\u0302\u0309",
  ã: "\u0302\u0303",
  ä: "\u0302\u0323",
  ê: "\u0306",
  é: "\u0306\u0301",
  è: "\u0306\u0300",
  ú: "\u0306\u0309",
  ü: "\u0306\u0303",
  ë: "\u0306\u0323",
};
const VNI_LETTERS: Record<string, string> = {
  ô: "ơ",
  ö: "ư",
  í: "í",
  ì: "ì",
  æ: "ỉ",
  ó: "ĩ",
  ò: "ị",
  î: "ỵ",
  ñ: "đ",
};
const upper = (table: Record<string, string>, change: (value: string) => string) =>
  Object.entries(table).map(([from, to]): [string, string] => [from.toUpperCase(), change(to)]);
const MARKS = new Map([...Object.entries(VNI_MARKS), ...upper(VNI_MARKS, (mark) => mark)]);
const LETTERS = new Map([
  ...Object.entries(VNI_LETTERS),
  ...upper(VNI_LETTERS, (letter) => letter.toUpperCase()),
]);

/** The text as Unicode, if it was written in the encoding and read as Western European. */
export function fromLegacy(text: string, encoding: LegacyEncoding): string {
  if (encoding === "TCVN3")
    return [...text]
      .map((code) => TCVN3.get(code) ?? code)
      .join("")
      .normalize("NFC");
  let read = "";
  for (const code of text) {
    const mark = MARKS.get(code);
    const isAfterVowel = /[aeiouyơư]\p{M}*$/iu.test(read);
    // A vowel takes a mark only once; what looks like one after a marked vowel is a letter.
    if (mark !== undefined && isAfterVowel && !/\p{M}$/u.test(read)) read += mark;
    else read += LETTERS.get(code) ?? code;
  }
  return read.normalize("NFC");
}

/** What a text of these letters looks like in the encoding; for trials. Letters that it lacks stay as they are. */
export function toLegacy(text: string, encoding: LegacyEncoding): string {
  const letters = [...text.normalize("NFC")];
  if (encoding === "TCVN3") {
    const codes = new Map([...TCVN3].map(([code, letter]) => [letter, code]));
    return letters.map((letter) => codes.get(letter) ?? letter).join("");
  }
  const codes = new Map([...LETTERS].map(([code, letter]) => [letter, code]));
  const marks = new Map([...Object.entries(VNI_MARKS)].map(([code, mark]) => [mark, code]));
  return letters
    .map((letter) => {
      const direct = codes.get(letter);
      if (direct !== undefined) return direct;
      const [base = "", ...rest] = [...letter.normalize("NFD")];
      const horn = rest.includes("\u031b");
      const own = horn ? `${base}\u031b`.normalize("NFC") : base;
      // The table has tones behind the vowel's own mark; NFD may put the dot below first.
      const mark = rest
        .filter((each) => each !== "\u031b")
        .sort(
          (a, b) =>
            Number(/[\u0301\u0300\u0309\u0303\u0323]/u.test(a)) -
            Number(/[\u0301\u0300\u0309\u0303\u0323]/u.test(b)),
        )
        .join("");
      if (mark === "") return letter;
      const code = marks.get(mark)!;
      const isUpper = base !== base.toLowerCase();
      return (codes.get(own) ?? own) + (isUpper ? code.toUpperCase() : code);
    })
    .join("");
}

const ONSET = "(?:ngh|ng|nh|n|ch|c|th|tr|t|ph|p|kh|k|gh|gi|g|qu|b|d|đ|h|l|m|r|s|v|x)?";
const RHYME = "[aăâeêioôơuưy]{1,3}(?:ch|c|ng|nh|n|m|p|t)?";
const SYLLABLE = new RegExp(`^${ONSET}${RHYME}$`, "u");
const TONES = /[\u0301\u0300\u0309\u0303\u0323]/gu;

/** Whether a word could be a Vietnamese syllable: its letters, one tone at most, and capitals where capitals go. */
export function isVietnameseSyllable(word: string): boolean {
  const isCased = word === word.toUpperCase() || word.slice(1) === word.slice(1).toLowerCase();
  if (!isCased) return false;
  const parts = word.toLowerCase().normalize("NFD");
  if ((parts.match(TONES) ?? []).length > 1) return false;
  return SYLLABLE.test(parts.replace(TONES, "").normalize("NFC"));
}

/** Words that hold a letter beyond ASCII, or a sign that stands for one in an old encoding. */
const MARKED_WORD = /[\p{L}\p{M}\u00a1-\u00bf\u00ad×÷]+/gu;

function markedWords(text: string): string[] {
  return (text.match(MARKED_WORD) ?? []).filter((word) => /[^\x20-\x7e]/u.test(word));
}

/** How many words with marks are Vietnamese, and how many are not. */
export function judgeVietnamese(text: string): { good: number; bad: number } {
  const words = markedWords(text.normalize("NFC"));
  const good = words.filter(isVietnameseSyllable).length;
  return { good, bad: words.length - good };
}

/**
 * The old encoding that a file's text was written in, or null where it reads as it is. A text is taken for an old one only
 * when it does not read as Vietnamese and, repaired, nearly all of it does.
 */
export function findLegacy(text: string): LegacyEncoding | null {
  const asIs = judgeVietnamese(text);
  if (asIs.bad === 0) return null;
  const judged = (["TCVN3", "VNI"] as const).map((encoding) => {
    const { good, bad } = judgeVietnamese(fromLegacy(text, encoding));
    return { encoding, good, bad };
  });
  const [best] = judged.sort((a, b) => b.good - b.bad - (a.good - a.bad));
  const isConvincing =
    best!.good > asIs.good && best!.good >= 9 * best!.bad && best!.bad < asIs.bad;
  return isConvincing ? best!.encoding : null;
}
