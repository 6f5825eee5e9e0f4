import { brokenConnection } from "../../gateway/subgraph/subgraph-fault";
import { SubgraphGuard } from "../../gateway/subgraph/subgraph-guard";

const TOGETHER = 100;
const refused = brokenConnection(Object.assign(new Error(), { code: "ECONNREFUSED" }));

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe("Questions that were refused together", () => {
  it("are not asked again together, and none of them later than it may be", async () => {
    const guard = new SubgraphGuard();
    const askedAt = Array.from({ length: TOGETHER }, (): number[] => []);

    const replies = askedAt.map((times) =>
      guard.ask(true, 5000, async () => {
        times.push(performance.now());
        return { fault: refused };
      }),
    );
    await jest.advanceTimersByTimeAsync(1000);
    await Promise.all(replies);

    const pauses = [1, 2].map((time) => askedAt.map((at) => at[time]! - at[time - 1]!));
    for (const each of pauses) {
      expect(Math.min(...each)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...each)).toBeLessThanOrEqual(200);
      // Of whole milliseconds there are a few dozen that they can be.
      expect(new Set(each).size).toBeGreaterThan(10);
      const atOnce = (pause: number) => each.filter((other) => other === pause).length;
      expect(Math.max(...each.map(atOnce))).toBeLessThan(TOGETHER / 4);
    }
  });
});
