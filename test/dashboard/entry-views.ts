import { randomUUID } from "node:crypto";
import type { Page } from "playwright-core";
import type { Hub } from "../testkit/hub";
import { tokenOf } from "../testkit/officers";
import type { View } from "./views";

const ids = {
  museum: "museum:culture:3d0a3e27-ac75-4ee6-8ec5-3587f60aac89",
  otherMuseum: "museum:culture:1acacb37-9be8-49aa-8f20-343c1fae0729",
  thirdMuseum: "museum:culture:f16d81c5-941e-4051-8ab3-bdc8d46675c7",
  library: "library:culture:80242d5b-9409-404e-8468-d1280c97c19a",
};

const form = (id: string, year: number) => `/nhap-lieu?ma=${id}&nam=${year}`;

/** What an officer sees who has signed in; `givenCorrections` makes the corrections that some are of. */
export const entryViews: readonly View[] = [
  {
    name: "entry-owed",
    path: "/nhap-lieu?loai=thu-vien&nam=2026&viec=chua-nop",
    whole: "tbody a",
    role: "REPORTER",
  },
  {
    name: "entry-form",
    path: form(ids.thirdMuseum, 2026),
    whole: "#visits",
    role: "REPORTER",
  },
  {
    name: "entry-form-with-errors",
    path: form(ids.thirdMuseum, 2026),
    whole: "#visits",
    role: "REPORTER",
    act: async (page) => {
      await page.fill("#visits", "khoảng 3000");
      await page.fill("#learningVisits", "ba trăm");
      await page.click("button[type=submit]");
      await page.waitForSelector(".problem-list");
    },
  },
  {
    name: "entry-waiting",
    path: "/nhap-lieu?loai=thu-vien&nam=2026&viec=cho-duyet",
    whole: "tbody a",
    role: "APPROVER",
  },
  {
    name: "entry-judging",
    path: form(ids.library, 2026),
    whole: "button.action",
    role: "APPROVER",
    act: async (page) => {
      await page.click(".form > button");
      await page.waitForSelector("#reason-problem:not(:empty)");
    },
  },
  {
    name: "entry-import",
    path: "/nhap-lieu?loai=thu-vien&nam=2026&viec=tep",
    whole: "#file",
    role: "REPORTER",
    act: importWrongFile,
    complaints: [
      "Failed to load resource: the server responded with a status of 422 (Unprocessable Entity)",
    ],
  },
  {
    name: "entry-approved",
    path: form(ids.thirdMuseum, 2025),
    whole: "#correct",
    role: "REPORTER",
  },
  {
    name: "entry-approved-list",
    path: "/nhap-lieu?loai=bao-tang&nam=2025&viec=da-duyet",
    whole: "tbody a",
    role: "REPORTER",
  },
  {
    name: "entry-correction",
    path: form(ids.museum, 2025),
    whole: "#visits",
    role: "REPORTER",
  },
  {
    name: "entry-judging-correction",
    path: form(ids.otherMuseum, 2025),
    whole: "button.action",
    role: "APPROVER",
  },
];

async function importWrongFile(page: Page): Promise<void> {
  const rows = [
    "Mã số,Tên thư viện,Xã,Lượt sử dụng,Lượt sử dụng để học tập,Ghi chú",
    "LI-CU-0013,,,nhiều,5,",
    "KHONG-CO,,,1,1,",
    ",Thư viện xã Thèn Sin,Xã Mường Khong,120,80,",
    "LI-CU-0014,,,100,250,",
  ];
  await page.setInputFiles("#file", {
    name: "bao-cao.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(rows.join("\n")),
  });
  await page.click("form button[type=submit]");
  await page.waitForSelector("tbody");
}

/** A museum's approved report of 2025 is being corrected; another's correction waits for approval. */
export async function givenCorrections(hub: Hub): Promise<void> {
  const headers = { authorization: `Bearer ${await tokenOf(hub, "nguoi-sua", "REPORTER")}` };
  const step = async (field: string, type: string, input: object) => {
    const { data, errors } = await hub.ask(
      `mutation ($input: ${type}!) { done: ${field}(input: $input) {
        report { id version } userErrors { message } } }`,
      { input: { idempotencyKey: randomUUID(), ...input } },
      headers,
    );
    if (errors || data.done.userErrors.length > 0)
      throw new Error(JSON.stringify({ data, errors }));
    return data.done.report as { id: string; version: number };
  };
  const correct = async (museum: string, reason: string, measures: object) => {
    const { data } = await hub.ask(
      "query ($id: ID!) { museum(id: $id) { report(year: 2025) { id version } } }",
      { id: museum },
    );
    const { version } = await step("reviseMuseumReport", "ReasonedReportStepInput", {
      ...data.museum.report,
      reason,
    });
    return step("saveMuseumReport", "SaveMuseumReportInput", {
      id: museum,
      year: 2025,
      version,
      measures,
      explanation: "Kho hiện vật được số hóa trong năm",
    });
  };
  await correct(ids.museum, "Cộng thiếu lượt khách tháng 11", { visits: 34_200 });
  const corrected = await correct(ids.otherMuseum, "Ghi nhầm số lượt khách của hai bảo tàng", {
    visits: 5_600,
  });
  await step("submitMuseumReport", "ReportStepInput", corrected);
}
