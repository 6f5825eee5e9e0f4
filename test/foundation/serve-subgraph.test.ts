import { parse } from "graphql";
import { PartialFaults } from "../../subgraphs/foundation/faults";
import {
  serveSubgraph,
  type Serving,
  type Subgraph,
  type SubgraphContext,
} from "../../subgraphs/foundation/serve-subgraph";
import { openDoor } from "../testkit/viewers";

const subgraph: Subgraph<SubgraphContext> = {
  name: "trial",
  typeDefs: parse("type Query { fine: String broken: String partial: String slow: String }"),
  resolvers: {
    Query: {
      fine: () => "fine",
      broken: () => {
        throw new Error("SELECT secret FROM table");
      },
      partial: (_root: unknown, _args: unknown, context: SubgraphContext) => {
        context.faults.note("LABOUR", "lao động", ["partial"]);
        context.faults.note("LABOUR", "lao động", ["partial"]);
        return "some";
      },
      slow: () => new Promise((resolve) => setTimeout(() => resolve("done"), 300)),
    },
  },
  databases: [],
  createContext: () => ({ faults: new PartialFaults() }),
};

describe("serveSubgraph", () => {
  let serving: Serving;
  const post = async (body: string) => {
    const response = await fetch(serving.url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    return { status: response.status, body: (await response.json()) as Record<string, any> };
  };
  const ask = (query: string) => post(JSON.stringify({ query }));

  beforeEach(async () => {
    serving = await serveSubgraph(subgraph, {
      port: 0,
      host: "127.0.0.1",
      portSetting: "TRIAL_PORT",
      doorman: openDoor,
    });
  });
  afterEach(() => serving.stop());

  it("answers, and tells what was missing beside the data, once", async () => {
    const { body } = await ask("{ fine partial }");

    expect(body.data).toEqual({ fine: "fine", partial: "some" });
    expect(body.errors).toEqual([
      {
        message:
          "Cơ sở dữ liệu của ngành lao động không trả lời; số liệu của ngành này không có trong kết quả. / The database of sector LABOUR did not answer; its data are not in the result.",
        path: ["partial"],
        extensions: { code: "SUBGRAPH_UNAVAILABLE", sector: "LABOUR", reason: "DATABASE" },
      },
    ]);
  });

  it("says nothing of its insides when it fails", async () => {
    const logged = jest.spyOn(console, "error").mockImplementation(() => undefined);
    const { body } = await ask("{ fine broken }");
    logged.mockRestore();

    expect(body.data).toEqual({ fine: "fine", broken: null });
    expect(body.errors).toMatchObject([
      { path: ["broken"], extensions: { code: "INTERNAL_SERVER_ERROR" } },
    ]);
    expect(JSON.stringify(body)).not.toContain("secret");
  });

  it("refuses what is no JSON, and what is far too large", async () => {
    expect((await post("{")).status).toBe(400);
    const large = await fetch(serving.url, { method: "POST", body: "x".repeat(17 * 1024 * 1024) });
    expect(large.status).toBe(413);
  });

  it("names the port that is taken, and the setting for another", async () => {
    const again = serveSubgraph(subgraph, {
      port: serving.port,
      host: "127.0.0.1",
      portSetting: "TRIAL_PORT",
      doorman: openDoor,
    });

    await expect(again).rejects.toThrow(
      `Port ${serving.port} is already in use; set TRIAL_PORT to another one.`,
    );
  });

  it("finishes what has begun before it stops", async () => {
    const running = ask("{ slow }");
    await new Promise((resolve) => setTimeout(resolve, 50));
    await serving.stop();

    expect((await running).body).toEqual({ data: { slow: "done" } });
    serving = await serveSubgraph(subgraph, {
      port: 0,
      host: "127.0.0.1",
      portSetting: "TRIAL_PORT",
      doorman: openDoor,
    });
  });
});
