import assert from "node:assert/strict";
import { test } from "node:test";
import { address, counted, next } from "./hits.ts";

const hit = (kind: string, id: string) => ({ kind, id, label: "x" });

test("a hit leads to its page, in the language of the form", () => {
  assert.equal(address(hit("company", "luminex"), []), "/companies/luminex");
  assert.equal(address(hit("market", "JP"), [["lang", "fr"]]), "/markets/JP?lang=fr");
  assert.equal(address(hit("product", "p/1"), [["lang", "en"]]), "/exporters?lang=en&product=p%2F1");
  assert.equal(address(hit("company", "a/b?c"), []), "/companies/a%2Fb%3Fc");
});

test("what has no page leads nowhere", () => {
  assert.equal(address(hit("award", "prize"), []), null);
  assert.equal(address(hit("person", ""), []), null);
});

test("what was found is counted in words", () => {
  const words = { none: "nothing", one: "1 name", many: "{n} names" };
  assert.deepEqual(
    [0, 1, 8].map((n) => counted(words, n)),
    ["nothing", "1 name", "8 names"],
  );
});

test("arrows go round through what was typed", () => {
  assert.deepEqual([next(-1, 1, 3), next(2, 1, 3), next(-1, -1, 3), next(0, -1, 3)], [0, -1, 2, -1]);
  assert.equal(next(-1, 1, 0), -1);
});
