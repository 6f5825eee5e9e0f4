import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { issueToken } from "../../access/access-token";
import { openSigningKey } from "../../access/signing-key";
import { SECTORS } from "../../subgraphs/foundation/sector";
import { readTables } from "../../subgraphs/foundation/sheet/read-tables";
import { markErrors } from "../../subgraphs/foundation/sheet/write-workbook";
import { asker, startHubGateway, startSubgraphs } from "../testkit/hub";

const grant = {
  subject: "duyet-1",
  agencyId: "agency:so-vhttdl",
  sectors: ["CULTURE"],
  units: ["unit:12"],
  roles: ["STEWARD" as const],
  lifetimeSeconds: 3600,
};

describe("A caller of the hub", () => {
  let subgraphs: Awaited<ReturnType<typeof startSubgraphs>>;
  let gateway: Awaited<ReturnType<typeof startHubGateway>>;
  let stranger: Awaited<ReturnType<typeof startHubGateway>>;
  const elsewhere = mkdtempSync(join(tmpdir(), "hub-stranger-"));
  beforeAll(async () => {
    subgraphs = await startSubgraphs();
    gateway = await startHubGateway(subgraphs.urls, { folder: subgraphs.folder });
    stranger = await startHubGateway(subgraphs.urls, { folder: elsewhere });
  }, 120_000);
  afterAll(async () => {
    await gateway.stop();
    await stranger.stop();
    await subgraphs.stop();
    rmSync(elsewhere, { recursive: true, force: true });
  });

  const token = (is: Partial<typeof grant> = {}, folder = subgraphs.folder) =>
    issueToken(openSigningKey(folder), { ...grant, ...is });
  const headers = async (is?: Partial<typeof grant>) => ({
    authorization: `Bearer ${await token(is)}`,
  });
  const OWN = `mutation ($input: RegisterMuseumInput!) { registerMuseum(input: $input) {
    museum { version } userErrors { code } } }`;
  const REGISTER = `mutation ($input: RegisterMuseumInput!) { registerMuseum(input: $input) {
    museum { id version managingAgency { name } } userErrors { code message } } }`;
  const input = {
    idempotencyKey: "bao-tang-01",
    code: "BT-99",
    name: "Bảo tàng thử",
    unit: { code: "03388" },
    managingAgencyId: "agency:so-vhttdl",
  };

  it("writes with a token, and reads the answer across subgraphs", async () => {
    const { data, errors } = await asker(gateway.url)(REGISTER, { input }, await headers());

    expect(errors).toBeUndefined();
    expect(data.registerMuseum).toMatchObject({
      museum: {
        version: 1,
        managingAgency: { name: "Sở Văn hóa, Thể thao và Du lịch" },
      },
      userErrors: [],
    });
  });

  it("hears of mistakes in the language that was asked for", async () => {
    const wrong = { input: { ...input, idempotencyKey: "bao-tang-02", code: "BT-98", name: " " } };

    const vi = await asker(gateway.url)(REGISTER, wrong, await headers());
    const en = await asker(gateway.url)(REGISTER, wrong, {
      ...(await headers()),
      "accept-language": "en-GB,en;q=0.9,vi;q=0.2",
    });

    expect(vi.data.registerMuseum.userErrors[0].message).toBe("Cần nhập giá trị này.");
    expect(en.data.registerMuseum.userErrors[0].message).toBe("A value is needed here.");
  });

  it("without a token may not write, and with a bad one may not even read", async () => {
    const asked = new Map(subgraphs.statements);
    const nobody = await asker(gateway.url)(REGISTER, { input });
    const bad = await fetch(gateway.url, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: "Bearer a.b.c" },
      body: JSON.stringify({ query: "{ museums { totalCount } }" }),
    });

    expect(nobody.data.registerMuseum).toBeNull();
    expect(nobody.errors![0]!.extensions.code).toBe("UNAUTHENTICATED");
    expect(bad.status).toBe(401);
    expect(bad.headers.get("www-authenticate")).toBe('Bearer error="invalid_token"');
    expect(await bad.json()).toMatchObject({
      errors: [{ extensions: { code: "UNAUTHENTICATED", reason: "MALFORMED" } }],
    });
    expect(subgraphs.statements).toEqual(asked);
  });

  it("has with a subgraph itself the rights of the token, and no more by saying that the gateway sent it", async () => {
    const direct = asker(subgraphs.urls.museums!);
    const mine = {
      input: { ...input, idempotencyKey: "bao-tang-03", code: "BT-97", name: "Khác" },
    };
    const forged = Buffer.from(JSON.stringify({ ...grant, issuedOn: "2026-11-23" }));

    const own = await direct(OWN, mine, await headers());
    const foreign = await direct(OWN, mine, await headers({ sectors: ["EDUCATION"] }));
    const claimed = await direct(OWN, mine, { "hub-viewer": forged.toString("base64url") });

    expect(own.data.registerMuseum.userErrors).toEqual([]);
    expect(foreign.errors![0]!.extensions.code).toBe("FORBIDDEN");
    expect(claimed.errors![0]!.extensions).toMatchObject({
      code: "UNAUTHENTICATED",
      reason: "BAD_SIGNATURE",
    });
  });

  it("is not believed through a gateway that holds another secret", async () => {
    const answer = await asker(stranger.url)(
      REGISTER,
      { input: { ...input, idempotencyKey: "bao-tang-04" } },
      { authorization: `Bearer ${await token({}, elsewhere)}` },
    );

    expect(answer.data.registerMuseum).toBeNull();
    expect(answer.errors![0]!.extensions.code).toBe("UNAUTHENTICATED");
  });

  it("uploads a file of reports through the gateway, and reads what came of it", async () => {
    const upload = async (text: string, address: string, more: Record<string, string> = {}) => {
      const response = await fetch(new URL(address, gateway.url), {
        method: "POST",
        headers: more,
        body: text,
      });
      const body: any = await response.json();
      return { status: response.status, body };
    };
    const list = await asker(gateway.url)("{ museums(first: 1) { nodes { code } } }");
    const { code } = list.data.museums.nodes[0];
    const signed = await headers({ roles: ["REPORTER"] as never });
    const address = "/import/museums?sector=CULTURE&year=2026&file=a.csv";

    const dry = await upload(
      `Mã số;Nhân viên;Hiện vật số hóa\n${code};;5`,
      `${address}&dryRun=1`,
      signed,
    );
    const wrong = await upload(`Mã số;Hiện vật số hóa\n${code};x`, address, {
      ...signed,
      "accept-language": "en",
    });
    const nobody = await upload("a;b", address);
    const pdf = await upload("%PDF-1.7", address, signed);
    const nowhere = await upload("a;b", "/import/nowhere", signed);

    expect(dry).toMatchObject({
      status: 200,
      body: { rows: 1, written: false, sector: "CULTURE" },
    });
    expect(wrong.status).toBe(422);
    expect(wrong.body.problems).toMatchObject([
      { line: 2, column: "B", message: "“x” is no number; write a whole number, such as 1234." },
    ]);
    expect(Buffer.from(wrong.body.marked, "base64").subarray(0, 2).toString()).toBe("PK");
    expect([nobody.status, nobody.body.errors[0].extensions.code]).toEqual([
      401,
      "UNAUTHENTICATED",
    ]);
    expect([pdf.status, pdf.body.errors[0].extensions]).toEqual([
      400,
      { code: "BAD_USER_INPUT", reason: "NOT_A_WORKBOOK" },
    ]);
    expect(nowhere.status).toBe(404);
  });

  it("takes the template of his reports through the gateway, fills it in and sends it back", async () => {
    const address = "/template/libraries?sector=CULTURE&year=2026";
    const take = (more: Record<string, string> = {}, at = address) =>
      fetch(new URL(at, gateway.url), { headers: more });
    const refusal = async (response: Response) => {
      const { errors } = (await response.json()) as { errors: [{ message: string }] };
      return [response.status, errors[0].message];
    };
    const inWard = await headers({ roles: ["REPORTER"] as never, units: ["unit:03394"] });

    const taken = await take(inWard);
    const { tables } = readTables(Buffer.from(await taken.arrayBuffer()), "mau.xlsx");
    const [header, ...rows] = Array.from(tables[0]!.rows);
    const visits = header!.cells.indexOf("Lượt sử dụng");
    for (const { cells } of rows) cells[visits] = 1250;
    const filled = await markErrors([{ ...tables[0]!, rows: [header!, ...rows] }, tables[2]!], []);
    const sent = await fetch(new URL("/import/libraries?file=mau.xlsx", gateway.url), {
      method: "POST",
      headers: inWard,
      body: new Uint8Array(filled),
    });
    const drafts = await asker(gateway.url)(
      `{ libraries(first: 100, filter: { sector: [CULTURE], unit: { id: "unit:03394" } }) {
        nodes { code draft(year: 2026) { visits state } } } }`,
      {},
      inWard,
    );
    const foreign = await take(
      await headers({ roles: ["REPORTER"] as never, sectors: ["LABOUR"] }),
    );
    const nobody = await take();
    const nowhere = await take(inWard, "/template/nowhere");
    const approver = await take(await headers({ roles: ["APPROVER"] as never }));

    expect([taken.status, taken.headers.get("content-type")]).toEqual([
      200,
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ]);
    expect(taken.headers.get("content-disposition")).toBe(
      'attachment; filename="mau-bao-cao-libraries.xlsx"',
    );
    expect(taken.headers.get("cache-control")).toBe("no-store");
    expect(rows.map(({ cells }) => cells.slice(0, 3))).toEqual([
      ["LI-CU-0016", "Thư viện xã Thèn Sin", "Xã Sin Suối Hồ"],
    ]);
    expect(await sent.json()).toMatchObject({
      sector: "CULTURE",
      rows: 1,
      created: 1,
      written: true,
      problems: [],
    });
    expect(drafts.data.libraries.nodes).toContainEqual({
      code: "LI-CU-0016",
      draft: { visits: 1250, state: "DRAFT" },
    });
    expect(await refusal(foreign)).toEqual([
      403,
      "Dữ liệu này của ngành văn hóa; mã truy cập này chỉ thuộc ngành LABOUR. / These data belong to sector CULTURE; this token is for LABOUR.",
    ]);
    expect(await refusal(nobody)).toEqual([
      401,
      "Cần đăng nhập: gửi mã truy cập trong tiêu đề `Authorization: Bearer …`. / Sign in: send an access token in the header `Authorization: Bearer …`.",
    ]);
    expect(await refusal(nowhere)).toEqual([
      404,
      "Không có phân hệ nowhere. / There is no subgraph nowhere.",
    ]);
    expect((await refusal(approver))[0]).toBe(403);
  });

  it("of the armed forces, or an auditor of theirs, sees their libraries; nobody else does", async () => {
    const query = `{ libraries(first: 100, filter: { sector: [ARMED_FORCES] }) { totalCount missingSectors nodes { id } } }`;
    const everything = `{ libraries { totalCount } }`;
    const as = async (is: Partial<typeof grant>, text = query) =>
      (await asker(gateway.url)(text, {}, await headers(is))).data.libraries;
    const armed = { agencyId: "agency:bo-chqs", sectors: ["ARMED_FORCES"] };

    const own = await as({ ...armed, roles: ["REPORTER"] as never });
    const auditors = await as({ sectors: [...SECTORS], roles: ["AUDITOR"] as never });
    const foreign = await as({});
    const nobody = (await asker(gateway.url)(query)).data.libraries;

    expect(own.totalCount).toBe(17);
    expect(auditors).toEqual(own);
    expect(foreign).toEqual({ totalCount: 0, missingSectors: [], nodes: [] });
    expect(nobody).toEqual(foreign);
    expect((await as(armed as never, everything)).totalCount).toBe(
      (await as({}, everything)).totalCount + 17,
    );
    const [first] = own.nodes;
    const node = "query ($id: ID!) { node(id: $id) { id } library(id: $id) { name } }";
    const seen = await asker(gateway.url)(node, { id: first.id }, await headers(armed));
    const hidden = await asker(gateway.url)(node, { id: first.id });
    expect(seen.data).toMatchObject({ node: { id: first.id } });
    expect(hidden).toMatchObject({ data: { node: null, library: null } });
    expect(hidden.errors).toBeUndefined();
  });
});
