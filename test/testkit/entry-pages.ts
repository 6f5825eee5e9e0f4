import type { Page } from "playwright-core";
import type { Role } from "../../access/viewer";
import type { Dashboard } from "./browser";
import { CULTURE, tokenOf as officerToken, type Office } from "./officers";

/** Where museums' reports of 2026 are entered. */
export const MUSEUMS = "/nhap-lieu?loai=bao-tang&nam=2026";

/** Officers at the entry pages; the dashboard is looked up when one of them comes. */
export function officersAt(dashboard: () => Dashboard | undefined) {
  const tokenOf = (subject: string, role: Role, office: Office = CULTURE) =>
    officerToken(dashboard()!.hub, subject, role, office);
  return {
    tokenOf,
    openAs: async (
      subject: string,
      role: Role,
      path: string,
      { language = "vi", office = CULTURE }: { language?: "vi" | "en"; office?: Office } = {},
    ) => {
      const opened = await dashboard()!.open(
        language === "vi" ? "/dang-nhap" : "/dang-nhap?ngonngu=en",
      );
      const { page } = opened;
      await page.fill("#token", await tokenOf(subject, role, office));
      await page.click("button[type=submit]");
      await page.waitForSelector("table");
      await page.goto(new URL(path, page.url()).href);
      return opened;
    },
    openReport: async (page: Page, name: string) => {
      await page.click(`text="${name}"`);
      await page.waitForSelector("#visits");
    },
    museum: async (code: string) => {
      const { data } = await dashboard()!.hub.ask(
        `query ($text: String) { museums(filter: { text: $text }) { nodes { id version
          draft(year: 2026) { version state visits learningVisits returnReason }
          report(year: 2026) { state visits explanation } } } }`,
        { text: code },
        { authorization: `Bearer ${await tokenOf("nguoi-doc", "REPORTER")}` },
      );
      return data.museums.nodes[0];
    },
  };
}
