import assert from "node:assert/strict";
import { test } from "node:test";
import { fill } from "./words.ts";

test("gaps are filled, unknown ones and unknown keys stay visible", () => {
  assert.equal(fill({ a: "{n} of {m}" }, "a", { n: "3" }), "3 of {m}");
  assert.equal(fill({}, "no.such"), "no.such");
});
