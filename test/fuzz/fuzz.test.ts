import { startHub, type Hub } from "../testkit/hub";
import { fuzz } from "./fuzzing";

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
}, 120_000);
afterAll(() => hub.stop());

/** 5,000 together. */
const INPUTS = 2500;
const fresh = Date.now() % 2 ** 31;

describe.each([
  ["the same as ever", 1520],
  ["never tried before", fresh],
])("Hostile requests, %s (seed %i)", (_, seed) => {
  it("are answered without a fault, a word of the hub's insides, silence, or delay", async () => {
    // Once it has failed, `npm run fuzz -- --seed … --inputs 2500` sends the same again.
    console.log(`Seed ${seed}`);
    const { flaws, slow, statuses, inputs } = await fuzz(hub, { seed, inputs: INPUTS });
    const { data } = await hub.ask(`{ administrativeUnit(code: "12") { name } }`);

    expect(flaws).toEqual([]);
    expect(slow).toEqual([]);
    expect(Object.values(statuses).reduce((sum, each) => sum + each, 0)).toBe(inputs);
    // Neither refused at the door nor let through: the requests reach all that they are meant for.
    expect(statuses["200"]).toBeGreaterThan(500);
    expect(statuses["400"]).toBeGreaterThan(500);
    expect(data).toEqual({ administrativeUnit: { name: "Tỉnh Lai Châu" } });
  }, 120_000);
});
