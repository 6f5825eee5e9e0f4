import { parseArgs } from "node:util";
import { startHub } from "../testkit/hub";
import { fuzz } from "./fuzzing";

/** `npm run fuzz -- --inputs 100000 [--seed 1] [--from 0]`: hostile requests to the whole hub, and what came of them. */
async function run(): Promise<void> {
  const { values } = parseArgs({
    options: {
      inputs: { type: "string", default: "100000" },
      seed: { type: "string", default: String(Date.now() % 2 ** 31) },
      from: { type: "string", default: "0" },
    },
  });
  const [inputs, seed, from] = [Number(values.inputs), Number(values.seed), Number(values.from)];
  const hub = await startHub();
  const began = performance.now();
  // Also told where the run comes to no end.
  console.log({ seed });
  const { flaws, slow, ...fuzzed } = await fuzz(hub, { seed, from, inputs });
  const seconds = Math.round((performance.now() - began) / 1000);
  await hub.stop();
  console.log({ seed, ...fuzzed, seconds, flaws: flaws.length, slow });
  for (const flaw of flaws.slice(0, 10)) console.log(flaw);
  if (flaws.length > 0 || slow.length > 0) process.exitCode = 1;
}

run().then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
