// Runs in the browser; everything that it imports is bundled with it.
import "@fontsource-variable/roboto-mono";
import { GraphiQL } from "graphiql";
import "graphiql/style.css";
import { createElement } from "react";
import { createRoot } from "react-dom/client";
import coverage from "../../schema/operations/cross-sector-coverage.graphql";
import "./page.css";

const WORKERS = { json: "json.worker.js", graphql: "graphql.worker.js" };

globalThis.MonacoEnvironment = {
  getWorker: (_id, label) =>
    new Worker(`/graphiql/${WORKERS[label] ?? "editor.worker.js"}`, { type: "module" }),
};

async function fetcher(operation, { headers } = {}) {
  const response = await fetch("/graphql", {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "application/graphql-response+json",
      ...headers,
    },
    body: JSON.stringify(operation),
  });
  return response.json();
}

const variables = JSON.stringify({ code: "12", year: 2025 }, null, 2);

// GraphiQL leaves the variables of default tabs out of its editor; later visits go on from what the browser has kept.
const isFirstVisit = localStorage.getItem("graphiql:tabState") === null;

// The editor measures its font once, so the font must be there before: `Việt` brings the letters with two marks.
await document.fonts.load("14px 'Roboto Mono Variable'", "Việt").catch(() => []);

createRoot(document.getElementById("graphiql")).render(
  createElement(
    GraphiQL,
    {
      fetcher,
      defaultTabs: [{ query: coverage, variables }],
      ...(isFirstVisit && { initialVariables: variables }),
      defaultEditorToolsVisibility: "variables",
    },
    createElement(GraphiQL.Logo, null, "Dữ liệu học tập suốt đời – Lai Châu"),
  ),
);
