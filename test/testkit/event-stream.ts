export interface StreamEvent {
  event: string | undefined;
  id: string | undefined;
  data: any;
}

export interface OpenStream {
  status: number;
  headers: Headers;
  /** As it came so far. */
  text(): string;
  /** The next event of the kind; undefined once the stream has ended. */
  next(event?: string): Promise<StreamEvent | undefined>;
  /** The last id that was told, in an event or by itself. */
  lastId(): string | undefined;
  /** Waits for the text to come. */
  until(part: string): Promise<void>;
  close(): void;
}

/** Reads server-sent events as they come over the wire. */
export async function openStream(
  url: string,
  query: string,
  { variables = {}, headers = {} }: { variables?: object; headers?: Record<string, string> } = {},
): Promise<OpenStream> {
  const leaving = new AbortController();
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "text/event-stream", ...headers },
    body: JSON.stringify({ query, variables }),
    signal: leaving.signal,
  });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  let read = 0;
  let hasEnded = false;
  const more = async () => {
    const { value, done } = await reader.read().catch(() => ({ value: undefined, done: true }));
    if (value !== undefined) text += value;
    hasEnded = done;
  };
  const block = (): StreamEvent | undefined => {
    const end = text.indexOf("\n\n", read);
    if (end < 0) return undefined;
    const lines = text.slice(read, end).split("\n");
    read = end + 2;
    const field = (name: string) =>
      lines
        .find((line) => line.startsWith(`${name}:`))
        ?.slice(name.length + 1)
        .trimStart();
    const data = field("data");
    return { event: field("event"), id: field("id"), data: data ? JSON.parse(data) : undefined };
  };
  return {
    status: response.status,
    headers: response.headers,
    text: () => text,
    next: async (event = "next") => {
      for (;;) {
        const found = block();
        if (found?.event === event) return found;
        if (found) continue;
        if (hasEnded) return undefined;
        await more();
      }
    },
    lastId: () => [...text.matchAll(/^id: (.+)$/gmu)].at(-1)?.[1],
    until: async (part) => {
      while (!text.includes(part) && !hasEnded) await more();
    },
    close: () => leaving.abort(),
  };
}
