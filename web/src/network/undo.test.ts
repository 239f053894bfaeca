import assert from "node:assert/strict";
import { test } from "node:test";
import { Past } from "./undo.ts";

test("undo and redo go to and fro, and stop at the ends", () => {
  const past = new Past("a");
  past.push("b");
  past.push("c");
  assert.deepEqual([past.undo(), past.undo(), past.undo()], ["b", "a", "a"]);
  assert.deepEqual([past.canUndo, past.canRedo], [false, true]);
  assert.deepEqual([past.redo(), past.redo(), past.redo()], ["b", "c", "c"]);
  assert.deepEqual([past.canUndo, past.canRedo], [true, false]);
});

test("what is done after an undo takes the place of what was undone", () => {
  const past = new Past(1);
  past.push(2);
  past.undo();
  past.push(3);
  assert.equal(past.canRedo, false);
  assert.equal(past.undo(), 1);
});

test("to tell more exactly what is, is no step", () => {
  const past = new Past("a");
  past.push("b");
  past.amend("b, there");
  assert.equal(past.undo(), "a");
  assert.equal(past.redo(), "b, there");
});

test("the past is not kept for ever", () => {
  const past = new Past(0, 3);
  for (const n of [1, 2, 3, 4, 5]) past.push(n);
  for (let n = 0; n < 9; n += 1) past.undo();
  assert.equal(past.now, 2);
});
