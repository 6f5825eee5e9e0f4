import { findLegacy, fromLegacy, judgeVietnamese } from "./legacy-vietnamese";
import { SheetRefused } from "./sheet-problem";

export interface DecodedText {
  text: string;
  /** What the bytes were found to be, when that was not plain UTF-8. */
  notice: { vi: string; en: string } | null;
}

/** Reads text in whatever encoding it came: a BOM, then valid UTF-8, then what reads as Vietnamese. Always NFC. */
export function decodeText(bytes: Uint8Array): DecodedText {
  const utf16 = utf16Of(bytes);
  if (utf16) return read(new TextDecoder(utf16, { ignoreBOM: false }).decode(bytes), "UTF-16");
  if (bytes.subarray(0, 4096).includes(0)) {
    throw new SheetRefused(
      "ENCODING_UNKNOWN",
      "Tệp không phải văn bản; hãy lưu lại dạng CSV UTF-8 hoặc .xlsx.",
      "The file is no text; save it as CSV UTF-8 or as .xlsx.",
    );
  }
  const utf8 = validUtf8(bytes);
  if (utf8 !== null) return read(utf8, null);
  const vietnamese = new TextDecoder("windows-1258").decode(bytes).normalize("NFC");
  const western = new TextDecoder("windows-1252").decode(bytes);
  const legacy = findLegacy(western);
  if (legacy === null || judgeVietnamese(vietnamese).bad === 0)
    return read(vietnamese, "Windows-1258");
  return read(western, null);
}

function read(text: string, encoding: string | null): DecodedText {
  const legacy = findLegacy(text.slice(0, 200_000));
  if (legacy !== null) {
    const repaired = fromLegacy(text, legacy);
    const example = exampleOf(text, repaired);
    return {
      text: repaired,
      notice: {
        vi: `Đã đọc chữ theo bảng mã ${legacy}${example}.`,
        en: `The text was read as ${legacy}${example}.`,
      },
    };
  }
  const composed = text.normalize("NFC");
  if (encoding !== null) {
    return {
      text: composed,
      notice: {
        vi: `Đã đọc tệp theo bảng mã ${encoding}.`,
        en: `The file was read as ${encoding}.`,
      },
    };
  }
  const notice =
    composed === text
      ? null
      : {
          vi: "Đã chuyển chữ Việt tổ hợp về dạng dựng sẵn (NFC).",
          en: "Decomposed Vietnamese letters were composed (NFC).",
        };
  return { text: composed, notice };
}

function exampleOf(before: string, after: string): string {
  const [was, is] = [before.split(/\s+/u), after.split(/\s+/u)];
  const index = was.findIndex((word, each) => word !== is[each]);
  return index < 0 ? "" : `: “${was[index]}” → “${is[index]}”`;
}

function utf16Of(bytes: Uint8Array): "utf-16le" | "utf-16be" | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  const sample = bytes.subarray(0, 2000);
  let [even, odd] = [0, 0];
  sample.forEach((byte, index) => {
    if (byte !== 0) return;
    if (index % 2 === 0) even += 1;
    else odd += 1;
  });
  if (odd > sample.length / 4 && even === 0) return "utf-16le";
  if (even > sample.length / 4 && odd === 0) return "utf-16be";
  return null;
}

function validUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
