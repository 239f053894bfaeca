import assert from "node:assert/strict";
import { test } from "node:test";
import type { Cell, Row } from "../answer.ts";
import { limited } from "../limit.ts";
import { busiest } from "./network.ts";
import { places } from "./places.ts";
import {
  counted,
  countries,
  labels,
  net,
  netOfTriples,
  numbers,
  points,
  things,
  wording,
  years,
} from "./read.ts";
import { triple } from "./triples.ts";

const XSD = "http://www.w3.org/2001/XMLSchema#";
const EU = "http://publications.europa.eu/resource/authority/country/";
const iri = (value: string): Cell => ({ type: "uri", value });
const text = (value: string): Cell => ({ type: "literal", value });
const number = (value: string): Cell => ({ type: "literal", value, datatype: `${XSD}integer` });
const say = wording({ e: "http://e/" }, "https://b/", { CHN: "China" });

test("a column of numbers is one where nothing else stands", () => {
  const rows: Row[] = [
    { a: number("1"), b: number("1"), c: text("1") },
    { b: text("x"), d: number("NaN") },
  ];
  assert.deepEqual(numbers(["a", "b", "c", "d", "e"], rows), ["a"]);
});

test("names tell what a row is about; without names the first columns do", () => {
  const rows: Row[] = [{ company: iri("http://e/x"), name: text("X"), n: number("3") }];
  assert.deepEqual(labels(["company", "n", "name"], rows), ["name"]);
  assert.deepEqual(labels(["company", "n"], rows), ["company"]);
});

test("the largest comes first, and years stay in their order", () => {
  const rows: Row[] = ["2", "30", "-4"].map((n) => ({ a: text(`n${n}`), n: number(n) }));
  assert.deepEqual(
    points([...rows, { a: text("none") }], ["a"], "n", say).map((point) => point.value),
    [30, 2, -4],
  );
  const time: Row[] = [
    ["2018", "1"],
    ["2007", "9"],
    ["2017", "5"],
  ].map(([a, n]) => ({ a: text(a ?? ""), n: number(n ?? "") }));
  const made = points(time, ["a"], "n", say);
  assert.deepEqual(
    made.map((point) => point.label),
    ["2007", "2017", "2018"],
  );
  assert.equal(years(made), true);
  assert.equal(years([...made, { label: "2018", value: 2 }]), false);
});

test("countries are counted by their code, and only countries", () => {
  const rows: Row[] = [
    { a: iri(`${EU}CHN`) },
    { a: iri(`${EU}CHN`) },
    { a: iri("https://b/id/region/asia") },
    {},
  ];
  assert.deepEqual([...counted(rows, "a")], [["CHN", 2]]);
  assert.deepEqual(countries(["a", "b"], rows), ["a"]);
  assert.equal(say(iri(`${EU}CHN`)), "China");
  assert.equal(say(iri(`${EU}THA`)), `${EU}THA`);
  assert.equal(say(iri("https://b/id/organization/x/luminex")), "luminex");
});

test("two columns of things make a network, each tie once, with names where they stand beside", () => {
  const row: Row = { a: iri("http://e/1"), aName: text("One"), b: iri("http://e/2"), c: text("x") };
  assert.deepEqual(things(["a", "aName", "b", "c"], [row]), ["a", "b"]);
  const made = net([row, row, { a: iri("http://e/1") }], ["a", "b"], say);
  assert.deepEqual(
    made.things.map((thing) => thing.label),
    ["One", "e:2"],
  );
  assert.equal(made.ties.length, 1);
});

test("a name and a thing that are spelled alike stay two", () => {
  const made = net([{ a: iri("x"), b: { type: "bnode", value: "x" } }], ["a", "b"], say);
  assert.equal(made.things.length, 2);
});

test("triples are read with their escapes, and what is no triple is left out", () => {
  assert.deepEqual(triple('<http://e/a> <http://e/p> "a \\"b\\" \\u00e9\\n"@nl .'), {
    subject: iri("http://e/a"),
    predicate: iri("http://e/p"),
    object: { type: "literal", value: 'a "b" é\n', "xml:lang": "nl" },
  });
  assert.equal(triple(`_:b <http://e/p> "1"^^<${XSD}integer> .`)?.object?.datatype, `${XSD}integer`);
  assert.equal(triple("# nothing"), undefined);
  assert.equal(triple(""), undefined);
});

test("labels of triples are names, other words no things", () => {
  const rows = [
    "<http://e/a> <http://e/knows> <http://e/b> .",
    '<http://e/a> <http://www.w3.org/2000/01/rdf-schema#label> "Ann" .',
    '<http://e/b> <http://e/age> "3" .',
  ].map((line) => triple(line) as Row);
  const made = netOfTriples(rows, say);
  assert.deepEqual(
    made.things.map((thing) => thing.label),
    ["Ann", "e:b"],
  );
  assert.deepEqual(
    made.ties.map((tie) => tie.label),
    ["e:knows"],
  );
});

test("a large network keeps those with the most ties, and is the same each time", () => {
  const star = { things: [], ties: [] } as ReturnType<typeof net>;
  for (let n = 0; n < 30; n++) star.things.push({ key: `k${n}`, iri: `k${n}`, label: `k${n}` });
  for (let n = 0; n < 29; n++) star.ties.push({ from: `k${n}`, to: "k29", label: "" });
  const kept = busiest(star, 5);
  assert.equal(kept.things[0]?.key, "k29");
  assert.deepEqual([kept.things.length, kept.ties.length], [5, 4]);
  assert.deepEqual([...places(star, 600, 400)], [...places(star, 600, 400)]);
  for (const place of places(star, 600, 400).values()) {
    assert.ok(place.x >= 0 && place.x <= 600 && place.y >= 0 && place.y <= 400);
  }
});

test("less is asked only where that would shorten the work", () => {
  assert.equal(limited("SELECT * { ?s ?p ?o }\n"), "SELECT * { ?s ?p ?o }\nLIMIT 100\n");
  assert.match(limited('SELECT * { ?s <http://e/count> "LIMIT 3" } # limit'), /LIMIT 100\n$/);
  for (const text of [
    "SELECT * {} limit 5",
    "SELECT (COUNT(*) AS ?n) {}",
    "ASK {}",
    "SELECT * {} VALUES ?x { 1 }",
  ]) {
    assert.equal(limited(text), "");
  }
});
