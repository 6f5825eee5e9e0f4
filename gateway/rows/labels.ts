import type { SelectedField } from "./selected-field";

export interface Labels {
  vi: string;
  en: string;
}

/** Letters that Vietnamese has and English has not. */
const VIETNAMESE = /[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]/iu;

/** A term that goes on in English. */
const ENGLISH = /\s(?:of|with|for|that|whose|the|from|by|which)\s/u;

/** What a field is called where its description says nothing in Vietnamese. */
const TERMS: Readonly<Record<string, string>> = {
  id: "Mã định danh",
  code: "Mã",
  name: "Tên",
  condition: "Điều kiện",
  wording: "Lời văn",
  scope: "Phạm vi",
  note: "Ghi chú",
  classNote: "Ghi chú về loại hình",
  type: "Loại",
  kind: "Loại",
  basis: "Căn cứ",
  list: "Danh sách",
  missing: "Phần thiếu",
  nodes: "Danh sách",
  __typename: "Kiểu",
};

/** The descriptions of the schema begin with the Vietnamese term; the English name is the field's own. */
export function labelsOf({ key, field }: Pick<SelectedField, "key" | "field">): Labels {
  const begun = /^[^.,:;(]+/u.exec(field?.description ?? "")?.[0] ?? "";
  const described = begun.split(ENGLISH, 1)[0]!.trim();
  const en = inWords(key);
  if (VIETNAMESE.test(described)) return { vi: described, en };
  const name = field?.name ?? key;
  const original = /^(\w+)En$/u.exec(name)?.[1];
  // What is given in English, too, is named after what it is the English of.
  const known = TERMS[name] ?? (original && `${TERMS[original] ?? inWords(original)} (tiếng Anh)`);
  return { vi: known ?? en, en };
}

/** `learningVisits` → `Learning visits`. */
function inWords(key: string): string {
  const words = key.replace(/([a-z])([A-Z0-9])/gu, "$1 $2").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** In what a field is measured, by its description; undefined for what is no quantity, or one that nobody stated. */
export function unitOf({ field, type }: Pick<SelectedField, "field" | "type">): string | undefined {
  const description = field?.description ?? "";
  if (type.name !== "Int" && type.name !== "Float") return undefined;
  if (/^(?:Năm|The year|Calendar year)\b/u.test(description) || /year$/iu.test(field?.name ?? ""))
    return "năm / year";
  if (description.includes("per cent")) return "%";
  if (/^Lượt\b/u.test(description)) return "lượt / visits or uses";
  return type.name === "Int" ? "số đếm / count" : undefined;
}
