import assert from "node:assert/strict";
import { test } from "node:test";
import { deed } from "./keys.ts";

test("arrows go, with Alt they move", () => {
  assert.deepEqual(deed({ key: "ArrowLeft" }), { do: "go", way: "left" });
  assert.deepEqual(deed({ key: "ArrowUp", altKey: true }), { do: "move", way: "up" });
});

test("letters do what the page says they do, in either case", () => {
  for (const [key, name] of [
    ["Enter", "open"],
    ["E", "expand"],
    ["h", "hide"],
    ["Delete", "hide"],
    ["p", "pin"],
    ["d", "path"],
    ["u", "undo"],
    ["r", "redo"],
    ["0", "fit"],
    ["+", "closer"],
    ["-", "wider"],
    ["l", "labels"],
    ["v", "full"],
    ["Escape", "leave"],
  ] as const) {
    assert.deepEqual(deed({ key }), { do: name }, key);
  }
});

test("undo is also where every program has it", () => {
  assert.deepEqual(deed({ key: "z", ctrlKey: true }), { do: "undo" });
  assert.deepEqual(deed({ key: "Z", metaKey: true, shiftKey: true }), { do: "redo" });
  assert.deepEqual(deed({ key: "y", ctrlKey: true }), { do: "redo" });
});

test("the browser keeps its own keys", () => {
  for (const pressed of [
    { key: "Tab" },
    { key: "F5" },
    { key: "p", ctrlKey: true },
    { key: "l", ctrlKey: true },
    { key: "d", altKey: true },
    { key: "x" },
    { key: "toString" },
  ]) {
    assert.equal(deed(pressed), null, pressed.key);
  }
});
