import { serveReplay } from "../gateway/replay";
import { SMALL_NAMES, startSmallHub } from "../../test/testkit/small-hub";

/**
 * The small subgraphs in a process of their own, started by the bench. What they answered once they answer again without
 * thinking, so that the gateway is what is too slow.
 */
async function serve(): Promise<void> {
  const { subgraphs } = await startSmallHub();
  const urls: Record<string, string> = {};
  for (const name of SMALL_NAMES)
    urls[name] = await serveReplay(async (body) => {
      const headers = { "content-type": "application/json" };
      return (await fetch(subgraphs[name].url, { method: "POST", headers, body })).text();
    });
  process.send!(urls);
}

void serve();
