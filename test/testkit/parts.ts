type Path = readonly (string | number)[];

export interface PartError {
  message: string;
  path?: (string | number)[];
  extensions: Record<string, unknown>;
}

/** One part of an answer that comes in parts. */
export interface AnswerPart {
  data?: any;
  errors?: PartError[];
  extensions?: any;
  hasNext: boolean;
  incremental?: {
    label?: string;
    path: (string | number)[];
    data: any;
    errors?: PartError[];
    extensions?: any;
  }[];
}

export const IN_PARTS = "multipart/mixed; deferSpec=20220824, application/json";

/** Asks for an answer in parts, and hands on each when it has come. */
export async function* askInParts(
  url: string,
  body: object,
  headers: Record<string, string> = {},
): AsyncGenerator<AnswerPart> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", accept: IN_PARTS, ...headers },
    body: JSON.stringify(body),
  });
  const type = response.headers.get("content-type") ?? "";
  if (!type.startsWith("multipart/mixed"))
    throw new Error(`${response.status} ${type}: ${await response.text()}`);
  const decoder = new TextDecoder();
  let text = "";
  for await (const bytes of response.body as AsyncIterable<Uint8Array>) {
    text += decoder.decode(bytes, { stream: true });
    const pieces = text.split("\r\n---");
    text = pieces.pop()!;
    for (const piece of pieces) {
      const start = piece.indexOf("\r\n\r\n");
      if (start >= 0) yield JSON.parse(piece.slice(start)) as AnswerPart;
    }
  }
  if (text !== "--\r\n") throw new Error(`The answer ends with ${JSON.stringify(text)}`);
}

/** What a client has once all parts have come: each put where it belongs. */
export function putTogether([first, ...others]: readonly AnswerPart[]) {
  const data: unknown = structuredClone(first!.data);
  const errors = [...(first!.errors ?? [])];
  for (const item of others.flatMap(({ incremental = [] }) => incremental)) {
    const target = item.path.reduce((at: any, step) => at[step], data);
    if (item.data !== null) addTo(target, structuredClone(item.data));
    errors.push(...(item.errors ?? []));
  }
  return { data, errors };
}

function addTo(target: any, source: any): void {
  for (const [key, value] of Object.entries(source)) {
    const present = target[key];
    if (typeof value === "object" && value !== null && present) addTo(present, value);
    else target[key] = value;
  }
}

export const placeOf = ({ label, path }: { label?: string; path: Path }): string =>
  `${label ?? ""} ${path.join(".")}`;
