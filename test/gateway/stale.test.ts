import type { GatewaySettings } from "../../gateway/environment";
import type { RunningGateway } from "../../gateway/server";
import { openFaultyFront, type FaultyFront } from "../testkit/faulty-front";
import { asker, signedIn, startHub, startHubGateway, type Hub } from "../testkit/hub";
import { askInParts, type AnswerPart } from "../testkit/parts";
import { auditor } from "../testkit/viewers";

/** The same question under a name of its own, of which nothing was ever answered. */
const overview = (name: string, allows = "@staleIfSilent") => `query ${name}($code: ID!) ${allows} {
  administrativeUnit(code: $code) {
    name
    museumIndicators(year: 2025) { value indicator { code } }
    libraryIndicators(year: 2025) { value missingSectors indicator { code } }
  }
}`;
const PROVINCE = { code: "12" };
const TIME = /^\d{4}-\d\d-\d\dT[\d:.]{12}Z$/u;

let hub: Hub;
let front: FaultyFront;
let gateway: RunningGateway;
let ask: ReturnType<typeof asker>;

beforeAll(async () => {
  hub = await startHub();
  front = await openFaultyFront(hub.subgraphUrls.museums!);
  gateway = await start();
  ask = asker(gateway.url);
}, 120_000);
afterEach(() => front.mend());
afterAll(async () => {
  await gateway.stop();
  await front.stop();
  await hub.stop();
});

const start = (settings: Partial<GatewaySettings> = {}) =>
  startHubGateway({ ...hub.subgraphUrls, museums: front.url }, { folder: hub.folder, settings });

interface Stale {
  subgraph: string;
  sectors: string[];
  silentSince: string;
  answeredAt: string;
  paths: (string | number)[][];
}
const staleIn = (answer: object): Stale[] | undefined =>
  (answer as { extensions?: { stale: Stale[] } }).extensions?.stale;

describe("An operation that allows what is old", () => {
  it("is shown what a silent subgraph last answered, marked with its time, beside the error", async () => {
    const query = overview("Silent");
    const whole = await ask(query, PROVINCE);
    await front.break("refuses connections");

    const broken = await ask(query, PROVINCE);
    const again = await ask(query, PROVINCE);

    expect(whole.errors).toBeUndefined();
    expect(staleIn(whole)).toBeUndefined();
    expect(broken.data).toEqual(whole.data);
    const stale = staleIn(broken)!;
    expect(stale).toEqual([
      {
        subgraph: "museums",
        sectors: [],
        silentSince: expect.stringMatching(TIME),
        answeredAt: expect.stringMatching(TIME),
        paths: [["administrativeUnit", "museumIndicators"]],
      },
    ]);
    const [{ silentSince, answeredAt }] = stale as [Stale];
    expect(answeredAt <= silentSince).toBe(true);
    expect(broken.errors).toEqual([
      {
        message: expect.stringContaining("museums"),
        path: ["administrativeUnit", "museumIndicators"],
        extensions: {
          code: "SUBGRAPH_UNAVAILABLE",
          subgraph: "museums",
          reason: "REFUSED",
          silentSince,
          answeredAt,
        },
      },
    ]);
    expect(staleIn(again)).toEqual(stale);
  });

  it("is shown nothing old once the subgraph answers again", async () => {
    const query = overview("Mended");
    const whole = await ask(query, PROVINCE);
    await front.break("answers 500");
    await ask(query, PROVINCE);
    await front.mend();

    const mended = await ask(query, PROVINCE);

    expect(mended.data).toEqual(whole.data);
    expect([mended.errors, staleIn(mended)]).toEqual([undefined, undefined]);
  });

  it("is told since when, where nothing was ever answered", async () => {
    const query = overview("Never");
    await front.break("refuses connections");

    const { data, errors, ...rest } = await ask(query, PROVINCE);

    expect(data.administrativeUnit.museumIndicators).toBeNull();
    expect(errors![0]!.extensions.silentSince).toMatch(TIME);
    expect(errors![0]!.extensions.answeredAt).toBeUndefined();
    expect(staleIn(rest)).toBeUndefined();
  });

  it("is shown what was last known of a sector whose database is silent, and nothing old of others", async () => {
    const query = overview("Sector");
    const whole = await ask(query, PROVINCE);
    await hub.cut("libraries/education");

    const broken = await ask(query, PROVINCE).finally(() => hub.restore("libraries/education"));
    const mended = await ask(query, PROVINCE);

    expect(broken.data).toEqual(whole.data);
    expect(broken.data.administrativeUnit.libraryIndicators).toHaveLength(7);
    expect(staleIn(broken)).toEqual([
      {
        subgraph: "libraries",
        sectors: ["EDUCATION"],
        silentSince: expect.stringMatching(TIME),
        answeredAt: expect.stringMatching(TIME),
        paths: [["administrativeUnit", "libraryIndicators"]],
      },
    ]);
    expect(broken.errors!.map(({ extensions }) => extensions.sector)).toEqual(["EDUCATION"]);
    expect([mended.data, mended.errors]).toEqual([whole.data, undefined]);
  });

  it("is never shown what was answered to other rights, or to other variables", async () => {
    const query = overview("Rights");
    const headers = await signedIn(hub.folder, auditor);
    await ask(query, PROVINCE, headers);
    await front.break("refuses connections");

    const anybody = await ask(query, PROVINCE);
    const other = await ask(query, { code: "03394" }, headers);
    const same = await ask(query, PROVINCE, headers);

    expect(anybody.data.administrativeUnit.museumIndicators).toBeNull();
    expect(other.data.administrativeUnit.museumIndicators).toBeNull();
    expect(same.data.administrativeUnit.museumIndicators).toHaveLength(2);
  });

  it("may be answered in parts: the part says what of it is old", async () => {
    const query = `query ($code: ID!) @staleIfSilent { administrativeUnit(code: $code) {
      name ... @defer(label: "museums") { museumIndicators(year: 2025) { value } } } }`;
    const parts = async () => {
      const all: AnswerPart[] = [];
      for await (const part of askInParts(gateway.url, { query, variables: PROVINCE }))
        all.push(part);
      return all;
    };
    const [, whole] = await parts();
    await front.break("refuses connections");

    const [first, later] = await parts();

    const item = later!.incremental![0]!;
    expect([first!.errors, first!.extensions]).toEqual([undefined, undefined]);
    expect(item.data).toEqual(whole!.incremental![0]!.data);
    expect(item.errors).toHaveLength(1);
    expect(staleIn(item)![0]!.paths).toEqual([["administrativeUnit", "museumIndicators"]]);
  });
});

describe("Nothing old is shown", () => {
  it("to an operation that does not allow it", async () => {
    const strict = overview("Strict", "");
    await ask(overview("Strict"), PROVINCE);
    await ask(strict, PROVINCE);
    await front.break("refuses connections");

    const { data, errors, ...rest } = await ask(strict, PROVINCE);

    expect(data.administrativeUnit.museumIndicators).toBeNull();
    expect(errors![0]!.extensions).toEqual({
      code: "SUBGRAPH_UNAVAILABLE",
      subgraph: "museums",
      reason: "REFUSED",
    });
    expect(staleIn(rest)).toBeUndefined();
  });

  it("where nothing is to be kept", async () => {
    const forgetful = await start({ lastAnswersMb: 0 });
    const askIt = asker(forgetful.url);
    await askIt(overview("Forgotten"), PROVINCE);
    await front.break("refuses connections");

    const { data } = await askIt(overview("Forgotten"), PROVINCE);

    await forgetful.stop();
    expect(data.administrativeUnit.museumIndicators).toBeNull();
  }, 20_000);

  it("of a mutation, which cannot allow it", async () => {
    const { errors } = await ask(
      `mutation ($input: RegisterMuseumInput!) @staleIfSilent { registerMuseum(input: $input) { userErrors { code } } }`,
    );

    expect(errors![0]!.message).toContain('"@staleIfSilent" may not be used on MUTATION');
  });
});
