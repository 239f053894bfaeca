import assert from "node:assert/strict";
import { test } from "node:test";
import type { Cell, Row } from "./answer.ts";
import { short, sorted, words } from "./table.ts";

const XSD = "http://www.w3.org/2001/XMLSchema#";
const text = (value: string): Cell => ({ type: "literal", value });
const number = (value: string): Cell => ({ type: "literal", value, datatype: `${XSD}integer` });
const column = (rows: Row[]) => rows.map((row) => row.a?.value);

test("numbers are sorted by value, in both directions", () => {
  const rows = ["10", "9", "-1"].map((value) => ({ a: number(value) }));
  assert.deepEqual(column(sorted(rows, "a", false, "nl")), ["-1", "9", "10"]);
  assert.deepEqual(column(sorted(rows, "a", true, "nl")), ["10", "9", "-1"]);
});

test("text is sorted as the language does, and what is not known comes last both ways", () => {
  const rows: Row[] = [{}, { a: text("zus") }, { a: text("Éclair") }, { a: text("eclips") }];
  assert.deepEqual(column(sorted(rows, "a", false, "fr")), ["Éclair", "eclips", "zus", undefined]);
  assert.deepEqual(column(sorted(rows, "a", true, "fr")), ["zus", "eclips", "Éclair", undefined]);
});

test("sorting leaves the answer as it came", () => {
  const rows: Row[] = [{ a: text("b") }, { a: text("a") }];
  sorted(rows, "a", false, "en");
  assert.deepEqual(column(rows), ["b", "a"]);
});

test("the longest namespace wins, and a local part that is none leaves the IRI whole", () => {
  const prefixes = { e: "http://e/", f: "http://e/f/" };
  assert.equal(short("http://e/f/x", prefixes), "f:x");
  assert.equal(short("http://e/g/x", prefixes), "http://e/g/x");
  assert.equal(short("http://other/x", prefixes), "http://other/x");
});

test("blank nodes and quoted triples have words of their own", () => {
  const parts = {
    subject: { type: "bnode", value: "b" },
    predicate: { type: "uri", value: "http://e/p" },
    object: text("o"),
  };
  assert.equal(words({ type: "triple", value: parts }, { e: "http://e/" }), "<< _:b e:p o >>");
  assert.equal(words(undefined), "");
});
