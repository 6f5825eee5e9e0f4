type Ring = [longitude: number, latitude: number][];

/** What the gateway sends of the operator's GeoJSON. */
export interface UnitCollection {
  features: {
    properties: { code: string };
    geometry:
      { type: "Polygon"; coordinates: Ring[] } | { type: "MultiPolygon"; coordinates: Ring[][] };
  }[];
}

export interface Outline {
  code: string;
  /** Of an SVG path. */
  path: string;
}

const WIDTH = 1000;

/** Lays the map flat: a degree of longitude is as wide as it is at the middle of the map. Enough for a province. */
export function outlines({ features }: UnitCollection): { viewBox: string; shapes: Outline[] } {
  const ringsOf = ({ geometry }: UnitCollection["features"][number]): Ring[] =>
    geometry.type === "Polygon" ? geometry.coordinates : geometry.coordinates.flat();
  let [west, east, south, north] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const [longitude, latitude] of features.flatMap(ringsOf).flat()) {
    west = Math.min(west, longitude);
    east = Math.max(east, longitude);
    south = Math.min(south, latitude);
    north = Math.max(north, latitude);
  }
  const narrowing = Math.cos(((south + north) / 2) * (Math.PI / 180));
  const scale = WIDTH / ((east - west) * narrowing);
  const place = ([longitude, latitude]: Ring[number]) =>
    `${((longitude - west) * narrowing * scale).toFixed(1)} ${((north - latitude) * scale).toFixed(1)}`;
  return {
    viewBox: `-5 -5 ${WIDTH + 10} ${Math.ceil((north - south) * scale) + 10}`,
    shapes: features.map((feature) => ({
      code: feature.properties.code,
      path: ringsOf(feature)
        .map((ring) => `M${ring.map(place).join("L")}Z`)
        .join(""),
    })),
  };
}
