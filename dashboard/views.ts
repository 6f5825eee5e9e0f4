import lazy from "preact-iso/lazy";
import { Province } from "./views/province/province";

/**
 * Every view by its address, which a person can guess, in Vietnamese without marks. Only the province's is in the first
 * script; the others are `lazy(() => import(…))` and come when they are opened.
 */
export const VIEWS = [
  { path: "/", view: Province },
  {
    path: "/so-sanh",
    view: lazy(() => import("./views/explorer/explorer").then(({ Explorer }) => Explorer)),
  },
  { path: "/don-vi", view: lazy(() => import("./views/units/units").then(({ Units }) => Units)) },
  { path: "/don-vi/:code", view: lazy(() => import("./views/unit/unit")) },
  {
    path: "/don-vi/:code/:indicator",
    view: lazy(() => import("./views/explanation/explanation")),
  },
  { path: "/nganh/:sector", view: lazy(() => import("./views/sector/sector")) },
  { path: "/co-quan/:id", view: lazy(() => import("./views/agency/agency")) },
  { path: "/co-so/:id", view: lazy(() => import("./views/institution/institution")) },
  {
    path: "/dang-nhap",
    view: lazy(() => import("./views/sign-in/sign-in").then(({ SignIn }) => SignIn)),
  },
  {
    path: "/nhap-lieu",
    view: lazy(() => import("./views/entry/entry").then(({ Entry }) => Entry)),
  },
] as const;
