// From polygons on a sphere to paths on a plate: projected, thinned out, and written with few letters.

import { type GeoPermissibleObjects, type GeoProjection, geoPath } from "d3-geo";
import type { Place } from "./countries.ts";

/** A ring on the plate, in tenths of a unit. */
export type Ring = Place[];

/** The rings of a shape as a projection draws them. */
export function rings(shape: GeoPermissibleObjects, projection: GeoProjection): Ring[] {
  const found: Ring[] = [];
  geoPath(projection, {
    beginPath() {},
    moveTo: (x: number, y: number) => found.push([[x, y]]),
    lineTo: (x: number, y: number) => found.at(-1)?.push([x, y]),
    closePath() {},
    arc() {},
  })(shape);
  return found;
}

/** Twice the area of a ring, positive whichever way it runs. */
export function area(ring: Ring): number {
  let sum = 0;
  ring.forEach(([x, y], n) => {
    const [nextX, nextY] = ring[(n + 1) % ring.length] as Place;
    sum += x * nextY - nextX * y;
  });
  return Math.abs(sum);
}

/** One path out of rings: relative whole steps of a tenth of a unit; what is smaller than a step is left out. */
export function path(shape: Ring[]): string {
  return shape.map(written).join("");
}

function written(ring: Ring): string {
  const steps: string[] = [];
  let [atX, atY] = [0, 0];
  for (const [x, y] of ring) {
    const [dx, dy] = [Math.round(x * 10) - atX, Math.round(y * 10) - atY];
    if (steps.length && !dx && !dy) continue;
    steps.push(steps.length ? pair(dx, dy) : `M${pair(dx, dy)}l`);
    [atX, atY] = [atX + dx, atY + dy];
  }
  return steps.length < 4 ? "" : `${joined(steps)}z`;
}

function pair(x: number, y: number): string {
  return y < 0 ? `${x}${y}` : `${x} ${y}`;
}

function joined(steps: string[]): string {
  return steps.reduce((text, step) => text + (/\d$/.test(text) && /^\d/.test(step) ? " " : "") + step, "");
}

/** Where a mark stands best: the point of the largest ring that lies farthest from its shore. */
export function heart(shape: Ring[], fine = 36): Place {
  const ring = shape.reduce((largest, each) => (area(each) > area(largest) ? each : largest), shape[0] ?? []);
  const [xs, ys] = [ring.map(([x]) => x), ring.map(([, y]) => y)];
  const [west, east, north, south] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const middle: Place = [(west + east) / 2, (north + south) / 2];
  let [best, most] = [middle, Number.NEGATIVE_INFINITY];
  for (let i = 0; i <= fine; i++) {
    for (let j = 0; j <= fine; j++) {
      const at: Place = [west + ((east - west) * i) / fine, north + ((south - north) * j) / fine];
      const depth = inside(ring, at)
        ? shore(ring, at) - 0.12 * Math.hypot(at[0] - middle[0], at[1] - middle[1])
        : -1e6;
      if (depth > most) [best, most] = [at, depth];
    }
  }
  return best;
}

/** Whether a point lies inside a ring. */
export function inside(ring: Ring, [x, y]: Place): boolean {
  let within = false;
  ring.forEach(([x1, y1], n) => {
    const [x2, y2] = ring[(n + 1) % ring.length] as Place;
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) within = !within;
  });
  return within;
}

function shore(ring: Ring, [x, y]: Place): number {
  let least = Number.POSITIVE_INFINITY;
  ring.forEach(([x1, y1], n) => {
    const [x2, y2] = ring[(n + 1) % ring.length] as Place;
    const [dx, dy] = [x2 - x1, y2 - y1];
    const along = Math.max(0, Math.min(1, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy || 1)));
    least = Math.min(least, Math.hypot(x - x1 - along * dx, y - y1 - along * dy));
  });
  return least;
}
