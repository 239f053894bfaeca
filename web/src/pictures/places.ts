// Where the things of a network stand: forces until it is calm, the same picture for the same answer every time.

import type { Net } from "./read.ts";

export type Place = { x: number; y: number };

const ROUNDS = 240;
/** How strongly everything is drawn to the middle. */
const PULL = 1.6;

/** Places in a field of the given size; parts without ties between them stay near each other. */
export function places(net: Net, width: number, height: number): Map<string, Place> {
  const at = spiral(net, width, height);
  const all = [...at.values()];
  const ideal = 0.85 * Math.sqrt((width * height) / Math.max(1, all.length));
  for (let round = 0; round < ROUNDS; round++) {
    const moves = all.map((place) => ({ x: (width / 2 - place.x) * PULL, y: (height / 2 - place.y) * PULL }));
    apart(all, moves, ideal);
    together(net, at, all, moves, ideal);
    const most = (1 - round / ROUNDS) * 0.1 * Math.min(width, height) + 0.5;
    all.forEach((place, n) => {
      const move = moves[n] as Place;
      const length = Math.hypot(move.x, move.y) || 1;
      place.x += (move.x / length) * Math.min(length, most);
      place.y += (move.y / length) * Math.min(length, most);
    });
  }
  fit(all, width, height);
  return at;
}

/** Into the field, with room at its edges for names. */
function fit(all: readonly Place[], width: number, height: number): void {
  for (const [axis, size, edge] of [
    ["x", width, Math.min(90, width / 6)],
    ["y", height, 28],
  ] as const) {
    const [low, high] = [
      Math.min(...all.map((each) => each[axis])),
      Math.max(...all.map((each) => each[axis])),
    ];
    const scale = high > low ? Math.min((size - 2 * edge) / (high - low), 3) : 0;
    for (const place of all) place[axis] = size / 2 + (place[axis] - (low + high) / 2) * scale;
  }
}

/** The start: a spiral, so that no two stand on one spot and nothing hangs on chance. */
function spiral(net: Net, width: number, height: number): Map<string, Place> {
  const turn = Math.PI * (3 - Math.sqrt(5));
  return new Map(
    net.things.map(({ key }, n) => {
      const far = Math.sqrt((n + 0.5) / net.things.length) * 0.42;
      const x = width / 2 + Math.cos(n * turn) * far * width;
      return [key, { x, y: height / 2 + Math.sin(n * turn) * far * height }];
    }),
  );
}

function apart(all: readonly Place[], moves: readonly Place[], ideal: number): void {
  for (let n = 0; n < all.length; n++) {
    for (let m = 0; m < n; m++)
      push(all[n] as Place, all[m] as Place, moves[n] as Place, moves[m] as Place, ideal);
  }
}

function push(a: Place, b: Place, left: Place, right: Place, ideal: number): void {
  const [dx, dy] = [(a.x - b.x) * 0.7, a.y - b.y]; // names are wide: things side by side need more room
  const square = Math.max(dx * dx + dy * dy, 1);
  const force = (ideal * ideal) / square;
  left.x += dx * force;
  left.y += dy * force;
  right.x -= dx * force;
  right.y -= dy * force;
}

function together(
  net: Net,
  at: ReadonlyMap<string, Place>,
  all: readonly Place[],
  moves: readonly Place[],
  ideal: number,
): void {
  const number = new Map(all.map((place, n) => [place, n]));
  for (const { from, to } of net.ties) {
    const [a, b] = [at.get(from), at.get(to)];
    if (!a || !b || a === b) continue;
    const pull = Math.hypot(a.x - b.x, a.y - b.y) / ideal;
    const [left, right] = [moves[number.get(a) as number] as Place, moves[number.get(b) as number] as Place];
    left.x -= (a.x - b.x) * pull;
    left.y -= (a.y - b.y) * pull;
    right.x += (a.x - b.x) * pull;
    right.y += (a.y - b.y) * pull;
  }
}
