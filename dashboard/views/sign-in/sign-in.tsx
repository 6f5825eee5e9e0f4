import { useLocation } from "preact-iso/router";
import { useEffect, useRef, useState } from "preact/hooks";
import { usePageTitle } from "../../frame/page-title";
import { hasEnded, readSession, session, signInWith, signOut } from "../../hub/session";
import { instant } from "../../language/format";
import { Link } from "../../link";
import { signInTexts } from "./sign-in.messages";
import "../entry/entry.css";

const COMMAND = "npm run hub -- token --agency so-gddt --role reporter";

/** Where officers sign in: at the issuer, or with a token that they paste. */
export function SignIn() {
  const texts = signInTexts();
  const { query } = useLocation();
  usePageTitle(texts.title);
  useEffect(() => void readSession(), []);
  const known = session.value;
  const to = ownPath(query.to);
  const failures: Readonly<Record<string, string>> = texts.failure;
  const failure = query.error && (failures[query.error] ?? texts.failure.other);
  if (known?.viewer) return <SignedIn to={to} />;
  return (
    <div class="form">
      <h1>{texts.title}</h1>
      {(failure ?? (hasEnded.value && texts.ended)) && (
        <p role="alert" class="problem">
          {failure ?? texts.ended}
        </p>
      )}
      <p>{texts.about}</p>
      {known?.signIn.loginUrl != null && (
        <p>
          <a
            class="action"
            href={`${known.signIn.loginUrl}?to=${encodeURIComponent(to)}`}
            target="_top"
          >
            {texts.atIssuer(new URL(known.signIn.issuer!).host)}
          </a>
        </p>
      )}
      {known && <PasteToken to={to} />}
    </div>
  );
}

/** The way back is a path of these pages: nobody is led elsewhere by an address. */
const ownPath = (to: string | undefined): string =>
  to !== undefined && /^\/(?![/\\])/u.test(to) ? to : "/nhap-lieu";

function PasteToken({ to }: { to: string }) {
  const texts = signInTexts();
  const { route } = useLocation();
  const [problem, setProblem] = useState<string | undefined>();
  const [isBusy, setIsBusy] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const { issuer, loginUrl } = session.value!.signIn;
  const refuse = (why: string) => {
    setProblem(why);
    field.current?.focus();
  };
  const enter = async () => {
    const token = field.current!.value.trim();
    if (token === "") return refuse(texts.needed);
    setIsBusy(true);
    const why = await signInWith(token).catch(() => ({ reason: "", message: texts.unreachable }));
    setIsBusy(false);
    if (why !== undefined)
      return refuse(why.reason === "MALFORMED" ? texts.malformed : why.message);
    route(to, true);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void enter();
      }}
      noValidate
    >
      <h2>{loginUrl === null ? texts.paste : texts.orPaste}</h2>
      <p id="token-help">
        {issuer === null ? texts.howTo : texts.howToIssuer} <code>{issuer ?? COMMAND}</code>
      </p>
      <div class="field">
        <label for="token">{texts.token}</label>
        <textarea
          id="token"
          ref={field}
          rows={4}
          autocomplete="off"
          spellcheck={false}
          aria-describedby="token-help token-problem"
          aria-invalid={problem !== undefined}
        />
        <p id="token-problem" class="field-problem" role="alert">
          {problem}
        </p>
      </div>
      <p class="quiet">{texts.kept}</p>
      <button type="submit" class="action" disabled={isBusy}>
        {texts.enter}
      </button>
    </form>
  );
}

function SignedIn({ to }: { to: string }) {
  const texts = signInTexts();
  const viewer = session.value!.viewer!;
  return (
    <div class="form">
      <h1>{texts.title}</h1>
      <p>
        <strong>{viewer.agencyId}</strong>. {texts.until(instant(viewer.until))}
      </p>
      <p>
        <Link to={to.split("?")[0]!} class="action">
          {texts.toEntry}
        </Link>
      </p>
      <SignOut />
    </div>
  );
}

/** Leaves the hub, and the issuer where it has a place for that. */
export function SignOut() {
  const leave = async () => {
    const elsewhere = await signOut();
    if (elsewhere !== null) location.assign(elsewhere);
  };
  return (
    <button type="button" onClick={() => void leave()}>
      {signInTexts().leave}
    </button>
  );
}
