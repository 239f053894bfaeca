// Which shape of Natural Earth is which country of ours (ISO 3166-1 alpha-2), and where a mark of it stands.

import type {
  GeometryCollection,
  GeometryObject,
  MultiPolygon,
  Polygon,
  Topology,
} from "topojson-specification";

/** [west, south, east, north] in degrees; west may lie past east where a box holds the antimeridian. */
export type Box = readonly [number, number, number, number];
export type Place = readonly [number, number];

/** A polygon of a topology: its rings, each a list of arcs. */
export type Rings = number[][];

/** Shapes that have no ISO number of their own, by name. What is left out here is nobody's, and drawn as land. */
export const NAMED: Readonly<Record<string, string>> = {
  Kosovo: "XK",
  "N. Cyprus": "CY",
  Somaliland: "SO",
};

/**
 * Parts of a shape that ISO 3166 lists by themselves, and Crimea, which the European Union and the General
 * Assembly of the United Nations (resolution 68/262) hold to be of Ukraine.
 */
export const PARTS: readonly { of: string; is: string; within: Box }[] = [
  { of: "RU", is: "UA", within: [32.3, 44.2, 36.8, 46.4] },
  { of: "FR", is: "GF", within: [-55, 2, -51, 6] },
  { of: "FR", is: "GP", within: [-62, 15.7, -60.9, 16.6] },
  { of: "FR", is: "MQ", within: [-61.4, 14.3, -60.7, 15] },
  { of: "FR", is: "RE", within: [55, -21.6, 56, -20.7] },
  { of: "FR", is: "YT", within: [44.9, -13.1, 45.4, -12.5] },
  { of: "NO", is: "SJ", within: [-10, 70.5, 40, 82] },
  { of: "NO", is: "BV", within: [2, -55, 5, -53] },
  { of: "NL", is: "BQ", within: [-69, 11.8, -62, 18] },
  { of: "AU", is: "CX", within: [105, -11, 106, -10] },
  { of: "AU", is: "CC", within: [96, -13, 97.5, -11] },
];

/**
 * Where marks stand that the middle of the largest part would put wrong, or whose land is too small to be
 * drawn at this scale: degrees east and north, from the country's own position.
 */
export const STATED: Readonly<Record<string, Place>> = {
  AQ: [10, -64],
  BQ: [-68.27, 12.18],
  BV: [3.36, -54.42],
  CC: [96.83, -12.16],
  CX: [105.64, -10.49],
  GI: [-5.35, 36.14],
  NO: [9.2, 61.2],
  SJ: [17.5, 78.6],
  TK: [-171.83, -9.17],
  TV: [179.2, -8.52],
  UM: [166.62, 19.29],
  US: [-98.5, 39.5],
};

/** The province whose companies these are: its middle, for the mark of a seat there. */
export const LIMBURG: Place = [5.42, 50.98];

type Shape = GeometryObject<{ name?: string }>;

export function polygons(shape: Shape): Rings[] {
  if (shape.type === "Polygon") return [(shape as Polygon).arcs];
  return shape.type === "MultiPolygon" ? (shape as MultiPolygon).arcs : [];
}

export function within([west, south, east, north]: Box, [x, y]: Place): boolean {
  return west <= x && x <= east && south <= y && y <= north;
}

/**
 * Every polygon by the country that it belongs to; "" is land of nobody in ISO 3166.
 *
 * `numbers` are the ISO numbers of our countries, `middle` finds the middle of a polygon.
 */
export function assign(
  shapes: GeometryCollection<{ name?: string }>,
  numbers: ReadonlyMap<string, string>,
  middle: (rings: Rings) => Place,
): Map<string, Rings[]> {
  const found = new Map<string, Rings[]>();
  for (const shape of shapes.geometries) {
    const name = (shape.properties as { name?: string } | undefined)?.name ?? "";
    const whole = numbers.get(String(shape.id ?? "")) ?? NAMED[name] ?? "";
    const parts = PARTS.filter((part) => part.of === whole);
    for (const rings of polygons(shape)) {
      const at = parts.length ? middle(rings) : ([0, 0] as const);
      const code = parts.find((part) => within(part.within, at))?.is ?? whole;
      found.set(code, [...(found.get(code) ?? []), rings]);
    }
  }
  return found;
}

/** ISO number -> alpha-2, from the graph's own table of countries; Kosovo has no number, and is found by name. */
export function numbers(table: string): Map<string, string> {
  const [head, ...rows] = table.trim().split(/\r?\n/);
  const names = (head ?? "").split(",");
  const [code, number] = [names.indexOf("iso2"), names.indexOf("m49")];
  return new Map(
    rows
      .map((row) => row.split(","))
      .map((cells) => [cells[number] || `none ${cells[code]}`, cells[code] ?? ""]),
  );
}

export type World = Topology<{ countries: GeometryCollection<{ name?: string }> }>;
