import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { bytesOfCarried, readCarriedJson } from "../../gateway/http/carried-text";
import { startSmallGateway, type SmallGateway } from "../testkit/small-gateway";
import { startSmallHub, type SmallHub } from "../testkit/small-hub";

/** JSON with some of its characters spelt out, as some languages write all that is not ASCII. */
const spelt = (value: unknown, isSpelt: (at: number) => boolean): string =>
  JSON.stringify(value).replace(/[^ -~]/gu, (text, at: number) =>
    isSpelt(at)
      ? [...Array(text.length).keys()]
          .map((unit) => `\\u${text.charCodeAt(unit).toString(16).padStart(4, "0")}`)
          .join("")
      : text,
  );

describe("JSON that is carried through the gateway", () => {
  it("says what it said, whatever the characters and however they are spelt", () => {
    const text = fc.string({ unit: "grapheme" });
    const lone = fc.string({ unit: "binary" });
    const value = fc.jsonValue({ depthSize: "small", stringUnit: "binary" });
    fc.assert(
      fc.property(
        fc.tuple(text, lone, value),
        fc.infiniteStream(fc.boolean()),
        fc.boolean(),
        (said, coins, isEverSpelt) => {
          const json = spelt(said, () => isEverSpelt && coins.next().value === true);

          const { value: carried } = readCarriedJson(Buffer.from(json));
          const sent = bytesOfCarried(JSON.stringify(carried)).toString("utf8");

          expect(JSON.parse(sent)).toEqual(JSON.parse(JSON.stringify(said)));
        },
      ),
      { numRuns: 500 },
    );
  });

  it("is read anew only where characters beyond ASCII are spelt out or are no UTF-8", () => {
    const isRespelt = (json: string | Buffer) => readCarriedJson(Buffer.from(json)).isRespelt;

    expect(isRespelt('"Thư viện tỉnh 📚"')).toBe(false);
    expect(isRespelt('"dòng\\u000amới"')).toBe(false);
    expect(isRespelt('"Th\\u01b0 viện"')).toBe(true);
    expect(isRespelt(Buffer.from([0x22, 0xc3, 0x28, 0x22]))).toBe(true);
  });

  it("is said to need no escapes only where its texts, written as they are, make the same JSON", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.infiniteStream(fc.boolean()), (text, coins) => {
        const json = spelt(text, () => coins.next().value === true);

        const { value, isUnescaped } = readCarriedJson(Buffer.from(json));

        expect(isUnescaped).toBe(!json.includes("\\"));
        if (isUnescaped) expect(`"${String(value)}"`).toBe(JSON.stringify(value));
      }),
      { numRuns: 500 },
    );
  });
});

describe("What subgraphs answer", () => {
  let hub: SmallHub;
  let gateway: SmallGateway;
  let said: Buffer;
  const museums = createServer((request, response) => {
    request.resume().on("end", () => {
      response.writeHead(200, { "content-type": "application/json" }).end(said);
    });
  });

  beforeAll(async () => {
    hub = await startSmallHub();
    await new Promise<void>((resolve) => museums.listen(0, "127.0.0.1", resolve));
    const { port } = museums.address() as AddressInfo;
    gateway = await startSmallGateway(hub, {
      urls: { museums: `http://127.0.0.1:${port}/graphql` },
    });
  });
  afterAll(async () => {
    await gateway.stop();
    museums.closeAllConnections();
    museums.close();
    await hub.stop();
  });
  beforeEach(() => {
    hub.subgraphs["agency-tasks"].says = undefined;
    hub.subgraphs.libraries.received.length = 0;
  });

  const named = (name: string) => Buffer.from(`{"data":{"museums":[{"name":"${name}"}]}}`);
  const namesOf = async (bytes: Buffer) => {
    said = bytes;
    const { data } = await gateway.ask("{ museums { name } }");
    return data.museums[0].name as string;
  };

  it("reaches the client as it was said, be it plain, spelt out, or broken", async () => {
    expect(await namesOf(named("Bảo tàng tỉnh Lai Châu 🏛"))).toBe("Bảo tàng tỉnh Lai Châu 🏛");
    expect(await namesOf(named('ngoặc \\" và\\ndòng\\u0007'))).toBe('ngoặc " và\ndòng\u0007');
    expect(await namesOf(Buffer.from(`{"data":{"museums":[{"name":"\xc3("}]}}`, "latin1"))).toBe(
      "\ufffd(",
    );
    expect(await namesOf(named("B\\u1ea3o tàng"))).toBe("Bảo tàng");
    expect(await namesOf(named("nửa \\ud83c"))).toBe("nửa \ud83c");
    expect(await namesOf(named("Bảo tàng"))).toBe("Bảo tàng");
  });

  it("is written as JSON whichever of them said what has to be escaped", async () => {
    const libraries = hub.subgraphs.libraries;
    said = named('Bảo tàng \\"tỉnh\\"');
    const plain = await gateway.ask('{ museums { name } library(id: "library:tinh") { name } }');
    said = named("Bảo tàng tỉnh");
    libraries.says = { data: { library: { name: 'Thư "viện"\t\\' } } };
    const escaped = await gateway.ask('{ museums { name } library(id: "library:tinh") { name } }');
    libraries.says = undefined;

    expect(plain.data.museums).toEqual([{ name: 'Bảo tàng "tỉnh"' }]);
    expect(plain.data.library.name).toMatch(/^\p{L}/u);
    expect(escaped.data).toEqual({
      museums: [{ name: "Bảo tàng tỉnh" }],
      library: { name: 'Thư "viện"\t\\' },
    });
  });

  it("is joined with what they say is wrong, in words that can be read", async () => {
    said = named("Bảo tàng");

    const { data, errors } = await gateway.ask(
      `{ museums { name } library(id: "library:tinh") { name curator } }`,
    );

    expect(data.museums).toEqual([{ name: "Bảo tàng" }]);
    expect(data.library.curator).toBeNull();
    expect(errors).toEqual([
      {
        message: "Không có quyền. / Not allowed.",
        path: ["library", "curator"],
        extensions: { code: "FORBIDDEN", sector: "CULTURE", subgraph: "libraries" },
      },
    ]);
  });

  it("is asked for with literals, variables and keys as they were written", async () => {
    const { received } = hub.subgraphs.libraries;
    const record = { __typename: "Library", id: "library:huyện-“Mường Tè”" };

    await gateway.ask(
      `query ($id: ID!) { one: library(id: "thư viện") { name }
      other: library(id: $id) { name } }`.replaceAll("\n", " "),
      { id: "tỉnh 📚" },
    );
    hub.subgraphs["agency-tasks"].says = { data: { records: [record] } };
    await gateway.ask("{ records { ... on Library { id name } } }");

    expect(received[0]!.query).toContain('library(id:"thư viện")');
    expect(received[0]!.variables).toEqual({ id: "tỉnh 📚" });
    expect(received[1]!.variables).toEqual({ representations: [record] });
  });

  it("is the same beside what the gateway itself answers", async () => {
    said = named("Bảo tàng");

    const { data } = await gateway.ask(
      `{ museums { name } node(id: "agency:sgddt") { ... on Agency { name } } }`,
    );

    expect(data).toEqual({
      museums: [{ name: "Bảo tàng" }],
      node: { name: "Sở Giáo dục" },
    });
  });
});
