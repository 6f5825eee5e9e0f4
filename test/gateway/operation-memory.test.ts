import { Cache } from "../../gateway/execution/cache";
import { startSmallGateway } from "../testkit/small-gateway";
import { startSmallHub } from "../testkit/small-hub";

const kept = (cache: Cache<number>, keys: readonly string[]) =>
  keys.filter((key) => cache.get(key) !== undefined);

it("What was used last is kept, up to a number of operations", () => {
  const cache = new Cache<number>(4, 1000);
  ["a", "b", "c", "d"].forEach((key, at) => cache.set(key, at));
  cache.get("a");
  cache.set("e", 4);

  expect(kept(cache, ["a", "b", "c", "d", "e"])).toEqual(["a", "c", "d", "e"]);
});

it("Long operations are kept up to a length of all their texts together", () => {
  const cache = new Cache<number>(100, 1000);
  const texts = Array.from({ length: 5 }, (_, at) => String(at).repeat(300));
  texts.forEach((text, at) => cache.set(text, at));
  cache.set(texts[4]!, 40);
  const before = kept(cache, texts);
  cache.get(texts[2]!);
  cache.set("x".repeat(200), 5);

  expect(before).toEqual([texts[2], texts[3], texts[4]]);
  expect(kept(cache, texts)).toEqual([texts[2], texts[4]]);
  expect(cache.get(texts[4]!)).toBe(40);
});

it("An operation that is longer than all that is kept is answered all the same", async () => {
  const cache = new Cache<number>(100, 1000);
  cache.set("x".repeat(1001), 1);

  expect(cache.get("x".repeat(1001))).toBeUndefined();
});

it("Two hundred operations of 100 KB push each other out, and the short one that is asked between them stays", async () => {
  const hub = await startSmallHub();
  const gateway = await startSmallGateway(hub, { settings: { metricsPort: 0 } });
  const short = "{ museums { name } }";
  for (let number = 0; number < 200; number += 1) {
    await gateway.ask(`{ museums { name } } # ${number} ${"x".repeat(100_000)}`);
    if (number % 20 === 0) await gateway.ask(short);
  }
  const again = await gateway.ask(`{ museums { name } } # 0 ${"x".repeat(100_000)}`);
  const text = await (await fetch(gateway.metricsUrl!)).text();
  await gateway.stop();
  await hub.stop();

  expect(again.data).toEqual({ museums: [{ name: "Bảo tàng tỉnh" }] });
  // Each of the long ones, the first of them twice, and the short one once.
  expect(text).toContain('hub_plans_total{source="made"} 202');
  expect(text).toContain('hub_plans_total{source="memory"} 9');
}, 60_000);
