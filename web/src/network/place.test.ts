import assert from "node:assert/strict";
import { test } from "node:test";
import { type Body, type Bond, layers, ring, separate, spread } from "./place.ts";
import type { Spot } from "./state.ts";

function bodies(count: number): Body[] {
  return Array.from({ length: count }, (_, n) => ({ id: `n${n}`, box: [60 + (n % 5) * 30, 40] as const }));
}

const STAR: Bond[] = Array.from({ length: 29 }, (_, n) => ({ source: "n0", target: `n${n + 1}` }));

function overlapping(spots: ReadonlyMap<string, Spot>, all: readonly Body[]): string[] {
  const found: string[] = [];
  for (const [place, a] of all.entries()) {
    for (const b of all.slice(place + 1)) {
      const [[ax, ay], [bx, by]] = [spots.get(a.id) as Spot, spots.get(b.id) as Spot];
      const across = (a.box[0] + b.box[0]) / 2 - Math.abs(ax - bx);
      const along = (a.box[1] + b.box[1]) / 2 - Math.abs(ay - by);
      if (across > 0 && along > 0) found.push(`${a.id} ${b.id}`);
    }
  }
  return found;
}

test("no words lie on others, however many hang on one", () => {
  assert.deepEqual(overlapping(spread(bodies(30), STAR), bodies(30)), []);
});

test("a star stands on a ring around its middle, and what is none does not", () => {
  const made = ring(bodies(30), STAR, ["n0"]);
  assert.deepEqual(made?.get("n0"), [0, 0]);
  assert.deepEqual(overlapping(made ?? new Map(), bodies(30)), []);
  const distances = [...(made ?? new Map())].map(([, [x, y]]) => Math.hypot(x / 1.5, y));
  assert.ok(Math.min(...distances.filter(Boolean)) > 300);
  assert.equal(ring(bodies(30), STAR, ["n0", "n1"]), null);
  assert.equal(ring(bodies(31), STAR, ["n0"]), null);
  assert.equal(ring(bodies(30), STAR, []), null);
});

test("the same network gets the same places", () => {
  assert.deepEqual(spread(bodies(30), STAR), spread(bodies(30), STAR));
});

test("what is held stays where it was, and what is new comes beside what it hangs on", () => {
  const first = spread(bodies(30), STAR);
  const bonds = [...STAR, { source: "n7", target: "new" }];
  const all = [...bodies(30), { id: "new", box: [80, 40] as const }];
  const second = spread(all, bonds, first);
  for (const [id, at] of first) assert.deepEqual(second.get(id), at, id);
  assert.deepEqual(overlapping(second, all), []);
  const distance = (id: string) =>
    Math.hypot(...([0, 1] as const).map((n) => (second.get("new")?.[n] ?? 0) - (second.get(id)?.[n] ?? 0)));
  assert.ok(distance("n7") < 400, String(distance("n7")));
});

test("boxes on one spot come apart, but those that are held", () => {
  const all = bodies(6);
  const spots = new Map(all.map(({ id }) => [id, [0, 0] as Spot]));
  assert.deepEqual(overlapping(separate(spots, all), all), []);
  for (const id of ["n0", "n1"]) {
    const held = separate(spots, all.slice(0, 2), new Set([id]));
    assert.deepEqual(held.get(id), [0, 0]);
    assert.deepEqual(overlapping(held, all.slice(0, 2)), []);
  }
});

test("an owner stands above what it owns, and a circle of owners does no harm", () => {
  const chain = [
    { source: "n0", target: "n1" },
    { source: "n1", target: "n2" },
  ];
  const high = (spots: ReadonlyMap<string, Spot>) => ["n0", "n1", "n2"].map((id) => spots.get(id)?.[1] ?? 0);
  const [top, middle, low] = high(layers(bodies(3), chain)) as [number, number, number];
  assert.ok(top < middle && middle < low);
  assert.equal(layers(bodies(3), [...chain, { source: "n2", target: "n0" }]).size, 3);
  assert.deepEqual(overlapping(layers(bodies(30), STAR), bodies(30)), []);
});

test("nothing at all has no places", () => {
  assert.equal(spread([], []).size, 0);
  assert.equal(layers([], []).size, 0);
});
