import { useEffect } from "preact/hooks";
import { ErrorBoundary } from "preact-iso/lazy";
import { LocationProvider, Route, Router } from "preact-iso/router";
import { Frame } from "./frame/frame";
import { NotFound } from "./frame/not-found";
import { language } from "./language/language";
import { PAGES } from "./pages";
import { VIEWS } from "./views";

/** The hub's other addresses are no views: the browser goes there by itself. */
const OURS = new RegExp(`^/(?:$|\\?|(?:${PAGES.join("|")})(?:[/?]|$))`, "u");

let shown = location.pathname;

/** As on a page newly loaded: at its top, with what is read out beginning there. A choice within a view moves nobody. */
function beginAtTheTop(url: string): void {
  const { pathname } = new URL(url, location.origin);
  if (pathname === shown) return;
  shown = pathname;
  window.scrollTo(0, 0);
  document.getElementById("main")?.focus({ preventScroll: true });
}

export function App() {
  useEffect(() => {
    document.documentElement.lang = language.value;
  }, [language.value]);
  return (
    <LocationProvider scope={OURS}>
      <Frame>
        <ErrorBoundary>
          <Router onRouteChange={beginAtTheTop}>
            {VIEWS.map(({ path, view }) => (
              <Route key={path} path={path} component={view} />
            ))}
            <Route default component={NotFound} />
          </Router>
        </ErrorBoundary>
      </Frame>
    </LocationProvider>
  );
}
