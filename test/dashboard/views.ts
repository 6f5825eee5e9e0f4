import type { Page } from "playwright-core";
import type { Role } from "../../access/viewer";
import type { Dashboard, OpenOptions, OpenPage } from "../testkit/browser";
import { tokenOf } from "../testkit/officers";

/** A view of the dashboard, for every test and picture that looks at all of them. */
export interface View {
  /** For the names of pictures. */
  name: string;
  path: string;
  /** What is there once the view is whole. */
  whole: string;
  /** Of the officer who looks at it; left out where anybody may. */
  role?: Role;
  /** What is done on it before it is looked at. */
  act?: (page: Page) => Promise<void>;
  /** What the browser then says among its errors; nothing when left out. */
  complaints?: readonly string[];
}

export const views: readonly View[] = [
  { name: "province", path: "/?nam=2025", whole: ".card .plot" },
  { name: "units", path: "/don-vi?nam=2025", whole: "table" },
  { name: "units-of-old", path: "/don-vi?nam=2025&thoi=huyen-cu&chitieu=C2", whole: "table" },
  { name: "explorer", path: "/so-sanh?nam=2025", whole: ".scatter .plot" },
  { name: "unit", path: "/don-vi/03394?nam=2025", whole: ".card .plot" },
  { name: "unit-of-old", path: "/don-vi/03394?nam=2024&ngay=2024-12-31", whole: ".card .plot" },
  { name: "no-unit", path: "/don-vi/99999", whole: ".problem" },
  { name: "explanation", path: "/don-vi/12/L6?nam=2025", whole: ".permalink" },
  { name: "explanation-of-growth", path: "/don-vi/12/M2?nam=2025", whole: ".permalink" },
  { name: "explanation-withheld", path: "/don-vi/12/L5?nam=2025", whole: ".permalink" },
  { name: "sector", path: "/nganh/giao-duc?nam=2025", whole: ".more" },
  { name: "sector-of-armed-forces", path: "/nganh/luc-luong-vu-trang?nam=2025", whole: "#co-so" },
  { name: "agency", path: "/co-quan/so-vhttdl?nam=2025", whole: ".more" },
  { name: "agency-ended", path: "/co-quan/so-ldtbxh?nam=2025", whole: ".facts" },
  {
    name: "institution",
    path: "/co-so/library:culture:b2729b6e-f36e-4a73-82c4-6513e555021a",
    whole: "table",
  },
  { name: "nowhere", path: "/don-vi/12/L6/khac", whole: "h1" },
  { name: "sign-in", path: "/dang-nhap", whole: "#token" },
  { name: "entry", path: "/nhap-lieu", whole: "a.action" },
];

/** The same view in another language. */
export const inLanguage = (path: string, language: "vi" | "en"): string =>
  language === "vi" ? path : `${path}${path.includes("?") ? "&" : "?"}ngonngu=en`;

/** Opens a view, and waits until it is whole. */
export async function openView(
  dashboard: Dashboard,
  { path, whole, role, act }: View,
  language: "vi" | "en",
  viewport: NonNullable<OpenOptions["viewport"]>,
): Promise<OpenPage> {
  const opened = await dashboard.open(inLanguage(path, language), {
    viewport,
    ...(role && { token: await tokenOf(dashboard.hub, "can-bo", role) }),
  });
  await opened.page.waitForSelector(whole);
  await act?.(opened.page);
  return opened;
}
