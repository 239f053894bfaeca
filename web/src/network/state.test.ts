import assert from "node:assert/strict";
import { test } from "node:test";
import {
  expanding,
  hiding,
  NO_LOOK,
  readLook,
  readQuery,
  type State,
  writeLook,
  writeQuery,
} from "./state.ts";

function query(text: string) {
  return readQuery(new URLSearchParams(text));
}

const STATE: State = { query: query("of=luminex&expand=luminex-japan"), look: NO_LOOK };

test("an address and its query are the same, whatever the order and however often a thing is named", () => {
  const text =
    "of=luminex&of=market%3AJP&expand=partnership%7Ex&hide=market%3AKR&relation=branch&to=CN&asOf=2018-12-31";
  assert.equal(String(writeQuery(query(text))), text);
  assert.equal(String(writeQuery(query("to=CN&of=b&of=a&of=b&asOf="))), "of=b&of=a&to=CN");
});

test("what is asked in any case is not written", () => {
  assert.equal(String(writeQuery(query("of=a&depth=1"))), "of=a");
  assert.equal(String(writeQuery(query("of=a&depth=2"))), "of=a&depth=2");
});

test("what no server of ours knows stays out", () => {
  assert.equal(String(writeQuery(query("of=a&lang=fr&utm_source=x"))), "of=a");
});

test("how it is drawn comes back from the address: spots of odd names too", () => {
  const spots = new Map([
    ["luminex", [12, -40]],
    ["market:JP", [0, 3]],
    ["https://w3id.org/verre/id/person/a.b~c&d=e", [-7, 100000]],
  ] as [string, [number, number]][]);
  const look = { labels: true, layers: false, pinned: ["market:JP", "a&b"], spots };
  assert.deepEqual(readLook(`#${writeLook(look)}`), look);
});

test("nothing drawn in a way of its own makes no hash", () => {
  assert.equal(writeLook(NO_LOOK), "");
  assert.deepEqual(readLook(""), NO_LOOK);
});

test("an address that was cut in the middle opens what is left of it", () => {
  const look = readLook("#labels=1&at=luminex.1.2~market%3AJP.3.4~%E0%A4%A.1.2~x.1.~y.9999999.1");
  assert.equal(look.labels, true);
  assert.deepEqual([...look.spots.keys()], ["luminex", "market:JP"]);
});

test("of very many things only the pinned ones are kept in the address", () => {
  const spots = new Map(Array.from({ length: 201 }, (_, n) => [`thing${n}`, [n, n] as const]));
  const look = { ...NO_LOOK, pinned: ["thing7"], spots };
  assert.deepEqual([...readLook(writeLook(look)).spots], [["thing7", [7, 7]]]);
});

test("what is hidden is no longer expanded or pinned", () => {
  const pinned = { ...NO_LOOK, pinned: ["luminex-japan"] };
  const state = expanding({ ...STATE, look: pinned }, "luminex-japan", "partnership");
  const hidden = hiding(state, "luminex-japan");
  assert.deepEqual(hidden.query.expand, []);
  assert.deepEqual(hidden.query.hide, ["luminex-japan"]);
  assert.deepEqual(hidden.look.pinned, []);
});

test("a thing of which another's name is the end is not expanded less when that is hidden", () => {
  const state = expanding(expanding(STATE, "a-b"), "b", "branch");
  assert.deepEqual(hiding(state, "b").query.expand, ["luminex-japan", "a-b"]);
});

test("expanding a relation that the filter leaves out takes it in", () => {
  const filtered = { ...STATE, query: query("of=a&relation=branch") };
  assert.deepEqual(expanding(filtered, "b", "award").query.relation, ["branch", "award"]);
  assert.deepEqual(expanding(STATE, "b", "award").query.relation, []);
});
