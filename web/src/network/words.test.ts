import assert from "node:assert/strict";
import { test } from "node:test";
import { Words } from "./words.ts";

const words = new Words({ n: { one: "{n} step", other: "{n} steps" }, x: "{a} of {b}", big: "{n}" }, "en");

test("counted texts take the form of the number, which is written as the language does", () => {
  assert.equal(words.t("n", { n: 1 }), "1 step");
  assert.equal(words.t("n", { n: 2 }), "2 steps");
  assert.equal(new Words({ big: "{n}" }, "nl").t("big", { n: 1234 }), "1.234");
});

test("gaps are filled, others and unknown keys stay visible, and no gap is filled twice", () => {
  assert.equal(words.t("x", { a: "{b}" }), "{b} of {b}");
  assert.equal(words.t("no.such"), "no.such");
});
