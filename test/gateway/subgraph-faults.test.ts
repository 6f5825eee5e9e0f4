import { FAULTS, openFaultyFront, REASONS, type FaultyFront } from "../testkit/faulty-front";
import { DEADLINE_MS, startSmallGateway, type SmallGateway } from "../testkit/small-gateway";
import { startSmallHub, type SmallHub } from "../testkit/small-hub";

// Answers are timed, and another program may have had the machine just then: three tries, each told.
jest.retryTimes(2, { logErrorsBeforeRetry: true });

const QUERY = /* GraphQL */ `
  {
    unit: administrativeUnit(code: "12") {
      name
      libraryIndicators {
        value
      }
      museumIndicators {
        value
      }
      culturalCentreIndicators {
        value
      }
      subdivisions {
        code
        libraryIndicators {
          value
        }
      }
    }
    libraries {
      name
      agency {
        name
      }
    }
    museums {
      name
    }
    culturalCentres {
      name
    }
  }
`;

const WHOLE = {
  unit: {
    name: "Lai Châu",
    libraryIndicators: [{ value: 7 }],
    museumIndicators: [{ value: 100 }],
    culturalCentreIndicators: [{ value: 50 }],
    subdivisions: [
      { code: "03394", libraryIndicators: [{ value: 10 }] },
      { code: "03434", libraryIndicators: [{ value: 10 }] },
    ],
  },
  libraries: [
    { name: "Thư viện tỉnh", agency: { name: "Sở Văn hóa" } },
    { name: "Thư viện trường", agency: { name: "Sở Giáo dục" } },
  ],
  museums: [{ name: "Bảo tàng tỉnh" }],
  culturalCentres: [{ name: "Trung tâm tỉnh" }],
};

/** What is lost with each subgraph, and where the client is told so. */
const LOSSES = [
  {
    subgraph: "libraries",
    data: {
      ...WHOLE,
      unit: {
        ...WHOLE.unit,
        libraryIndicators: null,
        subdivisions: [
          { code: "03394", libraryIndicators: null },
          { code: "03434", libraryIndicators: null },
        ],
      },
      libraries: null,
    },
    paths: [
      ["libraries"],
      ["unit", "libraryIndicators"],
      ["unit", "subdivisions", 0, "libraryIndicators"],
      ["unit", "subdivisions", 1, "libraryIndicators"],
    ],
  },
  {
    subgraph: "museums",
    data: { ...WHOLE, unit: { ...WHOLE.unit, museumIndicators: null }, museums: null },
    paths: [["museums"], ["unit", "museumIndicators"]],
  },
  {
    subgraph: "cultural-centres",
    data: {
      ...WHOLE,
      unit: { ...WHOLE.unit, culturalCentreIndicators: null },
      culturalCentres: null,
    },
    paths: [["culturalCentres"], ["unit", "culturalCentreIndicators"]],
  },
  {
    subgraph: "agency-tasks",
    data: {
      ...WHOLE,
      unit: null,
      libraries: WHOLE.libraries.map((library) => ({ ...library, agency: null })),
    },
    paths: [["libraries", 0, "agency", "name"], ["libraries", 1, "agency", "name"], ["unit"]],
  },
] as const;

describe.each(LOSSES)("a query across sectors while $subgraph", ({ subgraph, data, paths }) => {
  let hub: SmallHub;
  let front: FaultyFront;
  let gateway: SmallGateway;

  beforeAll(async () => {
    hub = await startSmallHub();
    front = await openFaultyFront(hub.subgraphs[subgraph].url);
    gateway = await startSmallGateway(hub, { urls: { [subgraph]: front.url } });
    await gateway.ask(QUERY);
  });

  afterAll(async () => {
    await gateway.stop();
    await front.stop();
    await hub.stop();
  });

  it.each(FAULTS)(
    "%s: loses that subgraph's fields alone, and is whole again afterwards",
    async (fault) => {
      await front.break(fault);

      const broken = await gateway.ask(QUERY);
      await front.mend();
      const mended = await gateway.ask(QUERY);

      expect(broken.data).toEqual(data);
      expect(broken.errors!.map(({ path }) => path).sort()).toEqual(paths);
      for (const { message, extensions } of broken.errors!) {
        expect(message).toMatch(
          new RegExp(
            `^Phân hệ ${subgraph} không trả lời: .+ / Subgraph ${subgraph} did not answer: `,
          ),
        );
        expect(extensions).toEqual({
          code: "SUBGRAPH_UNAVAILABLE",
          subgraph,
          reason: REASONS[fault],
        });
      }
      expect(broken.extensions).toBeUndefined();
      expect(broken.elapsedMs).toBeLessThan(DEADLINE_MS + 200);
      expect(mended.data).toEqual(WHOLE);
      expect(mended.errors).toBeUndefined();
    },
  );
});
