import { createHash } from "node:crypto";
import { request } from "node:http";
import { gunzipSync } from "node:zlib";
import { startHub, startHubGateway, type Hub } from "../testkit/hub";
import { knownOperations } from "../testkit/operations";

interface Received {
  encoding: string | undefined;
  vary: string | undefined;
  bytes: Buffer;
}

describe("An answer to a known operation", () => {
  let hub: Hub;
  beforeAll(async () => {
    hub = await startHub();
  }, 120_000);
  afterAll(() => hub.stop());

  const { query, variables } = knownOperations.find(({ name }) => name === "unit-progress")!;
  const named = { documentId: `sha256:${createHash("sha256").update(query).digest("hex")}` };

  /** As it comes over the wire, which `fetch` would unpack. */
  const post = (body: object, acceptEncoding: string, { url }: { url: string } = hub) =>
    new Promise<Received>((resolve, reject) => {
      const headers = { "content-type": "application/json", "accept-encoding": acceptEncoding };
      request(url, { method: "POST", headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () =>
          resolve({
            encoding: response.headers["content-encoding"],
            vary: response.headers.vary,
            bytes: Buffer.concat(chunks),
          }),
        );
      })
        .on("error", reject)
        .end(JSON.stringify({ ...body, variables }));
    });

  it("comes compressed to whoever names it by its hash and can unpack it, and says the same", async () => {
    const plain = await post(named, "identity");
    const packed = await post(named, "gzip, deflate");
    const again = await post(named, "gzip");

    expect(plain.encoding).toBeUndefined();
    expect([packed.encoding, again.encoding]).toEqual(["gzip", "gzip"]);
    expect(gunzipSync(packed.bytes)).toEqual(plain.bytes);
    expect(again.bytes).toEqual(packed.bytes);
    expect(packed.bytes.length * 4).toBeLessThan(plain.bytes.length);
  });

  it("comes as it is to whoever sends its text", async () => {
    const answer = await post({ query }, "gzip");

    expect(answer.encoding).toBeUndefined();
    expect(JSON.parse(answer.bytes.toString("utf8"))).toHaveProperty("data.administrativeUnit");
  });

  it("comes as it is to whoever says that gzip is none of what he takes", async () => {
    for (const refused of ["gzip;q=0", "br, GZIP ; Q=0.000", "gzip;q=0, *", "*;q=0", "", "gzipped"])
      expect([refused, (await post(named, refused)).encoding]).toEqual([refused, undefined]);
    for (const taken of ["GZip", "br;q=1.0, gzip;q=0.001", "x-gzip", "identity;q=0, *;q=0.5"])
      expect([taken, (await post(named, taken)).encoding]).toEqual([taken, "gzip"]);
  });

  it("says to whoever may keep it that another client is sent another form, and where pages of another origin may read it that too", async () => {
    const gateway = await startHubGateway(hub.subgraphUrls, {
      folder: hub.folder,
      settings: { corsOrigins: ["https://hoctap.example"] },
    });
    const there = [await post(named, "gzip", gateway), await post(named, "identity", gateway)];
    const page = await fetch(new URL("/", gateway.url), {
      headers: { "accept-encoding": "br;q=0, gzip" },
    });
    await page.arrayBuffer();
    await gateway.stop();

    const here = [
      await post(named, "gzip"),
      await post(named, "identity"),
      await post({ query }, "gzip"),
    ];

    expect(here.map(({ vary }) => vary)).toEqual(["accept-encoding", "accept-encoding", undefined]);
    for (const { vary } of there) expect(vary).toBe("origin, accept-encoding");
    expect([page.headers.get("content-encoding"), page.headers.get("vary")]).toEqual([
      "gzip",
      "accept-encoding",
    ]);
  });
});
