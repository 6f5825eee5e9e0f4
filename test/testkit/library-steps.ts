import type { InstitutionsUnderTest } from "./institutions";
import { inRole } from "./viewers";

export const steward = inRole("STEWARD", { subject: "danh-muc" });
export const reporter = inRole("REPORTER", { subject: "bao-cao" });
export const approver = inRole("APPROVER", { subject: "duyet" });

const ROW = "id code name version openedOn closedOn kind unit { id } mergedInto { id }";
const REPORT =
  "id year state revision version visits learningVisits explanation returnReason submittedAt";

/** Takes steps in the lives of libraries and of their reports; the libraries are looked up at each step. */
export function stepsOn(libraries: () => InstitutionsUnderTest) {
  let keys = 0;
  const key = () => `khoa-thu-${(keys += 1)}`;
  const act = async (
    field: string,
    type: string,
    input: object,
    who = steward,
    language?: "en",
  ) => {
    const { data, errors } = await libraries().ask(
      `mutation ($input: ${type}!) { done: ${field}(input: $input) { library { ${ROW} } userErrors { code path message } } }`,
      { input: { idempotencyKey: key(), ...input } },
      who,
      language,
    );
    return { done: data?.done, errors };
  };
  const step = async (field: string, type: string, input: object, who = reporter) => {
    const { data, errors } = await libraries().ask(
      `mutation ($input: ${type}!) { done: ${field}(input: $input) { report { ${REPORT} } userErrors { code path message } } }`,
      { input: { idempotencyKey: key(), ...input } },
      who,
    );
    return { done: data?.done, errors };
  };
  const save = (id: string, year: number, measures: object, more: object = {}) =>
    step("saveLibraryReport", "SaveLibraryReportInput", { id, year, measures, ...more });
  return { key, act, step, save };
}

export const codes = (done: any) =>
  done.userErrors.map(({ code, path }: any) => [code, path.join(".")]);

export const REGISTRATION = {
  sector: "CULTURE",
  code: "X-01",
  name: "Thư viện xã Sin Suối Hồ",
  kind: "COMMUNE_PUBLIC",
  unit: { code: "03394" },
  managingAgencyId: "agency:so-vhttdl",
  openedOn: "2025-09-01",
};
