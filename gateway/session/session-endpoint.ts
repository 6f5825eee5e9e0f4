import type { IncomingMessage, ServerResponse } from "node:http";
import type { Logger } from "pino";
import { z } from "zod";
import { AccessRefused } from "../../access/access-refused";
import { refuse, refuseMethod, send, sendJson } from "../http/http-answer";
import { readBody } from "../http/request-body";
import { refuseCaller } from "../viewer";
import { LoginFailed, type LoginAttempt } from "./issuer";
import { returnPath } from "./return-path";
import { isSameOrigin } from "./same-origin";
import type { SessionDoor } from "./session-door";
import type { SignedIn } from "./sessions";

const MAX_BODY_BYTES = 16 * 1024;
const LOGIN_SECONDS = 10 * 60;
const LOGIN = "login";

/** The page on which people sign in, and read why they could not. */
const SIGN_IN_PAGE = "/dang-nhap";

const pastedShape = z.object({
  token: z
    .string()
    .trim()
    .min(1)
    .transform((token) => token.replace(/^bearer +/iu, "")),
});

type Answer = (
  door: SessionDoor,
  request: IncomingMessage,
  response: ServerResponse,
  log: Logger,
) => Promise<void>;

export interface SessionParts {
  door: SessionDoor;
  log: Logger;
}

/**
 * Signing in and out by a browser: `GET /session` (who, and how to sign in), `POST /session` (with a pasted token),
 * `DELETE /session`, and the two steps of the code flow, `GET /session/login?to=…` and `GET /session/callback`.
 */
export async function answerSession(
  { door, log }: SessionParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = (request.url ?? "/").split("?", 1)[0]!;
  const isRead = request.method === "GET";
  if (path === "/session/login" || path === "/session/callback") {
    if (!isRead) return refuseMethod(response, "GET");
    return (path === "/session/login" ? login : callback)(door, request, response, log);
  }
  if (path !== "/session")
    return refuse(response, 404, "Không có trang này.", "There is nothing here.");
  if (isRead) return tellWho(door, request, response, log);
  if (request.method !== "POST" && request.method !== "DELETE")
    return refuseMethod(response, "GET, POST, DELETE");
  if (!isSameOrigin(request, door.publicUrl))
    return refuse(
      response,
      403,
      "Chỉ trang của chính hệ thống mới được đăng nhập hoặc đăng xuất; nếu đây là trang của hệ thống, hãy đặt PUBLIC_URL đúng địa chỉ.",
      "Only the hub's own pages may sign in or out; if this is one, set PUBLIC_URL to its address.",
    );
  return (request.method === "POST" ? signIn : signOut)(door, request, response, log);
}

/** Who asks, as pages need to know it, and how they may sign in. */
const answerOf = (door: SessionDoor, signedIn: SignedIn | null) => ({
  signIn: { issuer: door.issuerName, loginUrl: door.issuer ? "/session/login" : null },
  viewer: signedIn && {
    agencyId: signedIn.viewer.agencyId,
    roles: signedIn.viewer.roles,
    sectors: signedIn.viewer.sectors,
    units: signedIn.viewer.units,
    until: signedIn.until.toISOString(),
  },
});

const tellWho: Answer = async (door, request, response) => {
  try {
    const signedIn = await door.signedIn(request);
    sendJson(response, 200, answerOf(door, signedIn));
  } catch (error) {
    if (!(error instanceof AccessRefused)) throw error;
    if (error.reason !== "SESSION_ENDED") return refuseCaller(error, request, response);
    response.setHeader("set-cookie", door.cookies.clear("hub-session"));
    sendJson(response, 200, { ...answerOf(door, null), ended: error.message });
  }
};

const signIn: Answer = async (door, request, response) => {
  if (!/^application\/json\b/iu.test(request.headers["content-type"] ?? ""))
    return refuse(response, 415, "Chỉ nhận application/json.", "Only application/json is taken.");
  const pasted = pastedShape.safeParse(readJson(await readBody(request, response, MAX_BODY_BYTES)));
  if (!pasted.success) return refuseCaller(new AccessRefused("MALFORMED"), request, response);
  try {
    const tokens = { accessToken: pasted.data.token, refreshToken: null };
    const signedIn = await begin(door, request, response, tokens);
    sendJson(response, 200, answerOf(door, signedIn));
  } catch (error) {
    if (!(error instanceof AccessRefused)) throw error;
    refuseCaller(error, request, response);
  }
};

const signOut: Answer = async (door, request, response) => {
  const name = door.cookies.read(request.headers, "hub-session");
  try {
    if (name !== undefined) await door.sessions.end(name);
  } catch (error) {
    if (!(error instanceof AccessRefused)) throw error;
    return refuseCaller(error, request, response);
  }
  response.setHeader("set-cookie", door.cookies.clear("hub-session"));
  const signOutUrl = (await door.issuer?.signOutAddress()) ?? null;
  sendJson(response, 200, { signOutUrl });
};

const login: Answer = async (door, request, response, log) => {
  const to = returnPath(parametersOf(request).get("to"));
  if (door.issuer === undefined)
    return goTo(response, `${SIGN_IN_PAGE}?${new URLSearchParams({ to }).toString()}`);
  try {
    const { address, attempt } = await door.issuer.begin(to);
    const sealed = await door.seal.close(LOGIN, { ...attempt }, LOGIN_SECONDS);
    response.setHeader("set-cookie", door.cookies.write("hub-login", sealed, LOGIN_SECONDS));
    goTo(response, address.href);
  } catch (error) {
    tellFailure(error, to, response, log);
  }
};

const callback: Answer = async (door, request, response, log) => {
  const sealed = door.cookies.read(request.headers, "hub-login") ?? "";
  // Whatever opens is what `login` has sealed.
  const attempt = (await door.seal.open(LOGIN, sealed)) as LoginAttempt | undefined;
  response.setHeader("set-cookie", [door.cookies.clear("hub-login")]);
  try {
    if (door.issuer === undefined || attempt === undefined)
      throw new LoginFailed("START_AGAIN", "no attempt under way in this browser");
    const tokens = await door.issuer.complete(request.url ?? "/", attempt);
    await begin(door, request, response, tokens);
    goTo(response, attempt.to);
  } catch (error) {
    tellFailure(error, attempt?.to ?? "/", response, log);
  }
};

/** Begins a session in this browser, in place of the one that it may have had. */
async function begin(
  { sessions, cookies }: SessionDoor,
  request: IncomingMessage,
  response: ServerResponse,
  tokens: Parameters<SessionDoor["sessions"]["open"]>[0],
): Promise<SignedIn> {
  const { name, ...signedIn } = await sessions.open(tokens);
  const before = cookies.read(request.headers, "hub-session");
  if (before !== undefined) await sessions.end(before);
  const seconds = Math.max(0, Math.floor((signedIn.until.getTime() - Date.now()) / 1000));
  response.appendHeader("set-cookie", cookies.write("hub-session", name, seconds));
  return signedIn;
}

function tellFailure(error: unknown, to: string, response: ServerResponse, log: Logger): void {
  const isKnown = error instanceof LoginFailed || error instanceof AccessRefused;
  if (!isKnown) throw error;
  // What an error holds beside its message may be an answer of the issuer with tokens in it.
  log.warn({ reason: error.message }, "nobody was signed in");
  const failure = error instanceof LoginFailed ? error.failure : error.reason;
  goTo(response, `${SIGN_IN_PAGE}?${new URLSearchParams({ error: failure, to }).toString()}`);
}

const goTo = (response: ServerResponse, location: string): void =>
  send(response, 303, "text/plain; charset=utf-8", "", {
    location,
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
  });

const parametersOf = ({ url }: IncomingMessage) => new URL(url ?? "/", "http://hub").searchParams;

function readJson(bytes: Buffer | null): unknown {
  try {
    return bytes && JSON.parse(bytes.toString("utf8"));
  } catch {
    return null;
  }
}
