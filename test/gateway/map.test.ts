import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSmallGateway, type SmallGateway } from "../testkit/small-gateway";
import { startSmallHub, type SmallHub } from "../testkit/small-hub";

const SQUARE = [
  [103.4, 22.3],
  [103.5, 22.3],
  [103.5, 22.4],
  [103.4, 22.3],
];
const unit = (code: unknown, ring: unknown = SQUARE, type = "Polygon") => ({
  type: "Feature",
  properties: { code },
  geometry: { type, coordinates: [ring] },
});
const collection = (...features: unknown[]) => ({ type: "FeatureCollection", features });

let hub: SmallHub;
let folder: string;
let path: string;
let gateway: SmallGateway | undefined;

beforeAll(async () => {
  hub = await startSmallHub();
});
afterAll(() => hub.stop());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "map-"));
  path = join(folder, "map.geojson");
});
afterEach(async () => {
  await gateway?.stop();
  gateway = undefined;
  rmSync(folder, { recursive: true, force: true });
});

const startWith = async (content: unknown) => {
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  gateway = await startSmallGateway(hub, { settings: { mapPath: path } });
  return gateway;
};

describe("GET /map.geojson", () => {
  it("gives the outlines that the operator supplied, and nothing else of the file", async () => {
    const given = collection(
      { ...unit("03388"), properties: { code: "03388", note: "internal" } },
      unit("03390", [SQUARE], "MultiPolygon"),
    );

    const started = await startWith(given);
    const answer = await started.visit("/map.geojson");
    const again = await started.visit("/map.geojson", {
      headers: { "if-none-match": answer.headers.get("etag")! },
    });

    expect(answer.headers.get("content-type")).toBe("application/geo+json");
    expect(await answer.json()).toEqual(
      collection(unit("03388"), unit("03390", [SQUARE], "MultiPolygon")),
    );
    expect(again.status).toBe(304);
  });

  it("is empty where none was supplied: pages then draw a scheme of their own", async () => {
    gateway = await startSmallGateway(hub);

    const answer = await gateway.visit("/map.geojson");

    expect([answer.status, await answer.text()]).toEqual([204, ""]);
  });

  it.each([
    ["no JSON", "{", "không phải JSON / is not JSON"],
    ["no collection", unit("03388"), "type: cần FeatureCollection"],
    ["no code", collection(unit("03388"), unit(3390)), "features.1.properties.code: cần mã đơn vị"],
    [
      "a point",
      collection(unit("03388", [103, 22], "Point")),
      "features.0.geometry.type: cần Polygon",
    ],
    [
      "an open ring",
      collection(unit("03388", [...SQUARE.slice(0, 3), [103.41, 22.31]])),
      "features.0.geometry.coordinates.0: đường bao phải khép kín",
    ],
    [
      "metres for degrees",
      collection(
        unit(
          "03388",
          SQUARE.map(() => [530_000, 2_450_000]),
        ),
      ),
      "features.0.geometry.coordinates.0.0.0",
    ],
    ["one unit twice", collection(unit("03388"), unit("03388")), "mã 03388 có hai lần"],
  ])("is checked when the gateway starts: %s is refused by name", async (_what, content, told) => {
    await expect(startWith(content)).rejects.toThrow(`MAP_GEOJSON: ${path}: ${told}`);
  });

  it("names a file that is not there", async () => {
    const settings = { mapPath: join(folder, "none.geojson") };

    await expect(startSmallGateway(hub, { settings })).rejects.toThrow(
      "none.geojson: không đọc được",
    );
  });
});
