import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import { LocalSubgraph } from "../../gateway/subgraph/local-subgraph";
import { createRequestContext } from "../../gateway/request-context";
import { questionOf } from "../../gateway/subgraph/subgraph";
import { SubgraphConnection } from "../../gateway/subgraph/subgraph-connection";

const MUSEUMS = "{ museums { name } }";

describe("What a subgraph may take of the gateway's memory", () => {
  const MEGABYTE = 2 ** 20;
  const context = () => createRequestContext({});

  async function serve(listener: RequestListener) {
    const server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
    const connection = new SubgraphConnection("museums", url, 60_000, () => ({}));
    return {
      connection,
      stop: async () => {
        await connection.close();
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      },
    };
  }

  it("is bounded over all of its answers together", async () => {
    const { connection, stop } = await serve((_request, response) => {
      response.write(Buffer.alloc(15 * MEGABYTE, 0x20));
    });

    const told: (string | false)[] = [];
    const asked = Array.from({ length: 6 }, async () => {
      const reply = await connection.ask(questionOf(MUSEUMS), context());
      told.push("fault" in reply && reply.fault.reason);
    });
    while (told.length < 2) await setTimeout(20);
    await setTimeout(200);
    const early = [...told];
    await stop();
    await Promise.all(asked);

    expect(early).toEqual(["OVERLOADED", "OVERLOADED"]);
    expect(told).toEqual([...early, ...Array<string>(4).fill("RESET")]);
  });

  it("is given back once an answer is whole", async () => {
    const body = JSON.stringify({ data: { museums: "x".repeat(15 * MEGABYTE) } });
    const { connection, stop } = await serve((_request, response) => void response.end(body));

    for (let time = 0; time < 6; time += 1)
      expect(await connection.ask(questionOf(MUSEUMS), context())).toHaveProperty("body");
    await stop();
  });

  it("is bounded in the gateway's own process too, and free again when the work is done", async () => {
    const unfinished: (() => void)[] = [];
    const subgraph = new LocalSubgraph("museums", 100, {
      answer: () => new Promise((resolve) => unfinished.push(() => resolve({ data: {} }))),
    });
    const ask = () => subgraph.ask(questionOf(MUSEUMS), context());

    const replies = await Promise.all(Array.from({ length: 1155 }, ask));
    const late = await ask();
    unfinished.forEach((finish) => finish());
    await setTimeout(0);
    const next = ask();
    unfinished.at(-1)!();

    const told = replies.map((reply) => "fault" in reply && reply.fault.reason);
    expect(told.filter((reason) => reason === "TIMEOUT")).toHaveLength(1152);
    expect(told.filter((reason) => reason === "OVERLOADED")).toHaveLength(3);
    expect(late).toMatchObject({ fault: { reason: "OVERLOADED" } });
    expect(await next).toEqual({ body: { data: {} } });
  });
});
