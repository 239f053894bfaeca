// Writes `worldmap.json`, from which the pages draw: every country's shape and point, on two plates.
//
// The world in Equal Earth, cut in the Bering Strait, so that neither Russia nor Fiji is cut in two; Europe by
// itself in Lambert's azimuthal projection. Both keep areas true. Run by `npm run build`, after Vite.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type GeoProjection, geoAzimuthalEqualArea, geoCentroid, geoEqualEarth } from "d3-geo";
import { feature, mergeArcs } from "topojson-client";
import { presimplify, simplify, sphericalTriangleArea } from "topojson-simplify";
import type { MultiPolygon } from "topojson-specification";
import { assign, LIMBURG, numbers, type Place, type Rings, STATED, type World } from "./countries.ts";
import { area, heart, path, rings } from "./drawing.ts";

const BUILT = new URL("../../../api/pages/static/built/", import.meta.url);
const TABLE = new URL("../../../data/reference/countries.csv", import.meta.url);
const CENTRE = 11; // degrees east in the middle: the edge of the map then runs through the Bering Strait

interface Plate {
  width: number;
  height: number;
  shapes: Record<string, string>;
  points: Record<string, Place>;
}

/** The projection, and how much of its surface (in square units) a detail must have to be drawn. */
interface View {
  projection: GeoProjection;
  width: number;
  height: number;
  detail: number;
}

function world(): View {
  const projection = geoEqualEarth().rotate([-CENTRE, 0]).fitWidth(1000, { type: "Sphere" });
  const top = projection([CENTRE, 83.7])?.[1] ?? 0;
  const bottom = projection([CENTRE, -56])?.[1] ?? 0;
  const [x, y] = projection.translate();
  const height = Math.ceil(bottom - top);
  projection.translate([x, y - top]).clipExtent([[0, 0], [1000, height]]); // biome-ignore format: one box, one line
  return { projection, width: 1000, height, detail: 0.45 };
}

function europe(): View {
  const size = 440;
  const corners: [number, number][] = [[-10.8, 36], [-8, 58], [5, 71.3], [30, 71.3], [37.5, 36], [20, 34.4]]; // biome-ignore format: the frame, clockwise
  const projection = geoAzimuthalEqualArea().rotate([-13, -52]);
  projection.fitExtent([[6, 6], [size - 6, size - 6]], { type: "MultiPoint", coordinates: corners }); // biome-ignore format: one box, one line
  projection.clipExtent([[-4, -4], [size + 4, size + 4]]); // biome-ignore format: one box, one line
  return { projection, width: size, height: size, detail: 0.9 };
}

function read(): { topology: World; parts: Map<string, Rings[]>; codes: string[] } {
  const file = createRequire(import.meta.url).resolve("world-atlas/countries-50m.json");
  const topology = JSON.parse(readFileSync(file, "utf8")) as World;
  const known = numbers(readFileSync(TABLE, "utf8"));
  const middle = (arcs: Rings): Place => geoCentroid(feature(topology, { type: "Polygon", arcs }));
  return { topology, parts: assign(topology.objects.countries, known, middle), codes: [...known.values()] };
}

/** A country's polygons as one: borders inside it are gone. */
function whole(topology: World, parts: Rings[]): MultiPolygon {
  return mergeArcs(topology, [{ type: "MultiPolygon", arcs: parts }]) as MultiPolygon;
}

/** One plate: details below its grain are left out, islands too, but never the last land of a country. */
function plate(view: View, topology: World, parts: Map<string, Rings[]>, points: Map<string, Place>): Plate {
  const grain = view.detail / view.projection.scale() ** 2;
  const coarse = simplify(presimplify(topology, sphericalTriangleArea), grain);
  const made: Plate = { width: view.width, height: view.height, shapes: {}, points: {} };
  for (const [code, polygons] of [...parts].sort()) {
    if (code === "AQ") continue; // below the map's edge
    const drawn = rings(feature(coarse, whole(coarse, polygons)), view.projection);
    const largest = Math.max(...drawn.map(area));
    const text = path(drawn.filter((ring) => area(ring) > 3 * view.detail || area(ring) === largest));
    if (text) made.shapes[code] = text;
  }
  for (const [code, at] of [...points].sort()) {
    const [x, y] = view.projection(at as [number, number]) ?? [Number.NaN, Number.NaN];
    made.points[code] = [tenth(x), tenth(y)];
  }
  return made;
}

/** Where marks stand, in degrees; a country without a shape and without a stated point stops the build. */
function points(
  view: View,
  topology: World,
  parts: Map<string, Rings[]>,
  codes: string[],
): Map<string, Place> {
  const lost = codes.filter((code) => !(code in STATED) && !parts.has(code));
  if (lost.length) throw new Error(`No shape and no point for ${lost.join(", ")}: state one in countries.ts`);
  const found = new Map<string, Place>([["limburg", LIMBURG]]);
  for (const code of codes) {
    const drawn =
      code in STATED ? [] : rings(feature(topology, whole(topology, parts.get(code) ?? [])), view.projection);
    const at = STATED[code] ?? view.projection.invert?.(heart(drawn) as [number, number]);
    if (at) found.set(code, at);
  }
  return found;
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}

const { topology, parts, codes } = read();
const [wide, near] = [world(), europe()];
const places = points(wide, topology, parts, codes);
const made = { world: plate(wide, topology, parts, places), europe: plate(near, topology, parts, places) };
mkdirSync(BUILT, { recursive: true });
writeFileSync(new URL("worldmap.json", BUILT), JSON.stringify(made));
