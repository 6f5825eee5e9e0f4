import { createHash } from "node:crypto";
import { request } from "node:http";
import { gunzipSync } from "node:zlib";
import { startHub, type Hub } from "../testkit/hub";
import { knownOperations } from "../testkit/operations";

describe("An answer to a known operation", () => {
  let hub: Hub;
  beforeAll(async () => {
    hub = await startHub();
  }, 120_000);
  afterAll(() => hub.stop());

  const { query, variables } = knownOperations.find(({ name }) => name === "unit-progress")!;
  const named = { documentId: `sha256:${createHash("sha256").update(query).digest("hex")}` };

  /** As it comes over the wire, which `fetch` would unpack. */
  const post = (body: object, acceptEncoding: string) =>
    new Promise<{ encoding: string | undefined; bytes: Buffer }>((resolve, reject) => {
      const headers = { "content-type": "application/json", "accept-encoding": acceptEncoding };
      request(hub.url, { method: "POST", headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () =>
          resolve({
            encoding: response.headers["content-encoding"],
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
});
