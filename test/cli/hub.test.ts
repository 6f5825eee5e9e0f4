import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTokenVerifier } from "../../access/access-token";
import { readTables } from "../../subgraphs/foundation/sheet/read-tables";
import { Run } from "../testkit/run";

describe("npm run hub", () => {
  const folder = mkdtempSync(join(tmpdir(), "hub-commands-"));
  const environment = { DATA_DIRECTORY: folder };
  const path = (name: string) => join(folder, name);
  const hub = async (...words: string[]) => {
    const run = new Run("cli/hub.ts", environment, ...words);
    return { code: await run.ended, printed: run.printed };
  };
  beforeAll(async () => {
    await new Run("cli/database.ts", environment, "migrate").ended;
    await new Run("cli/database.ts", environment, "demo").ended;
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  const codes = async () => {
    await hub(
      ...["export", "institutions", "--subgraph", "museums", "--sector", "CULTURE"],
      ...["--out", path("museums.csv")],
    );
    const { tables } = readTables(readFileSync(path("museums.csv")), "museums.csv");
    const [header, ...rows] = Array.from(tables[0]!.rows, ({ cells }) => cells);
    return rows.map((row) => String(row[header!.indexOf("Mã số")]));
  };

  it("token prints a token that the hub believes, and names agencies like one that there is not", async () => {
    const asked = ["token", "--role", "reporter", "--units", "03394", "--agency"];
    const { code, printed } = await hub(...asked, "so-gddt");
    const wrong = await hub(...asked, "so-gdt");

    const token = printed.split("\n").find((line) => line.startsWith("ey"))!;
    const verify = createTokenVerifier({ DATA_DIRECTORY: folder, OIDC_AUDIENCE: "lai-chau-hub" });
    expect(code).toBe(0);
    expect(await verify(`Bearer ${token}`)).toMatchObject({
      agencyId: "agency:so-gddt",
      sectors: ["EDUCATION"],
      units: ["unit:03394:2025-07-01"],
      roles: ["REPORTER"],
    });
    expect(wrong.code).toBe(1);
    expect(wrong.printed).toContain("agency:so-gddt");
  }, 60_000);

  it("import judges a file, marks its errors, and writes it once they are mended", async () => {
    const [first, second] = await codes();
    const file = path("bao-cao.csv");
    const asked = [
      "import",
      file,
      "--subgraph",
      "museums",
      "--sector",
      "CULTURE",
      "--year",
      "2024",
    ];
    const template = await hub(
      ...[
        "template",
        "museums",
        "--sector",
        "CULTURE",
        "--year",
        "2026",
        "--out",
        path("mau.xlsx"),
      ],
    );
    writeFileSync(file, `Mã số;Hiện vật số hóa\n${first};mười\n${second};5\nKHONG-CO;1`);

    const wrong = await hub(...asked);
    const marked = readTables(readFileSync(path("bao-cao-loi.xlsx")), "m.xlsx").tables[0]!;
    writeFileSync(file, `Mã số;Năm;Hiện vật số hóa\n${first};2022;10`);
    const unused = await hub(...asked, "--dry-run");

    expect(template.code).toBe(0);
    expect(wrong.code).toBe(1);
    expect(wrong.printed).toContain(
      "LỖI / ERROR bao-cao.csv B2 (Hiện vật số hóa): “mười” không phải số",
    );
    expect(wrong.printed).toContain("KHONG-CO");
    expect([...marked.rows]).toHaveLength(4);
    expect(unused.printed).toContain("1 dòng / rows");
  }, 120_000);

  it("export and restore refuse what they do not know, in one line", async () => {
    const what = await hub("export", "people", "--subgraph", "museums", "--out", path("x.csv"));
    const sector = await hub(
      ...[
        "export",
        "reports",
        "--subgraph",
        "museums",
        "--sector",
        "LABOUR",
        "--out",
        path("x.csv"),
      ],
    );
    const full = await hub(
      ...[
        "restore",
        "institutions",
        path("museums.csv"),
        "--subgraph",
        "museums",
        "--sector",
        "CULTURE",
      ],
    );

    const [token] = (
      await hub("token", "--role", "reporter", "--agency", "so-gddt", "--hours", "1")
    ).printed
      .split("\n")
      .filter((line) => line.startsWith("ey"));
    const elsewhere = { ...environment, HUB_TOKEN: token! };
    const museums = ["--subgraph", "museums", "--sector", "CULTURE"];
    const foreign = new Run(
      "cli/hub.ts",
      elsewhere,
      ...["restore", "institutions", path("museums.csv"), ...museums],
    );
    expect(await foreign.ended).toBe(1);
    expect(foreign.printed).toContain("One of the roles STEWARD is needed");

    expect([what.code, sector.code, full.code]).toEqual([1, 1, 1]);
    expect(what.printed.trim()).toBe("people? institutions, reports, indicators");
    expect(sector.printed.trim()).toBe("museums: không có ngành / has no sector LABOUR: CULTURE");
    expect(full.printed).toContain("only read back into an empty database");
  }, 120_000);

  it("export indicators leaves out what would single out an armed-forces library", async () => {
    const { printed } = await hub(
      ...[
        "export",
        "indicators",
        "--subgraph",
        "libraries",
        "--year",
        "2025",
        "--out",
        path("i.csv"),
      ],
    );
    const { tables } = readTables(readFileSync(path("i.csv")), "i.csv");
    const [header, ...rows] = Array.from(tables[0]!.rows, ({ cells }) => cells);
    const at = (title: string) => header!.indexOf(title);

    expect(printed).toContain("1071 dòng / rows");
    const withheld = rows.filter((row) => row[at("Đã ẩn")] === "Có");
    expect(new Set(withheld.map((row) => row[at("Chỉ tiêu")]))).toEqual(new Set(["L5", "L7"]));
    expect(withheld.every((row) => row[at("Tử số")] == null)).toBe(true);
  }, 60_000);

  it("remind tells who still owes reports, on the screen and to a webhook, but nothing of the armed forces", async () => {
    const heard: Record<string, any>[] = [];
    const server = createServer((request: IncomingMessage, response) => {
      void text(request).then((body) => {
        heard.push(JSON.parse(body) as Record<string, unknown>);
        response.end();
      });
    });
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

    const { code, printed } = await hub("remind", "--year", "2025", "--webhook", address);
    server.close();

    expect(code).toBe(0);
    expect(printed).toContain("Hạn nộp / Due on 2026-01-31");
    const [{ year, owing }] = heard as [{ year: number; owing: any[] }];
    expect(year).toBe(2025);
    expect(owing.length).toBeGreaterThan(10);
    expect(owing.every(({ expected, received, missing }) => expected - received === missing)).toBe(
      true,
    );
    expect(owing.filter(({ sector }) => sector === "ARMED_FORCES")).toEqual([]);
    expect(printed).toContain(owing[0].agency);
  }, 60_000);

  it("audit verify finds every ledger intact, and report verify says what is not sealed", async () => {
    const audit = await hub("audit", "verify");
    const report = await hub("report", "verify", "--year", "2025");

    expect(audit.code).toBe(0);
    expect(audit.printed.match(/đúng \/ intact/gu)).toHaveLength(7);
    expect(report.code).toBe(1);
    expect(report.printed.trim()).toBe(
      "Năm 2025 chưa được niêm phong. / The year 2025 has not been sealed.",
    );
  }, 60_000);
});
