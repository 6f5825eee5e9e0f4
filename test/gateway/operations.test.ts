import { startHub, type Hub } from "../testkit/hub";
import { knownOperations } from "../testkit/operations";

describe("Every operation that clients rely on", () => {
  let hub: Hub;
  beforeAll(async () => {
    hub = await startHub();
  }, 120_000);
  afterAll(() => hub.stop());

  it.each(knownOperations)("$name is answered whole by the hub", async ({ query, variables }) => {
    const { data, errors } = await hub.ask(query, variables);

    expect(errors).toBeUndefined();
    expect(Object.values(data as object).filter((field) => field !== null)).not.toEqual([]);
  });
});
