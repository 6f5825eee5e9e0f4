import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { signedIn, type Hub } from "../testkit/hub";
import { auditor, viewer } from "../testkit/viewers";
import { hostileRequest } from "./hostile-request";

export interface Flaw {
  /** By which the request is made again. */
  number: number;
  what: string;
  request: string;
  answer: string;
}

export interface Fuzzed {
  inputs: number;
  /** By HTTP status, or `none` where what was sent is no whole request, and was not answered. */
  statuses: Record<string, number>;
  flaws: Flaw[];
  /** How long refusals took, in milliseconds. */
  medianMs: number;
  p99Ms: number;
  /** Refusals that took 50 ms, and did so each time when nothing else was asked. */
  slow: number[];
}

const AT_ONCE = 8;
const LONGEST_MS = 50;
/** So long is waited for more of what is no whole request. */
const FAREWELL_MS = 300;
/** Longer than any answer takes here, also of many figures. */
const PATIENCE_MS = 10_000;
/** So many are enough to know that it is slow. */
const SLOW_ENOUGH = 10;
const HEAD = Buffer.from("HEAD ");
const LAST_CHUNK = Buffer.from("0\r\n\r\n");
/** Goes before the answer where it was asked for. */
const CONTINUE = /^HTTP\/1\.1 100 [^\r]*\r\n\r\n/u;

/** Sends so many hostile requests, each over a connection of its own, and judges what comes back. */
export async function fuzz(
  { url, folder }: Pick<Hub, "url" | "folder">,
  { seed, from = 0, inputs }: { seed: number; from?: number; inputs: number },
): Promise<Fuzzed> {
  const port = Number(new URL(url).port);
  // Of one who may write, and of one who may read what is protected.
  const signs = [await signedIn(folder, viewer()), await signedIn(folder, auditor)].map(
    ({ authorization }) => authorization!,
  );
  const statuses: Record<string, number> = {};
  const flaws: Flaw[] = [];
  const times: number[] = [];
  const suspects: number[] = [];
  let next = from;
  const work = async () => {
    while (next < from + inputs) {
      const number = next;
      next += 1;
      const request = hostileRequest(seed, number, signs);
      const { answer, elapsedMs, silence } = await send(port, request);
      const status = /^HTTP\/1\.1 (\d{3})/u.exec(answer)?.[1] ?? "none";
      statuses[status] = (statuses[status] ?? 0) + 1;
      for (const [what, sign] of SIGNS)
        if (!isProgram(answer) && sign.test(answer))
          flaws.push({ number, what, ...shown(request, answer) });
      if (silence) flaws.push({ number, what: silence, ...shown(request, answer) });
      if (status === "none" || isAnswered(answer)) continue;
      times.push(elapsedMs);
      if (elapsedMs >= LONGEST_MS) suspects.push(number);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const slow: number[] = [];
  for (const number of suspects) {
    if (slow.length === SLOW_ENOUGH) break;
    if (await isSlowAlone(port, hostileRequest(seed, number, signs))) slow.push(number);
  }
  times.sort((one, other) => one - other);
  const at = (share: number) => Number((times[Math.floor(times.length * share)] ?? 0).toFixed(2));
  return { inputs, statuses, flaws, medianMs: at(0.5), p99Ms: at(0.99), slow };
}

/** What no answer may show. */
const SIGNS: readonly [what: string, sign: RegExp][] = [
  ["a server error", /^HTTP\/1\.1 5\d\d/mu],
  ["an error of our own", /INTERNAL_SERVER_ERROR/u],
  ["a path of the machine", /node_modules|file:\/\/|\/(?:home|usr|var|tmp|root|opt)\/\w+\//u],
  ["a stack", /\n?\s+at \S+ \(|\.[jt]s:\d+:\d+/u],
  [
    "a statement or an engine",
    /SQLITE|\bER_[A-Z_]+\b|\bSELECT .+ FROM\b|QueryFailedError|TypeError|RangeError/u,
  ],
  ["an address inside", /ECONN|127\.0\.0\.1:\d+/u],
];

/** Of the pages, which is the same for everybody and holds many a word. */
const isProgram = (answer: string): boolean =>
  /^HTTP\/1\.1 200 [^]*?\r\ncontent-type: text\/javascript/u.test(answer);

/** With data, be it beside errors, or a page: both may take longer than a refusal. */
const isAnswered = (answer: string): boolean =>
  /^HTTP\/1\.1 [23]/u.test(answer) &&
  (!answer.includes('\r\n\r\n{"errors":[') || answer.includes(',"data":{'));

/** Another program may have had the machine just then. */
async function isSlowAlone(port: number, request: Buffer): Promise<boolean> {
  for (let time = 0; time < 20; time += 1) {
    if ((await send(port, request)).elapsedMs < LONGEST_MS) return false;
    await pause(50);
  }
  return true;
}

interface Sent {
  answer: string;
  elapsedMs: number;
  /** What is wrong with it, where nothing was answered and something should have been. */
  silence: string | undefined;
}

/** @throws when nobody listens any more. */
function send(port: number, request: Buffer): Promise<Sent> {
  return new Promise((resolve, reject) => {
    let began = performance.now();
    const chunks: Buffer[] = [];
    const answer = (encoding: "utf8" | "latin1" = "utf8") =>
      Buffer.concat(chunks).toString(encoding).replace(CONTINUE, "");
    const isHead = request.subarray(0, 5).equals(HEAD);
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    let isOver = false;
    const end = (silence?: string) => {
      if (isOver) return;
      isOver = true;
      clearTimeout(farewell);
      clearTimeout(patience);
      // Without a farewell, or the machine would run out of ports that wait for one.
      socket.resetAndDestroy();
      const elapsedMs = performance.now() - began;
      resolve({ answer: answer(), elapsedMs, silence: answer() === "" ? silence : undefined });
    };
    // The server waits for the rest of what is no whole request, which may be answered with silence once none comes.
    let mayBeSilent = false;
    const farewell = setTimeout(() => {
      if (isWholeRequest(request)) return;
      if (answer() === "") began = performance.now();
      mayBeSilent = true;
      socket.end();
    }, FAREWELL_MS);
    const patience = setTimeout(() => end("no answer and no end"), PATIENCE_MS);
    const close = () => end(mayBeSilent ? undefined : "closed without a word");
    socket.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      if (isWhole(answer("latin1"), isHead)) end();
    });
    socket.once("end", close);
    socket.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ECONNREFUSED") reject(error);
      else close();
    });
    socket.write(request);
  });
}

/** Nothing more need come before it can be answered, be it only with a refusal. */
function isWholeRequest(request: Buffer): boolean {
  const end = request.indexOf("\r\n\r\n") + 4;
  if (end < 4) return false;
  const head = request.toString("latin1", 0, end);
  if (/^transfer-encoding:/imu.test(head)) return request.subarray(-5).equals(LAST_CHUNK);
  const length = /^content-length:[ \t]*(\d+)[ \t]*\r$/imu.exec(head)?.[1] ?? 0;
  return request.length >= end + Number(length);
}

/** An answer that tells where it ends, after which the connection may be kept open; others end with it. */
function isWhole(answer: string, isHead: boolean): boolean {
  const end = answer.indexOf("\r\n\r\n") + 4;
  if (end < 4) return false;
  // Nothing follows, whatever it says or does not say of a length.
  if (isHead) return true;
  const head = answer.slice(0, end);
  if (/^transfer-encoding: chunked\r$/imu.test(head)) return answer.endsWith("\r\n0\r\n\r\n");
  const length = /^content-length: (\d+)\r$/imu.exec(head)?.[1];
  return length !== undefined && answer.length >= end + Number(length);
}

const shown = (request: Buffer, answer: string) => ({
  request: request.toString("utf8").slice(0, 2000),
  answer: answer.slice(0, 2000),
});
