import assert from "node:assert/strict";
import { test } from "node:test";
import { area, heart, inside, path, type Ring } from "./drawing.ts";

const SQUARE: Ring = [
  [0, 0],
  [10, 0],
  [10, 10],
  [0, 10],
];

test("a path is written in whole steps from its first point", () => {
  assert.equal(path([SQUARE]), "M0 0l100 0 0 100-100 0z");
});

test("what is smaller than a step leaves no path", () => {
  assert.equal(path([SQUARE.map(([x, y]) => [x / 1000, y / 1000] as const)]), "");
  assert.equal(path([]), "");
});

test("points on one spot are written once", () => {
  assert.equal(path([[[0, 0], [0, 0], [10, 0], [10, 10], [10.01, 10], [0, 10]]]), path([SQUARE])); // biome-ignore format: one line
});

test("areas do not mind which way a ring runs", () => {
  assert.equal(area(SQUARE), 200);
  assert.equal(area([...SQUARE].reverse()), 200);
});

test("a mark stands inside, far from the shore, on the largest part", () => {
  const hook: Ring = [[0, 0], [30, 0], [30, 4], [4, 4], [4, 30], [0, 30]]; // biome-ignore format: one line
  const [x, y] = heart([SQUARE.map(([a, b]) => [a / 10 + 50, b / 10] as const), hook]);
  assert.ok(inside(hook, [x, y]));
  assert.ok(x < 31 && y < 31);
  const [cx, cy] = heart([SQUARE]);
  assert.ok(Math.hypot(cx - 5, cy - 5) < 1);
});
