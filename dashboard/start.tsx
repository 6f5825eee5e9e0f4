import { render } from "preact";
import { App } from "./app";
import { isOutdated } from "./hub/outdated";
import "./style.css";

// A script of a view is gone once the hub has been renewed.
addEventListener("vite:preloadError", () => (isOutdated.value = true));

const place = document.getElementById("dashboard")!;
place.replaceChildren();
render(<App />, place);
