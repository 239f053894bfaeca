import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { assign, numbers, type Place, type Rings, within } from "./countries.ts";

const TABLE = readFileSync(new URL("../../../data/reference/countries.csv", import.meta.url), "utf8");

const shapes = (...geometries: unknown[]) => ({ type: "GeometryCollection", geometries }) as never;
const polygon = (id: string | undefined, name: string, ...arcs: number[][][]) => ({
  type: "MultiPolygon",
  id,
  properties: { name },
  arcs,
});

test("the graph's own table says which number is which country", () => {
  const known = numbers(TABLE);
  assert.equal(known.get("392"), "JP");
  assert.equal(known.get("056"), "BE");
  assert.equal(known.get(""), undefined, "what has no number is not Kosovo");
  assert.ok([...known.values()].includes("XK"));
});

test("shapes without a number go by their name, and the rest is nobody's", () => {
  const found = assign(
    shapes(polygon(undefined, "Kosovo", [[1]]), polygon(undefined, "Siachen Glacier", [[2]])),
    numbers(TABLE),
    () => [0, 0],
  );
  assert.deepEqual(
    [...found],
    [
      ["XK", [[[1]]]],
      ["", [[[2]]]],
    ],
  );
});

test("parts that are markets by themselves leave the state that they belong to", () => {
  const places = new Map<number, Place>([
    [1, [2, 47]],
    [2, [-53, 4]],
    [3, [55.5, -21.1]],
  ]);
  const middle = (rings: Rings): Place => places.get(rings[0]?.[0] ?? 0) ?? [0, 0];
  const found = assign(shapes(polygon("250", "France", [[1]], [[2]], [[3]])), numbers(TABLE), middle);
  assert.deepEqual([...found.keys()].sort(), ["FR", "GF", "RE"]);
});

test("a box holds its edges", () => {
  assert.ok(within([0, 0, 1, 1], [1, 0]));
  assert.ok(!within([0, 0, 1, 1], [1.1, 0]));
});
