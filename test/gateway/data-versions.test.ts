import { AnswerCache } from "../../gateway/answer-cache/answer-cache";
import { MemoryStore } from "../../gateway/answer-cache/answer-store";
import { DataVersions } from "../../gateway/answer-cache/data-versions";
import { createRequestContext } from "../../gateway/request-context";

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;

describe("What is answered of today", () => {
  it("is not kept where the day has just begun, for a subgraph's clock may be late", async () => {
    const midnight = Date.parse("2026-12-31T17:00:00Z");
    let now = midnight + SECOND_MS / 2;
    // Whose clock is a second late.
    const today = () => new Date(now - SECOND_MS + 7 * 60 * MINUTE_MS).toISOString().slice(0, 10);
    const cache = new AnswerCache(new MemoryStore(2 ** 20), new DataVersions(() => now));
    const operation = {
      subgraphs: [],
      execute: async () => ({ json: Buffer.from(today()), isWhole: true }),
    };
    const ask = async () =>
      (await cache.answer("today", operation, createRequestContext({}))).toString();

    expect(await ask()).toBe("2026-12-31");
    now = midnight + 59 * MINUTE_MS;
    expect(await ask()).toBe("2027-01-01");
    now = midnight + 24 * 60 * MINUTE_MS - 1;
    expect(await ask()).toBe("2027-01-01");
  });
});
