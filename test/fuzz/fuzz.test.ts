import { startHub, type Hub } from "../testkit/hub";
import { fuzz } from "./fuzzing";

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
}, 120_000);
afterAll(() => hub.stop());

it("The hub answers 5,000 hostile requests without a fault, a word of its insides, or delay", async () => {
  const { flaws, slow, statuses, inputs } = await fuzz(Number(new URL(hub.url).port), {
    seed: 1520,
    inputs: 5000,
  });
  const { data } = await hub.ask(`{ administrativeUnit(code: "12") { name } }`);

  expect(flaws).toEqual([]);
  expect(slow).toEqual([]);
  expect(Object.values(statuses).reduce((sum, each) => sum + each, 0)).toBe(inputs);
  // Neither refused at the door nor let through: the requests reach all that they are meant for.
  expect(statuses["200"]).toBeGreaterThan(500);
  expect(statuses["400"]).toBeGreaterThan(500);
  expect(data).toEqual({ administrativeUnit: { name: "Tỉnh Lai Châu" } });
}, 120_000);
