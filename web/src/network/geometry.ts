// Where lines meet shapes, and which thing lies that way.

import type { Direction } from "./keys.ts";
import type { Spot } from "./state.ts";

export type Half = readonly [number, number];

/** Where a line from `towards` meets the shape around `at`, `away` units before it. */
export function border(at: Spot, half: Half, towards: Spot, away: number, boxed = false): Spot {
  const [dx, dy] = [towards[0] - at[0], towards[1] - at[1]];
  const distance = Math.hypot(dx, dy) || 1;
  const across = dx ? half[0] / Math.abs(dx) : Number.POSITIVE_INFINITY;
  const along = dy ? half[1] / Math.abs(dy) : Number.POSITIVE_INFINITY;
  const reach = boxed ? Math.min(across, along) * distance : Math.max(half[0], half[1]);
  const part = Math.min((reach + away) / distance, 0.5);
  return [at[0] + dx * part, at[1] + dy * part];
}

const WAYS: Record<Direction, Spot> = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] };

/** A step that way. */
export function step(at: Spot, way: Direction, length: number): Spot {
  return [at[0] + WAYS[way][0] * length, at[1] + WAYS[way][1] * length];
}

/** The thing that one comes to by going that way: near, and not too far aside. Null: nothing lies there. */
export function nearest(
  from: Spot,
  others: Iterable<readonly [string, Spot]>,
  way: Direction,
): string | null {
  const [wx, wy] = WAYS[way];
  let [best, least] = [null as string | null, Number.POSITIVE_INFINITY];
  for (const [id, [x, y]] of others) {
    const [dx, dy] = [x - from[0], y - from[1]];
    const ahead = dx * wx + dy * wy;
    const aside = Math.abs(dx * wy) + Math.abs(dy * wx);
    const cost = ahead + 2 * aside;
    if (ahead > 0.5 && aside <= 2 * ahead && cost < least) [best, least] = [id, cost];
  }
  return best;
}

/** Left, top, right and bottom of some boxes given by their middles. */
export function extent(boxes: Iterable<readonly [Spot, Half]>): readonly [number, number, number, number] {
  let [left, top, right, bottom] = [0, 0, 0, 0];
  let first = true;
  for (const [[x, y], [w, h]] of boxes) {
    left = first ? x - w : Math.min(left, x - w);
    top = first ? y - h : Math.min(top, y - h);
    right = first ? x + w : Math.max(right, x + w);
    bottom = first ? y + h : Math.max(bottom, y + h);
    first = false;
  }
  return [left, top, right, bottom];
}
