import type { ComponentChildren } from "preact";
import { useLocation } from "preact-iso/router";
import { withWords } from "../address";
import { isOutdated } from "../hub/outdated";
import { hubTexts } from "../language/hub.messages";
import { language, speak } from "../language/language";
import { Link } from "../link";
import { SECTOR_PATHS } from "../sector-paths";
import { DemonstrationMark } from "./demonstration-mark";
import { frameTexts } from "./frame.messages";
import { Silences } from "./silences";

/** What stands on every page: where one is, where one may go, and what must be known of the data. */
export function Frame({ children }: { children: ComponentChildren }) {
  const texts = frameTexts();
  return (
    <>
      <a class="skip" href="#main">
        {texts.skip}
      </a>
      <header class="top">
        <Link to="/" class="product">
          {texts.product}
        </Link>
        <nav aria-label={texts.views}>
          <ul>
            <li>
              <Link to="/">{texts.province}</Link>
            </li>
            <li>
              <Link to="/don-vi">{texts.units}</Link>
            </li>
            <li>
              <Link to="/so-sanh">{texts.explorer}</Link>
            </li>
            {Object.entries(SECTOR_PATHS).map(([path, sector]) => (
              <li key={path}>
                <Link to={`/nganh/${path}`}>{hubTexts().sector[sector]}</Link>
              </li>
            ))}
            <li>
              <Link to="/nhap-lieu">{texts.entry}</Link>
            </li>
          </ul>
        </nav>
        <LanguageSwitch />
      </header>
      <aside aria-label={texts.aboutData}>
        <DemonstrationMark />
        <Silences />
        <Outdated />
      </aside>
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      <footer>
        <nav aria-label={texts.data}>
          <a href="/graphql">{texts.query}</a>
        </nav>
      </footer>
    </>
  );
}

function Outdated() {
  const texts = frameTexts();
  if (!isOutdated.value) return null;
  return (
    <p role="alert" class="silence">
      {texts.updated}{" "}
      <button type="button" onClick={() => location.reload()}>
        {texts.reload}
      </button>
    </p>
  );
}

function LanguageSwitch() {
  const { url, route } = useLocation();
  const texts = frameTexts();
  const other = language.value === "vi" ? "en" : "vi";
  const href = withWords(url, { ngonngu: other === "en" ? "en" : undefined });
  return (
    <a
      class="language"
      href={href}
      lang={other}
      hreflang={other}
      title={texts.inOtherLanguage}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        event.stopPropagation();
        speak(other);
        route(href, true);
      }}
    >
      {texts.otherLanguage}
    </a>
  );
}
