type Data = Record<string, unknown>;

/** Parts of an answer that stand in it more than once. */
type Shared = Set<object>;

/**
 * Adds what a fetch brought to an object of the answer. What was not there is taken as it lies, uncopied: it belongs to
 * this answer alone. Where both hold an object, or lists of one length, they become one.
 * @param shared what stands in other places too: there it stays as it is, and what is taken from it is shared itself.
 */
export function mergeInto(target: Data, source: Readonly<Data>, shared?: Shared): void {
  merge(target, source, shared !== undefined && shared.size > 0 ? shared : undefined, false);
}

function merge(
  target: Data,
  source: Readonly<Data>,
  shared: Shared | undefined,
  isSourceShared: boolean,
): void {
  for (const key in source) {
    const value = source[key];
    if (value === undefined || key === "__proto__") continue;
    const present = target[key];
    if (!isObject(value)) target[key] = value;
    else if (!isObject(present)) target[key] = taken(value, shared, isSourceShared);
    else if (present !== value) target[key] = merged(present, value, shared);
  }
}

const isList = (value: object): value is unknown[] => Array.isArray(value);

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

function merged(present: object, value: object, shared: Shared | undefined): object {
  const own = shared?.has(present) === true ? apart(present, shared) : present;
  const isValueShared = shared?.has(value) === true;
  if (!isList(value)) {
    if (isList(own)) return value;
    merge(own as Data, value as Data, shared, isValueShared);
    return own;
  }
  if (!isList(own) || own.length !== value.length) return value;
  for (let index = 0; index < value.length; index += 1) {
    const [one, other] = [own[index], value[index]];
    own[index] =
      isObject(one) && isObject(other)
        ? one === other
          ? one
          : merged(one, other, shared)
        : taken(other, shared, isValueShared);
  }
  return own;
}

/** A part of what is shared is so itself, once it stands elsewhere by itself. */
function taken(value: unknown, shared: Shared | undefined, isFromShared: boolean): unknown {
  if (isFromShared && isObject(value)) shared!.add(value);
  return value;
}

/** A copy for one of the places; what is below still stands in all of them. */
function apart(present: object, shared: Shared): object {
  for (const below of Object.values(present)) if (isObject(below)) shared.add(below);
  return isList(present) ? [...present] : { ...present };
}
