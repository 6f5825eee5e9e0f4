import {
  DEADLINE_MS,
  startSmallGateway,
  type Answer,
  type SmallGateway,
} from "../testkit/small-gateway";
import { startSmallHub, type SmallHub } from "../testkit/small-hub";

/** Where each error stands, in no order: fetches that run side by side end as they may. */
const pathsOf = ({ errors = [] }: Answer) => errors.map(({ path }) => path!.join(".")).sort();

const UNAVAILABLE = (subgraph: string) => ({
  code: "SUBGRAPH_UNAVAILABLE",
  subgraph,
  reason: "INVALID_RESPONSE",
});

describe("errors from subgraphs", () => {
  let hub: SmallHub;
  let gateway: SmallGateway;

  beforeEach(async () => {
    hub = await startSmallHub();
    gateway = await startSmallGateway(hub);
  });

  afterEach(async () => {
    await gateway.stop();
    await hub.stop();
  });

  it("keep message, path and extensions, name the subgraph, and lose their stack", async () => {
    const { data, errors } = await gateway.ask(`{ libraries { name by: curator } }`);

    expect(data).toEqual({
      libraries: [
        { name: "Thư viện tỉnh", by: null },
        { name: "Thư viện trường", by: null },
      ],
    });
    const extensions = { code: "FORBIDDEN", sector: "CULTURE", subgraph: "libraries" };
    expect(errors).toEqual([
      { message: "Không có quyền. / Not allowed.", path: ["libraries", 0, "by"], extensions },
      { message: "Không có quyền. / Not allowed.", path: ["libraries", 1, "by"], extensions },
    ]);
  });

  it("become internal errors when their code is not of the closed list", async () => {
    const { status, data, errors } = await gateway.ask(
      `{ administrativeUnit(code: "x") { name } }`,
    );

    expect([status, data]).toEqual([200, { administrativeUnit: null }]);
    expect(errors).toEqual([
      {
        message: "Mã sai. / Bad code.",
        path: ["administrativeUnit"],
        extensions: { code: "INTERNAL_SERVER_ERROR", subgraph: "agency-tasks" },
      },
    ]);
  });

  it("that name no path stand at each key that they left empty", async () => {
    hub.subgraphs.libraries.says = {
      errors: [{ message: "Ngừng", extensions: { code: "UNAUTHENTICATED" } }],
    };

    const answer = await gateway.ask(`{ libraries { name } units: administrativeUnit(code: "12") {
      subdivisions { a: libraryIndicators { value } b: libraryIndicators(year: 2025) { value } }
    } }`);

    expect(answer.data).toEqual({
      libraries: null,
      units: {
        subdivisions: [
          { a: null, b: null },
          { a: null, b: null },
        ],
      },
    });
    expect(pathsOf(answer)).toEqual([
      "libraries",
      "units.subdivisions.0.a",
      "units.subdivisions.0.b",
      "units.subdivisions.1.a",
      "units.subdivisions.1.b",
    ]);
    for (const { message, extensions } of answer.errors!) {
      expect({ message, extensions }).toEqual({
        message: "Ngừng",
        extensions: { code: "UNAUTHENTICATED", subgraph: "libraries" },
      });
    }
  });

  it("stand at the right item of a list of mixed types, with gaps and repetitions", async () => {
    hub.subgraphs.libraries.says = { data: null };

    const answer = await gateway.ask(`{ records {
      __typename
      ... on Library { seats }
      ... on Museum { name }
      ... on Agency { agencyName: name }
    } }`);

    expect(answer.data).toEqual({
      records: [
        { __typename: "Agency", agencyName: "Sở Giáo dục" },
        null,
        { __typename: "Museum", name: "Bảo tàng tỉnh" },
        { __typename: "Library", seats: null },
        { __typename: "Library", seats: null },
        { __typename: "Library", seats: null },
      ],
    });
    expect(pathsOf(answer)).toEqual(["records.3.seats", "records.4.seats", "records.5.seats"]);

    hub.subgraphs.libraries.says = undefined;
    const said = await gateway.ask(
      `{ records { ... on Library { curator } ... on Agency { name } } }`,
    );
    expect(pathsOf(said)).toEqual(["records.3.curator", "records.4.curator", "records.5.curator"]);
  });

  it("are given for the fields that were asked for alone, skipped and included ones judged", async () => {
    hub.subgraphs.libraries.says = { data: null };
    const query = `query ($yes: Boolean!, $no: Boolean!) { administrativeUnit(code: "12") {
      ...Figures
      skipped: libraryIndicators @skip(if: $yes) { value }
      left: libraryIndicators @include(if: $no) { value }
    } }
    fragment Figures on AdministrativeUnit { kept: libraryIndicators @include(if: $yes) { value } }`;

    const answer = await gateway.ask(query, { yes: true, no: false });

    expect(answer.data).toEqual({ administrativeUnit: { kept: null } });
    expect(pathsOf(answer)).toEqual(["administrativeUnit.kept"]);
  });

  it("are given for each value of a wrong shape, and the values beside it are kept", async () => {
    hub.subgraphs.libraries.says = {
      data: {
        libraries: [
          { __typename: "Library", name: 7, seats: 5 },
          { name: "Một", seats: "năm" },
          { name: "Hai", seats: 2.5 },
          { name: "Ba" },
          { name: "Bốn", seats: 4 },
        ],
      },
    };

    const answer = await gateway.ask(`{ libraries { name seats } museums { name } }`);
    const inItem = await gateway.ask(`{ libraries { seats } }`);

    // A name may not be null, nor a library in the list, so the list is; by the schema, not by the gateway's choice.
    expect(answer.data).toEqual({ libraries: null, museums: [{ name: "Bảo tàng tỉnh" }] });
    expect(pathsOf(answer)).toEqual([
      "libraries.0.name",
      "libraries.1.seats",
      "libraries.2.seats",
      "libraries.3.seats",
    ]);
    expect(inItem.data).toEqual({
      libraries: [{ seats: 5 }, { seats: null }, { seats: null }, { seats: null }, { seats: 4 }],
    });
    for (const { extensions } of inItem.errors!)
      expect(extensions).toEqual(UNAVAILABLE("libraries"));
  });

  it("tell of a list where an object should be, and of an object where a list should be", async () => {
    hub.subgraphs["agency-tasks"].says = { data: { administrativeUnit: [{ name: "Lai Châu" }] } };
    hub.subgraphs.libraries.says = { data: { libraries: { name: "Thư viện tỉnh" } } };

    const answer = await gateway.ask(
      `{ administrativeUnit(code: "12") { name } libraries { name } }`,
    );

    expect(answer.data).toEqual({ administrativeUnit: null, libraries: null });
    expect(pathsOf(answer)).toEqual(["administrativeUnit", "libraries"]);
  });

  it("tell of a null where the schema allows none, once, and not beside the data", async () => {
    hub.subgraphs["agency-tasks"].says = {
      data: { administrativeUnit: { name: null, code: "12" } },
    };

    const answer = await gateway.ask(
      `{ administrativeUnit(code: "12") { name code } museums { name } }`,
    );

    expect(answer.data).toEqual({ administrativeUnit: null, museums: [{ name: "Bảo tàng tỉnh" }] });
    expect(pathsOf(answer)).toEqual(["administrativeUnit.name"]);
    expect(answer.errors![0]!.extensions).toEqual(UNAVAILABLE("agency-tasks"));
    expect(answer.extensions).toBeUndefined();
  });

  it("tell of a record that one subgraph refers to and its owner does not know", async () => {
    const answer = await gateway.ask(`{ brokenLibrary { name agency { name } } }`);

    expect(answer.data).toEqual({ brokenLibrary: { name: "Thư viện", agency: null } });
    expect(pathsOf(answer)).toEqual(["brokenLibrary.agency.name"]);
    expect(answer.errors![0]!.extensions).toEqual({
      code: "INTERNAL_SERVER_ERROR",
      subgraph: "agency-tasks",
    });
    expect(answer.extensions).toBeUndefined();
  });

  it("stand at a field of the client's own when what failed is a key that only the gateway asked for", async () => {
    hub.subgraphs["agency-tasks"].says = {
      data: { administrativeUnit: { __typename: "AdministrativeUnit" } },
    };

    const answer = await gateway.ask(
      `{ administrativeUnit(code: "12") { museumIndicators { value } } }`,
    );

    expect(answer.data).toEqual({ administrativeUnit: { museumIndicators: null } });
    expect(hub.subgraphs.museums.received).toHaveLength(0);
    expect(pathsOf(answer)).toEqual(["administrativeUnit"]);
    expect(answer.errors![0]!.extensions).toEqual(UNAVAILABLE("agency-tasks"));
  });

  it("are logged once for each answer that did not come, under the request's id", async () => {
    await hub.subgraphs.museums.stop();

    await gateway.ask(`{ museums { name } }`, {}, { "x-request-id": "tram-7" });

    expect(gateway.logged.filter(({ msg }) => msg !== "request")).toEqual([
      expect.objectContaining({
        level: 40,
        requestId: "tram-7",
        subgraph: "museums",
        reason: "REFUSED",
      }),
    ]);
  });

  it("null all data only where the schema itself demands it", async () => {
    await hub.subgraphs["agency-tasks"].stop();

    const answer = await gateway.ask(`{ requiredUnit { name } museums { name } }`);

    expect(answer.data).toBeNull();
    expect(pathsOf(answer)).toEqual(["requiredUnit"]);
  });
});

describe("a subgraph's deadline", () => {
  it("is waited for once in a request, however often the plan asks the subgraph", async () => {
    const hub = await startSmallHub();
    const gateway = await startSmallGateway(hub);
    const query = `{ libraries { agency { name } } administrativeUnit(code: "12") { libraryIndicators { indicator { name } } } }`;
    await gateway.ask(query);
    hub.subgraphs["agency-tasks"].delayMs = 10 * DEADLINE_MS;
    hub.subgraphs["agency-tasks"].received = [];
    hub.subgraphs.libraries.delayMs = DEADLINE_MS / 2;

    const answer = await gateway.ask(query);

    expect(answer.data).toEqual({
      libraries: [{ agency: null }, { agency: null }],
      administrativeUnit: null,
    });
    expect(pathsOf(answer)).toEqual([
      "administrativeUnit",
      "libraries.0.agency.name",
      "libraries.1.agency.name",
    ]);
    expect(answer.elapsedMs).toBeLessThan(1.5 * DEADLINE_MS + 200);
    await gateway.stop();
    await hub.stop();
  });
});
