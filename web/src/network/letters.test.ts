import assert from "node:assert/strict";
import { test } from "node:test";
import { families, foreign } from "./letters.ts";

test("only letters that the page's own fonts lack are asked for, each once", () => {
  assert.deepEqual(foreign(["Luminex Œuvre çéñ", "東京", "京東 서울\u202e"]), ["京東서울"]);
  assert.deepEqual(foreign(["Genk"]), []);
});

test("very many letters are asked for in pieces, and none is lost", () => {
  const all = Array.from({ length: 500 }, (_, n) => String.fromCodePoint(0x4e00 + n));
  const pieces = foreign(all);
  assert.deepEqual(pieces.join(""), all.join(""));
  assert.ok(pieces.every((piece) => [...piece].length <= 180));
});

test("the letters come after the page's own font", () => {
  const parts = [{ name: "V 1", data: "" }];
  assert.equal(families('"Atkinson", system-ui, serif', parts), '"Atkinson", "V 1", system-ui, serif');
});
