import { randomUUID } from "node:crypto";
import { createClient } from "graphql-sse";
import type { Viewer } from "../../access/viewer";
import { type OpenStream } from "../testkit/event-stream";
import { asker, signedIn } from "../testkit/hub";
import { viewer } from "../testkit/viewers";
import { LiveHub } from "../testkit/live-hub";

let live: LiveHub;

beforeAll(async () => {
  live = await LiveHub.start();
}, 120_000);
afterEach(() => live.closeStreams());
afterAll(() => live.stop(), 30_000);

const changeIn = async (stream: OpenStream) => (await stream.next())!.data.data.figuresChanged;

/** Takes one step of a library's life at the subgraph, of which no gateway hears. */
async function write(mutation: string, type: string, input: object, by: Partial<Viewer>) {
  const result =
    type.includes("Report") || mutation.includes("Report")
      ? "report { id version }"
      : "library { id }";
  const query = `mutation ($input: ${type}!) { done: ${mutation}(input: $input) { ${result} userErrors { message } } }`;
  const { data, errors } = await asker(live.hub.subgraphUrls.libraries!)(
    query,
    { input: { idempotencyKey: randomUUID(), ...input } },
    await signedIn(live.hub.folder, viewer(by)),
  );
  expect([errors, data?.done.userErrors]).toEqual([undefined, []]);
  return data.done;
}

let registered = 0;

/** Registers a library and brings its report for the year to where it waits for approval. */
async function submitted(
  year: number,
  by: Partial<Viewer> = {},
  sector = "CULTURE",
  kind = "SPECIALISED",
) {
  registered += 1;
  const { library } = await write(
    "registerLibrary",
    "RegisterLibraryInput",
    {
      sector,
      kind,
      code: `TV-${registered}`,
      name: `Thư viện ${registered} mới`,
      unit: { code: "03388" },
    },
    by,
  );
  const measures = { providesLifelongLearning: true, visits: 10 };
  const { report } = await write(
    "saveLibraryReport",
    "SaveLibraryReportInput",
    { id: library.id, year, measures },
    by,
  );
  const sent = await write(
    "submitLibraryReport",
    "ReportStepInput",
    { id: report.id, version: report.version },
    by,
  );
  return { libraryId: library.id as string, ...(sent.report as { id: string; version: number }) };
}

const approve = ({ id, version }: { id: string; version: number }, by: Partial<Viewer> = {}) =>
  write(
    "approveLibraryReport",
    "ReportStepInput",
    { id, version },
    { ...by, subject: "may-tinh-2" },
  );

/** As whoever reaches the subgraph's port may read it. */
async function publishedOfArmedForces() {
  const address = new URL("/published-changes", live.hub.subgraphUrls.libraries);
  address.search = `after=${encodeURIComponent('{"libraries/armed-forces":0}')}`;
  const { published }: any = await (await fetch(address)).json();
  return published["libraries/armed-forces"] as {
    head: number;
    changes: { sequence: number; kind: string; year: number | null }[];
  };
}

const ARMED = { agencyId: "agency:bo-chqs", sectors: ["ARMED_FORCES"] };

describe("Subscription.figuresChanged", () => {
  it("tells of an approved report, whoever took the write, and not of drafts and submissions", async () => {
    const stream = await live.follow();
    const report = await submitted(2025);

    const institution = await changeIn(stream);
    await approve(report);
    const approval = await changeIn(stream);

    expect(institution).toMatchObject({
      subgraph: "libraries",
      sector: "CULTURE",
      kind: "INSTITUTION",
    });
    expect(approval).toEqual({
      cursor: expect.any(String),
      subgraph: "libraries",
      sector: "CULTURE",
      kind: "REPORT",
      year: 2025,
      at: "2026-11-23T03:00:00.000Z",
      dataVersion: institution.dataVersion + 3,
    });
  });

  it("is read by the client that graphql-sse brings", async () => {
    const client = createClient({ url: live.gateways[0]!.url, retryAttempts: 0 });
    const changes = client.iterate({
      query: `subscription { figuresChanged(sector: CULTURE) { kind year } }`,
    });
    const first = changes.next();
    const stream = await live.follow();
    const report = await submitted(2024);
    await approve(report);
    await changeIn(stream);

    const told = [(await first).value, (await changes.next()).value];
    await changes.return!();
    client.dispose();

    expect(told.map(({ data }: any) => data.figuresChanged)).toEqual([
      { kind: "INSTITUTION", year: null },
      { kind: "REPORT", year: 2024 },
    ]);
  });

  it("tells only of the sectors and the year that are asked for", async () => {
    const [education, culture] = [
      await live.follow({ sector: "EDUCATION" }),
      await live.follow({ sector: ["CULTURE"], year: 2023 }),
    ];
    const [other, wanted] = [await submitted(2024), await submitted(2023)];
    await approve(other);
    await approve(wanted);

    const told = [await changeIn(culture), await changeIn(culture), await changeIn(culture)];

    // Institutions are not of one year.
    expect(told.map(({ kind, year }) => [kind, year])).toEqual([
      ["INSTITUTION", null],
      ["INSTITUTION", null],
      ["REPORT", 2023],
    ]);
    expect(education.text()).not.toContain("event: next");
  });

  it("goes on at another gateway where it broke off: nothing is lost, and nothing told twice", async () => {
    const first = await live.follow();
    const reports = [await submitted(2025), await submitted(2024), await submitted(2023)];
    await approve(reports[0]!);
    const kinds = [];
    for (let count = 0; count < 4; count += 1) kinds.push((await changeIn(first)).kind);
    const lastEventId = first.lastId()!;
    first.close();
    await approve(reports[1]!);
    await approve(reports[2]!);

    const byHeader = await live.follow(
      {},
      { gateway: live.gateways[1]!, headers: { "last-event-id": lastEventId } },
    );
    const byArgument = await live.follow({ after: lastEventId });
    const later = await submitted(2022);
    await approve(later);
    const told = async (stream: OpenStream) => {
      const all = [];
      for (let count = 0; count < 4; count += 1) all.push(await changeIn(stream));
      return all.map(({ kind, year }) => [kind, year]);
    };

    expect(kinds).toEqual(["INSTITUTION", "INSTITUTION", "INSTITUTION", "REPORT"]);
    const expected = [
      ["REPORT", 2024],
      ["REPORT", 2023],
      ["INSTITUTION", null],
      ["REPORT", 2022],
    ];
    expect(await told(byHeader)).toEqual(expected);
    expect(await told(byArgument)).toEqual(expected);
  });

  it("tells where a client stands that has heard of nothing yet", async () => {
    const stream = await live.follow();
    const lastEventId = stream.lastId();
    stream.close();
    const report = await submitted(2025);
    await approve(report);

    const again = await live.follow({}, { headers: { "last-event-id": lastEventId! } });

    expect([(await changeIn(again)).kind, (await changeIn(again)).kind]).toEqual([
      "INSTITUTION",
      "REPORT",
    ]);
  });

  it("tells of protected data no more than that something changed", async () => {
    const stream = await live.follow();
    const report = await submitted(2025, ARMED, "ARMED_FORCES", "ARMED_FORCES");
    await approve(report, ARMED);

    const told = [await changeIn(stream), await changeIn(stream)];

    for (const change of told)
      expect(change).toEqual({
        cursor: expect.any(String),
        subgraph: "libraries",
        sector: "ARMED_FORCES",
        kind: "ANYTHING",
        year: null,
        at: "2026-11-23T03:00:00.000Z",
        dataVersion: null,
      });
    for (const secret of [report.id, report.libraryId, "03388", `TV-${registered}`, "2025"])
      expect(stream.text()).not.toContain(secret);
    const changes = (await publishedOfArmedForces()).changes;
    expect(changes.length).toBeGreaterThanOrEqual(2);
    expect(new Set(changes.map(({ kind, year }) => `${kind} ${String(year)}`))).toEqual(
      new Set(["ANYTHING null"]),
    );
  });

  it("numbers what is told of protected data by itself: drafts leave no gap to be counted", async () => {
    const before = await publishedOfArmedForces();
    const report = await submitted(2025, ARMED, "ARMED_FORCES", "ARMED_FORCES");
    const waiting = await publishedOfArmedForces();
    await approve(report, ARMED);

    const after = await publishedOfArmedForces();

    // The library's registration, and the approval.
    expect([waiting.head, after.head]).toEqual([before.head + 1, before.head + 2]);
    expect(after.changes.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: after.head }, (_, index) => index + 1),
    );
  });

  it("tells that anything may have changed of an owner who was silent when it began", async () => {
    await live.hub.cut("museums/culture");
    const stream = await live.follow({ sector: "CULTURE" });
    await live.hub.restore("museums/culture");

    const change = await changeIn(stream);

    expect(change).toMatchObject({ subgraph: "museums", sector: "CULTURE", kind: "ANYTHING" });
  });

  it("is told in one process too", async () => {
    const localSubgraphs = Object.fromEntries(
      Object.entries(live.hub.serving).map(([name, { answer, publishedChanges }]) => [
        name,
        {
          publishedChanges,
          answer: (question: any, caller: any) => answer(question, { ...caller, language: "vi" }),
        },
      ]),
    );
    const gateway = await live.open({ localSubgraphs });
    const stream = await live.follow({}, { gateway });
    await approve(await submitted(2025));

    expect([(await changeIn(stream)).kind, (await changeIn(stream)).kind]).toEqual([
      "INSTITUTION",
      "REPORT",
    ]);
  }, 20_000);
});
