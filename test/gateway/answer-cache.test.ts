import { createHash, randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { RunningGateway } from "../../gateway/server";
import { openFaultyFront } from "../testkit/faulty-front";
import { asker, signedIn, startHub, startHubGateway, type Hub } from "../testkit/hub";
import { knownOperations } from "../testkit/operations";
import { isRedisHere, REDIS } from "../testkit/redis";
import { startSmallGateway } from "../testkit/small-gateway";
import { startSmallHub } from "../testkit/small-hub";
import { auditor, viewer } from "../testkit/viewers";

const MUSEUMS = `query Museums { museums(first: 1) { totalCount } }`;
const LIBRARIES = `query Libraries($sector: [Sector!]) { libraries(filter: { sector: $sector }) { totalCount } }`;
const BOTH = `query Both { museums(first: 1) { totalCount } administrativeUnit(code: "12") { name } }`;
const REGISTER = `mutation ($input: RegisterMuseumInput!) {
  registerMuseum(input: $input) { museum { id } userErrors { code } }
}`;

let hub: Hub;
let operationsPath: string;
const gateways: RunningGateway[] = [];

beforeAll(async () => {
  hub = await startHub();
  operationsPath = await mkdtemp(join(tmpdir(), "operations-"));
  const texts = { museums: MUSEUMS, libraries: LIBRARIES, both: BOTH };
  for (const [name, text] of Object.entries(texts))
    await writeFile(join(operationsPath, `${name}.graphql`), text);
}, 120_000);
afterEach(async () => {
  for (const gateway of gateways.splice(0)) await gateway.stop();
});
afterAll(async () => {
  await hub.stop();
  await rm(operationsPath, { recursive: true });
});

/** A gateway of its own, with nothing remembered yet. */
async function gatewayWith(
  settings: NonNullable<Parameters<typeof startHubGateway>[1]["settings"]> = {},
  urls: Record<string, string> = {},
) {
  const gateway = await startHubGateway(
    { ...hub.subgraphUrls, ...urls },
    { folder: hub.folder, settings: { operationsPath, ...settings } },
  );
  gateways.push(gateway);
  return asker(gateway.url);
}

/** Statements that the databases were asked meanwhile, by database; what was asked nothing is left out. */
async function statementsDuring(work: () => Promise<unknown>): Promise<Record<string, number>> {
  const before = new Map(hub.statements);
  await work();
  return Object.fromEntries(
    [...hub.statements]
      .map(([name, count]) => [name, count - (before.get(name) ?? 0)] as const)
      .filter(([, count]) => count > 0),
  );
}

let registered = 0;
const registration = () => ({
  input: {
    idempotencyKey: randomUUID(),
    code: `BT-${(registered += 1)}`,
    name: `Bảo tàng thử ${registered}`,
    unit: { code: "03388" },
  },
});
const museumsIn = ({ data }: { data?: any }): number => data.museums.totalCount as number;

/** Writes through the first of the gateways, while all of them are asked without a pause. */
async function expectWritesShown(
  gatewaysOfTwo: readonly [ReturnType<typeof asker>, ReturnType<typeof asker>],
): Promise<void> {
  const headers = await signedIn(hub.folder, viewer());
  let acknowledged = museumsIn(await gatewaysOfTwo[0](MUSEUMS));
  const last = acknowledged + 25;
  const seen: { least: number; shown: number }[] = [];
  const read = async (ask: (typeof gatewaysOfTwo)[number]) => {
    while (acknowledged < last) {
      const least = acknowledged;
      const shown = museumsIn(await ask(MUSEUMS));
      seen.push({ least, shown });
    }
  };
  const write = async () => {
    while (acknowledged < last) {
      const { data } = await gatewaysOfTwo[0](REGISTER, registration(), headers);
      expect(data.registerMuseum.userErrors).toEqual([]);
      acknowledged += 1;
      await setTimeout(5);
    }
  };

  await Promise.all([
    write(),
    ...gatewaysOfTwo.flatMap((ask) => [read(ask), read(ask), read(ask)]),
  ]);

  expect(seen.filter(({ least, shown }) => shown < least)).toEqual([]);
  expect(seen.length).toBeGreaterThan(50);
}

describe("The answer of a known operation", () => {
  it("is taken from memory while nothing was written: the databases are asked for their versions only", async () => {
    const ask = await gatewayWith();
    const first = await ask(BOTH);

    const statements = await statementsDuring(async () => {
      const second = await ask(BOTH);
      expect(second.data).toEqual(first.data);
    });

    expect(statements).toEqual({ "museums/culture": 1, "agency-tasks": 1 });
  });

  it("is made anew after a write through the gateway", async () => {
    const ask = await gatewayWith();
    const before = museumsIn(await ask(MUSEUMS));

    const written = await ask(REGISTER, registration(), await signedIn(hub.folder, viewer()));

    expect(written.data.registerMuseum.userErrors).toEqual([]);
    expect(museumsIn(await ask(MUSEUMS))).toBe(before + 1);
  });

  it("is made anew after a write that the gateway never saw", async () => {
    const ask = await gatewayWith();
    const before = museumsIn(await ask(MUSEUMS));

    const directly = asker(hub.subgraphUrls.museums!);
    const written = await directly(REGISTER, registration(), await signedIn(hub.folder, viewer()));

    expect(written.data.registerMuseum.userErrors).toEqual([]);
    expect(museumsIn(await ask(MUSEUMS))).toBe(before + 1);
  });

  it("is not made anew for a write to data that it was not made from", async () => {
    const ask = await gatewayWith();
    await ask(LIBRARIES, { sector: "CULTURE" });
    await ask(REGISTER, registration(), await signedIn(hub.folder, viewer()));

    const statements = await statementsDuring(() => ask(LIBRARIES, { sector: "CULTURE" }));

    expect(statements).toEqual({
      "libraries/culture": 1,
      "libraries/education": 1,
      "libraries/armed-forces": 1,
      "libraries/labour": 1,
    });
  });

  it("shows every write that was acknowledged before it was asked, while others write and read", async () => {
    await expectWritesShown([await gatewayWith(), await gatewayWith()]);
  }, 60_000);

  it("is one for each set of rights", async () => {
    const ask = await gatewayWith();
    const armed = { sector: "ARMED_FORCES" };
    const headers = await signedIn(hub.folder, auditor);

    const answers = [
      await ask(LIBRARIES, armed, headers),
      await ask(LIBRARIES, armed),
      await ask(LIBRARIES, armed, headers),
      await ask(LIBRARIES, armed),
    ].map(({ data }) => data.libraries.totalCount as number);

    expect(answers).toEqual([17, 0, 17, 0]);
  });

  it("is one for each language", async () => {
    const small = await startSmallHub();
    const { museums } = small.subgraphs;
    museums.versions = { museum: "1" };
    museums.says = ({ headers }) => ({ data: { museums: [{ name: headers["accept-language"] }] } });
    const query = "query Museums { museums { name } }";
    await writeFile(join(operationsPath, "small-museums.graphql"), query);
    const gateway = await startSmallGateway(small, { settings: { operationsPath } });

    const names: string[] = [];
    for (const language of ["vi", "en", "vi", "en"]) {
      const { data } = await gateway.ask(query, {}, { "accept-language": language });
      names.push(data.museums[0].name as string);
    }

    await gateway.stop();
    await small.stop();
    expect(names).toEqual(["vi", "en", "vi", "en"]);
    // The others came from memory, or it would not be about what is kept.
    expect(museums.received).toHaveLength(2);
  });

  it("is not kept when a part of it is missing", async () => {
    const front = await openFaultyFront(hub.subgraphUrls.museums!);
    const ask = await gatewayWith({}, { museums: front.url });
    await front.break("leaves out what was asked for");
    const broken = await ask(BOTH);

    await front.mend();
    const mended = await ask(BOTH);

    await front.stop();
    expect(broken.errors).toHaveLength(1);
    expect(mended.errors).toBeUndefined();
    expect(museumsIn(mended)).toBeGreaterThanOrEqual(4);
  });

  it.each(knownOperations)("$name is the same from memory as made anew", async (operation) => {
    const { query, variables } = operation;
    const ask = await gatewayWith({ operationsPath: join(__dirname, "../../schema/operations") });
    await ask(query, variables);

    const kept = await ask(query, variables);
    const anew = await ask(query, variables, { "cache-control": "no-cache" });

    expect({ data: kept.data, errors: kept.errors }).toEqual({
      data: anew.data,
      errors: anew.errors,
    });
  });

  it("is made anew where nothing shall be kept", async () => {
    const ask = await gatewayWith({ answerCacheMb: 0 });
    await ask(MUSEUMS);

    const statements = await statementsDuring(() => ask(MUSEUMS));

    expect(statements).toEqual({ "museums/culture": expect.any(Number) });
    expect(statements["museums/culture"]).toBeGreaterThan(0);
  });
});

describe("Answers kept in Redis", () => {
  it("are shared by gateways, and are made anew after a write", async () => {
    if (!(await isRedisHere())) return;
    const [one, other] = [
      await gatewayWith({ redisUrl: REDIS }),
      await gatewayWith({ redisUrl: REDIS }),
    ];
    const before = museumsIn(await one(MUSEUMS));
    await setTimeout(50);

    const statements = await statementsDuring(async () => {
      expect(museumsIn(await other(MUSEUMS))).toBe(before);
    });
    await one(REGISTER, registration(), await signedIn(hub.folder, viewer()));

    expect(statements).toEqual({ "museums/culture": 1 });
    expect(museumsIn(await other(MUSEUMS))).toBe(before + 1);
  });

  it("show every write that was acknowledged before it was asked, while others write and read", async () => {
    if (!(await isRedisHere())) return;

    await expectWritesShown([
      await gatewayWith({ redisUrl: REDIS }),
      await gatewayWith({ redisUrl: REDIS }),
    ]);
  }, 60_000);

  it("are not missed where Redis is not there", async () => {
    const ask = await gatewayWith({ redisUrl: "redis://127.0.0.1:9" });

    const answers = [await ask(BOTH), await ask(BOTH)];

    expect(answers.map(({ errors }) => errors)).toEqual([undefined, undefined]);
    expect(museumsIn(answers[0]!)).toBe(museumsIn(answers[1]!));
  });
});

describe("A trusted document", () => {
  const hash = createHash("sha256").update(MUSEUMS).digest("hex");
  const post = async (url: string, body: object) => {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const answer: any = await response.json();
    return { status: response.status, body: answer };
  };
  const start = async (anonymousOperations: "any" | "trusted" = "any") => {
    const settings = { operationsPath, anonymousOperations };
    const gateway = await startHubGateway(hub.subgraphUrls, { folder: hub.folder, settings });
    gateways.push(gateway);
    return gateway.url;
  };

  it("is named by its hash, in either of the usual ways", async () => {
    const url = await start();

    const byId = await post(url, { documentId: `sha256:${hash}` });
    const persisted = await post(url, {
      extensions: { persistedQuery: { version: 1, sha256Hash: hash } },
    });

    expect(museumsIn(byId.body)).toBeGreaterThanOrEqual(4);
    expect(persisted.body).toEqual(byId.body);
  });

  it("that nobody knows is refused, and the client is told to send the text", async () => {
    const { body } = await post(await start(), { documentId: `sha256:${"0".repeat(64)}` });

    expect(body).toEqual({
      errors: [
        {
          message: expect.stringContaining("No document has this hash; send the operation's text."),
          extensions: { code: "BAD_USER_INPUT" },
        },
      ],
    });
  });

  it("is all that may be asked without a token where the hub says so", async () => {
    const url = await start("trusted");
    const other = { query: "{ museums { totalCount } }" };

    const refused = await post(url, other);
    const overGet = await fetch(`${url}?query=${encodeURIComponent(other.query)}`);
    const allowed = await post(url, { documentId: `sha256:${hash}` });
    const headers = await signedIn(hub.folder, viewer());
    const withToken = await asker(url)(other.query, {}, headers);

    expect([refused.status, overGet.status]).toEqual([403, 403]);
    expect(refused.body.errors[0].extensions.code).toBe("FORBIDDEN");
    expect(refused.body.data).toBeUndefined();
    expect(museumsIn(allowed.body)).toBeGreaterThanOrEqual(4);
    expect(museumsIn(withToken)).toBeGreaterThanOrEqual(4);
  });
});
