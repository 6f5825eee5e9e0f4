import fc from "fast-check";
import { buildSchema, parse, validate } from "graphql";
import { clientSchema } from "../../gateway/client-schema";
import { readEnvironment } from "../../gateway/environment";
import { startGateway, type RunningGateway } from "../../gateway/server";
import { startArchive, type ServedArchive } from "../testkit/archive";
import { asker, hubAccess, startHub, type Hub } from "../testkit/hub";
import {
  askInParts,
  placeOf,
  putTogether,
  type AnswerPart,
  type PartError,
} from "../testkit/parts";
import { readProjectFile } from "../testkit/project-files";
import { operationFrom, type OperationShape } from "../testkit/random-operation";

const numbers = fc.array(fc.nat(997), { minLength: 40, maxLength: 200, size: "max" });

const told = (errors: readonly PartError[] = []) =>
  [...new Set(errors.map((error) => JSON.stringify([error.path, error.message])))].sort();

/** The operation without what is deferred in it; undefined where that cannot be written so simply. */
function firstAlone(query: string): string | undefined {
  if (/@skip\(if: \S+\) @defer/u.test(query)) return undefined;
  return query
    .replace(/@defer\(if: (\$\w+)\)/gu, "@skip(if: $1)")
    .replace(/@defer(\(label: "\w+"\))?/gu, "@skip(if: true)");
}

async function collect(parts: AsyncIterable<AnswerPart>): Promise<AnswerPart[]> {
  const all: AnswerPart[] = [];
  for await (const part of parts) all.push(part);
  return all;
}

interface Tried {
  inParts: number;
  items: number;
  compared: number;
}

/** For any operation: its parts make up the answer that it has in one, and each part stands for itself. */
async function agree(url: string, shape: OperationShape, runs: number, seed?: number) {
  const ask = asker(url);
  const tried: Tried = { inParts: 0, items: 0, compared: 0 };
  await fc.assert(
    fc.asyncProperty(numbers, async (chosen) => {
      const { query, variables } = operationFrom({ ...shape, defers: true }, chosen);
      fc.pre(query.includes("@defer") && validate(shape.schema, parse(query)).length === 0);
      const whole = await ask(query, variables);

      let parts: AnswerPart[];
      try {
        parts = await collect(askInParts(url, { query, variables }));
      } catch (error) {
        // What was to be deferred is skipped, or not deferred after all.
        expect(String(error)).toContain("200 application/json");
        return;
      }

      const items = parts.flatMap(({ incremental = [] }) => incremental);
      tried.inParts += 1;
      tried.items += items.length;
      const last = parts.length - 1;
      expect(parts.map(({ hasNext }) => hasNext)).toEqual(parts.map((_, at) => at < last));
      expect(parts.slice(1).filter(({ incremental = [] }) => incremental.length === 0)).toEqual([]);
      const labelled = items.filter(({ label }) => label).map(placeOf);
      expect([...new Set(labelled)]).toEqual(labelled);
      const first = firstAlone(query);
      if (first !== undefined) {
        const alone = await ask(first, variables);
        expect(parts[0]!.data).toEqual(alone.data);
        expect(told(parts[0]!.errors)).toEqual(told(alone.errors as PartError[]));
      }
      // A null that a deferred part may not hold ends there, and in one answer goes further up.
      if (items.some(({ data }) => data === null)) return;
      tried.compared += 1;
      const together = putTogether(parts);
      expect(together.data).toEqual(whole.data);
      expect(told(together.errors)).toEqual(told(whole.errors as PartError[]));
    }),
    { numRuns: runs, interruptAfterTimeLimit: 120_000, ...(seed !== undefined && { seed }) },
  );
  return tried;
}

describe("An answer in parts, over a schema that uses all that Federation has", () => {
  let archive: ServedArchive;
  let gateway: RunningGateway;
  let shape: OperationShape;

  beforeAll(async () => {
    archive = await startArchive();
    gateway = await startGateway({
      ...readEnvironment(),
      port: 0,
      host: "127.0.0.1",
      supergraphPath: archive.supergraphPath,
      subgraphUrls: archive.urls,
      subgraphDeadlineMs: 10_000,
      logLevel: "silent",
      access: hubAccess("/nowhere"),
    });
    shape = {
      schema: clientSchema(archive.merged),
      maxDepth: 6,
      values: {
        id: ["m1", "m2", "m4", "none"],
        ids: ["o1", "o3"],
        isbn: ["isbn-0", "isbn-3", "none"],
        email: ["p2@archive.example"],
        row: [1, 2, 7],
        first: [0, 2, 5],
        from: [0, 1],
        min: [0, 3],
      },
    };
  });
  afterAll(async () => {
    await gateway.stop();
    await archive.stop();
  });

  it("is the answer in one, divided", async () => {
    const tried = await agree(gateway.url, shape, 150, 20_261_125);

    expect(tried.inParts).toBeGreaterThan(40);
    expect(tried.items).toBeGreaterThan(tried.inParts);
    expect(tried.compared).toBeGreaterThan(tried.inParts / 2);
  }, 150_000);

  it("is so for operations never tried before", async () => {
    const tried = await agree(gateway.url, shape, 60);

    expect(tried.compared).toBeGreaterThan(0);
  }, 150_000);
});

describe("An answer in parts, over the hub's own schema and subgraphs", () => {
  let hub: Hub;
  beforeAll(async () => {
    hub = await startHub();
  }, 120_000);
  afterAll(() => hub.stop());

  it("is the answer in one, divided", async () => {
    const shape: OperationShape = {
      schema: buildSchema(readProjectFile("schema/hub.graphql")),
      maxDepth: 5,
      values: {
        id: ["agency:so-vhttdl", "agency:so-gddt", "unit:12"],
        code: ["12", "03394", "105", "L1", "C2"],
        codes: ["L1", "L4", "L7", "M1", "C2", "unknown"],
        indicator: ["L4", "M1", "C2"],
        year: [2023, 2025],
        asOf: ["2024-12-31", "2026-01-01"],
        text: ["phu"],
        type: [["PROVINCE"], ["DISTRICT"]],
        agency: ["agency:so-gddt"],
        first: [1, 3],
        after: [null],
        revision: [1],
      },
      without: new Set(["Query.administrativeUnits", "AdministrativeUnit.subdivisions"]),
    };

    const tried = await agree(hub.url, shape, 60, 20_261_125);

    expect(tried.inParts).toBeGreaterThan(15);
    expect(tried.compared).toBeGreaterThan(tried.inParts / 2);
  }, 150_000);
});
