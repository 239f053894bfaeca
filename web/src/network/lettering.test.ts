import assert from "node:assert/strict";
import { test } from "node:test";
import { letters, lines, printable } from "./lettering.ts";

const ten = (text: string) => letters(text).length <= 10;

test("words stay whole where they fit", () => {
  assert.deepEqual(lines("Luminex of Genk", ten), ["Luminex of", "Genk"]);
});

test("a word that is too long is cut between letters as people see them", () => {
  assert.deepEqual(lines("ééééééééééééé", ten), ["éééééééééé", "ééé"]);
});

test("what does not fit ends in an ellipsis, and 300 letters take three lines", () => {
  const found = lines("abcdefghij ".repeat(30), ten);
  assert.equal(found.length, 3);
  assert.equal(found[2], "abcdefghi…");
  assert.ok(found.every(ten));
});

test("a name of nothing still has something to stand there", () => {
  assert.deepEqual(lines(" \u0007 ", ten), ["·"]);
});

test("control characters and half letters go, direction marks and tags stay", () => {
  assert.equal(printable("a\u0000\u001bb\ud800"), "ab\ufffd");
  assert.equal(printable("\u202eabc <b>"), "\u202eabc <b>");
});
