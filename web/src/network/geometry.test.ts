import assert from "node:assert/strict";
import { test } from "node:test";
import { border, extent, nearest, step } from "./geometry.ts";

test("a line ends where a round shape begins, and a little before", () => {
  assert.deepEqual(border([0, 0], [10, 10], [100, 0], 0), [10, 0]);
  assert.deepEqual(border([0, 0], [10, 10], [0, -100], 5), [0, -15]);
});

test("a box is met at its side or at its top", () => {
  assert.deepEqual(border([0, 0], [40, 10], [100, 0], 0, true), [40, 0]);
  assert.deepEqual(border([0, 0], [40, 10], [0, 100], 0, true), [0, 10]);
  assert.deepEqual(border([0, 0], [40, 10], [200, 100], 0, true), [20, 10]);
});

test("two things on one spot or on each other have a line of no harm", () => {
  assert.deepEqual(border([5, 5], [10, 10], [5, 5], 2), [5, 5]);
  assert.deepEqual(border([0, 0], [10, 10], [8, 0], 2), [4, 0]);
});

test("one goes to what is near and not far aside", () => {
  const others: [string, [number, number]][] = [
    ["near but aside", [10, 19]],
    ["ahead", [30, 2]],
    ["behind", [-5, 0]],
    ["straight up", [0, -10]],
  ];
  assert.equal(nearest([0, 0], others, "right"), "ahead");
  assert.equal(nearest([0, 0], others, "left"), "behind");
  assert.equal(nearest([0, 0], others, "up"), "straight up");
  assert.equal(nearest([0, 0], [["behind", [-5, 0]]], "right"), null);
});

test("every thing can be come to by arrows from any other", () => {
  const spots = new Map<string, [number, number]>();
  for (let n = 0; n < 40; n += 1)
    spots.set(String(n), [Math.cos(n * 2.4) * n * 9, Math.sin(n * 2.4) * n * 9]);
  const met = new Set(["0"]);
  const open = ["0"];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const way of ["left", "right", "up", "down"] as const) {
      const others = [...spots].filter(([other]) => other !== id);
      const next = nearest(spots.get(id) as [number, number], others, way);
      if (next !== null && !met.has(next)) open.push(next);
      if (next !== null) met.add(next);
    }
  }
  assert.equal(met.size, 40);
});

test("a step goes that way", () => {
  assert.deepEqual(step([1, 1], "down", 12), [1, 13]);
});

test("the extent holds every box, and of none is nothing", () => {
  assert.deepEqual(
    extent([
      [
        [10, 10],
        [2, 3],
      ],
      [
        [-5, 40],
        [1, 1],
      ],
    ]),
    [-6, 7, 12, 41],
  );
  assert.deepEqual(extent([]), [0, 0, 0, 0]);
});
