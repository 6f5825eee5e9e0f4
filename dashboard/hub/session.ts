import { signal } from "@preact/signals";
import { inOneLanguage } from "./one-language";

export type Role = "REPORTER" | "APPROVER" | "STEWARD" | "AUDITOR";
export type Sector = "CULTURE" | "EDUCATION" | "ARMED_FORCES" | "LABOUR";

/** Whoever has signed in with this browser. What lets him in stays with the gateway. */
export interface Officer {
  agencyId: string;
  roles: readonly Role[];
  sectors: readonly Sector[];
  /** Codes, or ids of unit versions. */
  units: readonly string[];
  /** The instant, ISO 8601, at which he is asked again. */
  until: string;
}

export interface Session {
  signIn: {
    /** Whose tokens are believed. Null: the hub's own. */
    issuer: string | null;
    /** Where the issuer lets people in. Null: a token is pasted. */
    loginUrl: string | null;
  };
  viewer: Officer | null;
}

/** Undefined until the gateway has said. */
export const session = signal<Session | undefined>(undefined);
/** True once a session has ended by itself while the page was open. */
export const hasEnded = signal(false);

interface Refusal {
  errors?: { message: string; extensions?: { reason?: string } }[];
}

const at = (method: string, body?: object): Promise<Response> =>
  fetch("/session", {
    method,
    ...(body && {
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    }),
  });

/** Asks who has signed in; leaves what is known when the gateway cannot be reached. */
export async function readSession(): Promise<void> {
  const reply = await at("GET").catch(() => undefined);
  if (reply?.ok !== true) return;
  const read = (await reply.json()) as Session & { ended?: string };
  if (read.ended !== undefined) hasEnded.value = true;
  session.value = read;
}

/** Signs in with a pasted token. The answer is why not, in the page's language and as a code; undefined when it went well. */
export async function signInWith(
  token: string,
): Promise<{ reason: string; message: string } | undefined> {
  const reply = await at("POST", { token });
  const read = (await reply.json()) as Session & Refusal;
  if (!reply.ok) {
    const { message = String(reply.status), extensions } = read.errors?.[0] ?? {};
    return { reason: extensions?.reason ?? "", message: inOneLanguage(message) };
  }
  hasEnded.value = false;
  session.value = read;
  return undefined;
}

/** Signs out here, and gives the address at which to sign out of the issuer; null where there is none. */
export async function signOut(): Promise<string | null> {
  const reply = await at("DELETE");
  const { signOutUrl } = (await reply.json()) as { signOutUrl: string | null };
  hasEnded.value = false;
  if (session.value) session.value = { ...session.value, viewer: null };
  return signOutUrl;
}

/** What the gateway says when it does not know the session any more. */
export function sessionEnded(): void {
  hasEnded.value = true;
  if (session.value) session.value = { ...session.value, viewer: null };
}
