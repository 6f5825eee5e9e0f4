import { fork } from "node:child_process";
import { join, resolve } from "node:path";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import {
  AuditEntryRecord,
  LedgerHeadRecord,
} from "../../subgraphs/foundation/ledger/ledger.record";
import { readDataVersions } from "../../subgraphs/foundation/ledger/data-version";
import { verifyLedger } from "../../subgraphs/foundation/ledger/verify-ledger";
import { writeInstitutions } from "../../subgraphs/foundation/institution/write-institutions";
import { museumsDesign } from "../../subgraphs/museums/subgraph";
import { MuseumRecord, MuseumReportRecord } from "../../subgraphs/museums/museum/museum.record";
import { InstitutionsUnderTest } from "../testkit/institutions";
import { viewer } from "../testkit/viewers";

let museums: InstitutionsUnderTest;
beforeAll(async () => {
  museums = await InstitutionsUnderTest.start(museumsDesign, ["CULTURE"]);
});
afterEach(() => museums.clear());
afterAll(() => museums.stop());

const database = () => museums.databases.get("CULTURE")!;
const verify = (anchor?: { sequence: number; hash: string }) =>
  verifyLedger(database(), [MuseumRecord, MuseumReportRecord], anchor);
const flaws = async () => (await verify()).flaws.map(({ sequence, en }) => [sequence, en]);

/** So many museums, registered one after another: as many entries. */
async function registered(count: number, from = 1): Promise<void> {
  for (let each = from; each < from + count; each += 1) {
    const { data } = await museums.ask(
      `mutation ($input: RegisterMuseumInput!) { registerMuseum(input: $input) { userErrors { code } } }`,
      {
        input: {
          idempotencyKey: `bao-tang-${each}`,
          code: `BT-${each}`,
          name: `Bảo tàng ${each}`,
          unit: { code: "03388" },
        },
      },
      viewer(),
    );
    expect(data!.registerMuseum.userErrors).toEqual([]);
  }
}

const write = (work: Parameters<ReturnType<typeof database>["write"]>[0]) => database().write(work);

describe("verifyLedger", () => {
  it("finds a ledger intact that was only written to, and names its last entry", async () => {
    await registered(3);

    const { head, flaws: found } = await verify();

    expect(found).toEqual([]);
    expect(head).toEqual({ sequence: 3, hash: expect.stringMatching(/^[0-9a-f]{64}$/u) });
    expect((await verify(head)).flaws).toEqual([]);
  });

  it("finds an entry that was changed", async () => {
    await registered(3);

    await write((manager) =>
      manager.update(AuditEntryRecord, { sequence: 2 }, { agencyId: "agency:so-gddt" }),
    );

    expect(await flaws()).toEqual([[2, "what it says was changed"]]);
  });

  it("finds an entry that is missing", async () => {
    await registered(3);

    await write((manager) => manager.delete(AuditEntryRecord, { sequence: 2 }));

    expect(await flaws()).toContainEqual([3, "entries 2 to 2 are missing"]);
  });

  it("finds entries that changed places, although each was hashed anew", async () => {
    await registered(3);

    await write(async (manager) => {
      await manager.update(AuditEntryRecord, { sequence: 2 }, { sequence: 99 });
      await manager.update(AuditEntryRecord, { sequence: 3 }, { sequence: 2 });
      await manager.update(AuditEntryRecord, { sequence: 99 }, { sequence: 3 });
    });

    expect(await flaws()).toContainEqual([
      2,
      "does not follow from the entry before it: moved, or that one was replaced",
    ]);
  });

  it("finds that the last entries were cut off, although the head was made to fit", async () => {
    await registered(3);
    const { head } = await verify();

    await write(async (manager) => {
      const second = await manager.findOneByOrFail(AuditEntryRecord, { sequence: 2 });
      await manager.delete(AuditEntryRecord, { sequence: 3 });
      await manager.update(LedgerHeadRecord, { id: 1 }, { sequence: 2, hash: second.hash });
    });

    expect(await flaws()).toEqual([[3, expect.stringContaining("the ledger says nothing")]]);
    expect((await verify(head)).flaws).toContainEqual(
      expect.objectContaining({ en: "the entry noted at an earlier check is gone, or is another" }),
    );
  });

  it("finds a row that was written past the ledger", async () => {
    await registered(1);

    await write((manager) => manager.update(MuseumRecord, { code: "BT-1" }, { version: 5 }));

    expect(await flaws()).toEqual([
      [
        1,
        expect.stringMatching(/^museum:culture:.*: the row is at version 5, the ledger says 1$/u),
      ],
    ]);
  });
});

describe("A process that is killed while it writes", () => {
  const folder = mkdtempSync(join(tmpdir(), "hub-killed-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** A process that does the work on this test's databases; it has begun once this resolves. */
  async function begun(file: string, call: string) {
    const program = join(folder, `${file}.cjs`);
    const urls = JSON.stringify([...museums.urls]);
    writeFileSync(
      program,
      `require(${JSON.stringify(require.resolve("tsx/cjs"))});
       const work = require(${JSON.stringify(resolve(__dirname, `../testkit/${file}.ts`))});
       work.${call.replace("(", `(new Map(${urls}), ${JSON.stringify(museums.folder)}, `)};`,
    );
    const child = fork(program, { silent: true });
    const ended = new Promise((told) => child.once("exit", told));
    await Promise.race([new Promise((told) => child.once("message", told)), ended]);
    return {
      kill: async (afterMs: number) => {
        await new Promise((told) => setTimeout(told, afterMs));
        child.kill("SIGKILL");
        await ended;
      },
    };
  }

  it("leaves every write whole or not at all, wherever it was", async () => {
    for (let round = 0; round < 6; round += 1) {
      const child = await begun("write-museums", `writeMuseums("vong-${round}")`);
      await child.kill(20 + round * 17);
    }

    const { head, flaws: found } = await verify();
    const rows = await database().read(async (manager) => ({
      museums: await manager.count(MuseumRecord),
      placements: await manager.count(museumsDesign.records.placement),
      entries: await manager.count(AuditEntryRecord),
    }));
    expect(found).toEqual([]);
    expect(head.sequence).toBeGreaterThan(6);
    expect(rows).toEqual({
      museums: head.sequence,
      placements: head.sequence,
      entries: head.sequence,
    });
  }, 60_000);

  it("leaves an import whole or not at all", async () => {
    const ROWS = 12_000;
    const institutions = Array.from({ length: ROWS }, (_, index) => ({
      id: `museum:culture:${index}`,
      code: `M-${index}`,
      name: `Bảo tàng ${index}`,
      managingAgencyId: null,
      openedOn: null,
      closedOn: null,
      demonstration: false,
      placements: [{ unitId: "unit:03389", fromOn: null, untilOn: null }],
      reports: [],
    }));
    await writeInstitutions(database(), museumsDesign.records, institutions);
    const reports = () => database().read((manager) => manager.count(MuseumReportRecord));

    const left: number[] = [];
    for (const afterMs of [0, 30, 90, 20_000]) {
      const child = await begun("import-museums", `importMuseums(${ROWS})`);
      if (afterMs < 10_000) await child.kill(afterMs);
      else while ((await reports()) === 0) await new Promise((told) => setTimeout(told, 100));
      left.push(await reports());
    }

    expect(left.filter((count) => count !== 0 && count !== ROWS)).toEqual([]);
    expect(left.at(-1)).toBe(ROWS);
    expect(left[0]).toBe(0);
    expect((await verify()).flaws).toEqual([]);
  }, 120_000);
});

describe("What a subgraph says of its data's version", () => {
  const version = async () => (await readDataVersions([database()]))["museums/culture"];

  it("is another after a database was put back to a backup and written to anew", async () => {
    await registered(1);
    const { head: backup } = await verify();
    const [before, again] = [await version(), await version()];
    await registered(1, 2);
    const lost = await version();

    await write(async (manager) => {
      await manager.delete(AuditEntryRecord, { sequence: 2 });
      await manager.delete(MuseumRecord, { code: "BT-2" });
      await manager.update(LedgerHeadRecord, { id: 1 }, backup);
    });
    const restored = await version();
    await registered(1, 3);

    expect((await verify()).head.sequence).toBe(2);
    expect([again, restored]).toEqual([before, before]);
    expect(new Set([before, lost, await version()]).size).toBe(3);
  });

  it("tells whoever reaches the subgraph neither how much was written nor whether anything was", async () => {
    const empty = database();
    const other = Object.assign(Object.create(empty) as typeof empty, { name: "museums/labour" });
    const unwritten = Object.values(await readDataVersions([empty, other]));
    await registered(1);

    const told = [...unwritten, await version()];

    for (const text of told) expect(text).toMatch(/^[\w-]{22}$/u);
    expect(new Set(told).size).toBe(3);
  });
});
