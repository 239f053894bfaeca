// What browsers get, when it has been built: nothing of it may run text as code or name another host to ask.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

const folder = new URL("../../api/pages/static/built/", import.meta.url);
const script = readFileSync(new URL("sparql.js", folder), "utf-8");
const style = readFileSync(new URL("sparql.css", folder), "utf-8");

/** What of it matches: a failure then shows this and not half a megabyte. */
function found(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map((match) => match[0]);
}

test("no text is run as code", () => {
  assert.deepEqual(found(script, /\beval\(|\bFunction\(["'`]|setTimeout\(["'`]/g), []);
});

test("nothing is fetched from another host", () => {
  assert.deepEqual(found(script, /lov\.linkeddata\.es|dbpedia\.org\/sparql/g), []);
  assert.deepEqual(found(style, /url\(|@import/g), []);
});

test("size, compressed", (context) => {
  const size = Math.round(gzipSync(script).length / 1000);
  context.diagnostic(`sparql.js ${size} kB compressed, ${Math.round(script.length / 1000)} kB plain`);
  assert.ok(size < 250, `${size} kB`);
});
