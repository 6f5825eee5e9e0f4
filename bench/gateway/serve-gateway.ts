import pino from "pino";
import { readEnvironment } from "../../gateway/environment";
import { startGateway } from "../../gateway/server";

/**
 * A gateway in a process of its own, started with where its supergraph and its subgraphs are; told anything, it answers how many
 * bytes are in use once all that is not has been collected.
 */
async function serve(): Promise<void> {
  const [supergraphPath = "", urls = "{}", folder = "", deadlineMs = ""] = process.argv.slice(2);
  const gateway = await startGateway(
    {
      ...readEnvironment({}),
      port: 0,
      supergraphPath,
      subgraphUrls: JSON.parse(urls) as Record<string, string>,
      subgraphDeadlineMs: Number(deadlineMs),
      access: { DATA_DIRECTORY: folder, OIDC_AUDIENCE: "lai-chau-hub" },
    },
    { log: pino({ level: "fatal" }), supergraphPollMs: 50 },
  );
  process.on("message", () => {
    gc!();
    // What the first collection only finalises goes with the second.
    setTimeout(() => {
      gc!();
      const { heapUsed, rss } = process.memoryUsage();
      process.send!({ heapUsed, rss });
    }, 500);
  });
  process.send!({ url: gateway.url });
}

void serve();
