type Data = Record<string, unknown>;

/**
 * Adds what a fetch brought to an object of the answer. What was not there is taken as it lies, uncopied: it belongs to
 * this answer alone. Where both hold an object, or lists of one length, they become one.
 */
export function mergeInto(target: Data, source: Readonly<Data>): void {
  for (const key in source) {
    const value = source[key];
    if (value === undefined || key === "__proto__") continue;
    const present = target[key];
    if (
      typeof present !== "object" ||
      present === null ||
      typeof value !== "object" ||
      value === null
    )
      target[key] = value;
    else if (present !== value) target[key] = merged(present, value);
  }
}

const isList = (value: object): value is unknown[] => Array.isArray(value);

function merged(present: object, value: object): object {
  if (!isList(value)) {
    if (isList(present)) return value;
    mergeInto(present as Data, value as Data);
    return present;
  }
  if (!isList(present) || present.length !== value.length) return value;
  for (let index = 0; index < value.length; index += 1) {
    const [one, other] = [present[index], value[index]];
    present[index] =
      typeof one === "object" && one !== null && typeof other === "object" && other !== null
        ? merged(one, other)
        : other;
  }
  return present;
}
