import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Thing } from "./data.ts";
import { drawn, kindOf, LIGHT, SHAPES, sunk } from "./looks.ts";

const measure = (text: string, size: number) => text.length * size * 0.5;

function thing(facts: Partial<Thing>): Thing {
  return { id: "i", ref: "r", label: "Luminex", kind: "company", depth: 0, ...facts };
}

test("each kind has a shape of its own, so that no colour has to be told apart", () => {
  assert.equal(new Set(Object.values(SHAPES)).size, Object.keys(SHAPES).length);
});

test("kinds of the graph are those of the picture; what is none is another organization", () => {
  assert.deepEqual(
    ["parent", "subsidiary", "foreign-partner", "chamber", "company", "toString"].map(kindOf),
    ["company", "branch", "partner", "organization", "company", "organization"],
  );
});

test("the colours of the files are the light ones of the pages", () => {
  const folder = new URL("../../../api/pages/static/", import.meta.url);
  const css = ["verre.css", "network.css"]
    .map((name) => readFileSync(new URL(name, folder), "utf-8"))
    .join("");
  for (const [name, colour] of Object.entries(LIGHT)) {
    const first = new RegExp(`--${name}: (#[0-9a-f]{6})`).exec(css)?.[1];
    assert.equal(colour, first, name);
  }
});

test("a market has its words inside, all others under them", () => {
  const market = drawn(thing({ kind: "market", label: "Verenigde Staten van Amerika" }), false, measure);
  assert.equal(sunk(market), 0);
  assert.ok(market.half[0] * 2 > Math.max(...market.lines.map((line) => measure(line, 14))));
  const company = drawn(thing({}), false, measure);
  assert.ok(sunk(company) > 0);
  assert.equal(company.box[1] / 2 + sunk(company), company.box[1] - company.half[1]);
});

test("where it begins is larger, and what is not shown is counted", () => {
  assert.ok(drawn(thing({}), true, measure).half[0] > drawn(thing({}), false, measure).half[0]);
  const told = drawn(thing({ more: { partnership: 2, award: 1 } }), false, measure);
  assert.deepEqual(told.lines, ["Luminex +3"]);
});
