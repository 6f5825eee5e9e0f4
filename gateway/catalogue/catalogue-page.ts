import { createHash } from "node:crypto";
import { pagePolicy } from "../http/security-headers";
import type { Catalogue, Dataset } from "./catalogue";

const escaped = (text: string): string =>
  text.replace(/[&<>"']/gu, (sign) => `&#${sign.charCodeAt(0)};`);

const STYLE = `
  body { font: 1rem/1.5 system-ui, sans-serif; max-width: 52rem; margin: 0 auto; padding: 1rem; color: #1b1b1b; background: #fff; }
  h1 { font-size: 1.5rem; line-height: 1.25; } h2 { font-size: 1.125rem; margin: 1.75rem 0 0.25rem; } p { margin: 0.25rem 0; }
  [lang="en"] { color: #4a4a4a; } ul { padding: 0; margin: 0.5rem 0; list-style: none; display: flex; flex-wrap: wrap; gap: 0.5rem; }
  li a { display: inline-block; padding: 0.375rem 0.75rem; border: 1px solid #0b5394; border-radius: 0.25rem; text-decoration: none; }
  a { color: #0b5394; } a:focus-visible { outline: 3px solid #e69138; outline-offset: 2px; }
`;

const digest = createHash("sha256").update(STYLE).digest("base64");

/** Nothing but this page's own style. */
export const PAGE_POLICY = pagePolicy({ "style-src": [`'sha256-${digest}'`] });

/** The catalogue for people: what there is, in which formats. */
export function cataloguePage({ datasets, licence, contact }: Catalogue): string {
  const terms = licence
    ? `<p><a href="${escaped(licence)}">Giấy phép sử dụng dữ liệu / Licence of the data</a></p>`
    : `<p>Cơ quan chủ quản chưa nêu giấy phép sử dụng dữ liệu. <span lang="en">The owners have not stated a licence for the data.</span></p>`;
  const questions =
    contact === undefined
      ? ""
      : `<p>Hỏi về dữ liệu / Questions about the data: <a href="mailto:${escaped(contact)}">${escaped(contact)}</a></p>`;
  return `<!doctype html>
<html lang="vi">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Dữ liệu mở về học tập suốt đời – Lai Châu</title>
    <link rel="alternate" type="application/ld+json" href="/.well-known/dcat">
    <style>${STYLE}</style>
  </head>
  <body>
    <main>
      <h1>Dữ liệu mở về học tập suốt đời tỉnh Lai Châu</h1>
      <p lang="en">Open data on lifelong learning in Lai Châu province.</p>
      <p>Excel, Power BI: <a href="/odata/">/odata/</a>. Máy đọc / For machines: <a href="/.well-known/dcat">/.well-known/dcat</a>. Bảng trực quan / Dashboard: <a href="/">/</a>.</p>
      ${terms}
      ${questions}
${datasets.map(section).join("\n")}
    </main>
  </body>
</html>
`;
}

function section({ id, title, description, publisherName, distributions }: Dataset): string {
  const links = distributions.map(({ address, format, year }) => {
    const url = new URL(address);
    const name = url.pathname
      .split("/")
      .at(-1)!
      .replace(/\.\w+$/u, "");
    const about = year === undefined ? name : `${name}, ${year}`;
    return `<li><a href="${escaped(url.pathname + url.search)}">${format} <small>${escaped(about)}</small></a></li>`;
  });
  return `      <section id="${id}">
        <h2>${escaped(title.vi)}</h2>
        <p>${escaped(description.vi)}</p>
        <p lang="en"><b>${escaped(title.en)}.</b> ${escaped(description.en)}</p>
        <p>${escaped(publisherName)}</p>
        <ul>${links.join("")}</ul>
      </section>`;
}
