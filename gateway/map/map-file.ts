import { readFileSync } from "node:fs";
import { z } from "zod";

/** A map that the operator supplies, as it is sent to browsers. */
export interface MapFile {
  geoJson: Buffer;
}

const MOST_BYTES = 20 * 1024 * 1024;

const position = z
  .tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)], z.number())
  .describe("longitude and latitude in degrees");
const ring = z
  .array(position)
  .min(4, "đường bao cần ít nhất 4 điểm / a ring needs at least 4 points")
  .refine(
    (points) => points[0]![0] === points.at(-1)![0] && points[0]![1] === points.at(-1)![1],
    "đường bao phải khép kín / a ring must end where it begins",
  );
const geometry = z.discriminatedUnion(
  "type",
  [
    z.object({ type: z.literal("Polygon"), coordinates: z.array(ring).min(1) }),
    z.object({
      type: z.literal("MultiPolygon"),
      coordinates: z.array(z.array(ring).min(1)).min(1),
    }),
  ],
  "cần Polygon hoặc MultiPolygon / must be a Polygon or a MultiPolygon",
);
const feature = z.object({
  type: z.literal("Feature"),
  properties: z.object({
    code: z
      .string("cần mã đơn vị dạng chữ / must be the unit's code, as text")
      .regex(/^\d{2,5}$/u, "cần mã 2 đến 5 chữ số / must be a code of 2 to 5 digits"),
  }),
  geometry,
});
const collection = z.object({
  type: z.literal("FeatureCollection", "cần FeatureCollection / must be a FeatureCollection"),
  features: z.array(feature).min(1),
});

/**
 * Reads a GeoJSON FeatureCollection of (multi)polygons in degrees of WGS 84 (RFC 7946), each feature with
 * `properties.code`: the official code of its unit, leading zeros kept. Nothing else of a feature is passed on.
 * @throws naming the setting, the file, the feature and what is accepted, in Vietnamese and English.
 */
export function readMapFile(path: string): MapFile {
  const wrong = (what: string) => new Error(`MAP_GEOJSON: ${path}: ${what}`);
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    throw wrong("không đọc được tệp / the file cannot be read");
  }
  if (text.length > MOST_BYTES)
    throw wrong("tệp lớn hơn 20 MB, hãy giản lược / larger than 20 MB, simplify it");
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw wrong("không phải JSON / is not JSON");
  }
  const read = collection.safeParse(json);
  if (!read.success) {
    const { path: place, message } = read.error.issues[0]!;
    throw wrong(`${place.join(".")}: ${message}`);
  }
  const { features } = read.data;
  const codes = features.map(({ properties }) => properties.code);
  const twice = codes.find((code, at) => codes.indexOf(code) !== at);
  if (twice !== undefined) throw wrong(`mã ${twice} có hai lần / code ${twice} is there twice`);
  return { geoJson: Buffer.from(JSON.stringify(read.data)) };
}
