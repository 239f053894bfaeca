import assert from "node:assert/strict";
import { test } from "node:test";
import type { Link } from "./data.ts";
import { drawn, LIGHT } from "./looks.ts";
import { A4, scale } from "./paint.ts";
import { type Caption, line, mark, type Piece, type Placed, scene } from "./scene.ts";
import { svg } from "./svg.ts";

const measure = (text: string, size: number) => text.length * size * 0.5;
const HOSTILE = `<script>alert("1")</script> & 'x' \u202e\u0000`;
const CAPTION: Caption = { title: "Network", told: "2 names", key: [], sources: "Sources: Voka." };

function placed(id: string, kind: string, label: string, at: [number, number]): Placed {
  const look = drawn({ id, ref: id, label, kind, depth: 0 }, false, measure);
  return { ...look, id, at };
}

function link(facts: Partial<Link> = {}): Link {
  const plain = { ties: [], stroke: "solid", over: false, undated: false, mark: "", said: "" } as const;
  return { id: "a m", source: "a", target: "m", ...plain, ties: [], ...facts };
}

const [A, M] = [placed("a", "company", "Acme", [0, 0]), placed("m", "market", "Japan", [300, 0])];

function circles(pieces: readonly Piece[]) {
  return pieces.flatMap((piece) => (piece.is === "circle" ? [piece] : []));
}

test("hollow wants, filled does", () => {
  const fill = (status: string) => circles(mark(status, [0, 0], LIGHT)).at(-1)?.fill;
  assert.equal(fill("targets"), LIGHT.ground);
  assert.equal(fill("entering"), LIGHT.entering);
  assert.equal(fill("active"), LIGHT.active);
  assert.equal(circles(mark("leading", [0, 0], LIGHT)).length, 2);
  const gone = circles(mark("withdrawn", [0, 0], LIGHT))[0];
  assert.equal(gone?.fill, LIGHT.ground);
  assert.ok(gone?.dash);
});

test("ownership is double, a role dotted, what is over broken", () => {
  const lines = (facts: Partial<Link>) =>
    line(link(facts), A, M, LIGHT).filter((piece) => piece.is === "line");
  assert.equal(lines({ stroke: "double" }).length, 2);
  assert.deepEqual(lines({})[0]?.dash, undefined);
  const [dotted, over] = [lines({ stroke: "dotted" })[0]?.dash, lines({ over: true })[0]?.dash];
  assert.ok(dotted && over && dotted[0] !== over[0]);
});

test("a line to a market ends in its mark, between the two and off the words", () => {
  const [found] = circles(line(link({ mark: "targets" }), A, M, LIGHT));
  assert.ok(found && found.at[0] > 200 && found.at[0] + found.radius < 300 - M.half[0]);
});

test("what a relation is stands on its line where there is room, and nowhere else", () => {
  const texts = (said: string, at: [number, number], mark = "") => {
    const other = placed("m", "company", "Bolt", at);
    const made = scene([A, other], [link({ said, mark })], CAPTION, LIGHT, measure);
    return made.pieces.flatMap((piece) => (piece.is === "text" ? [piece.text] : []));
  };
  assert.ok(texts("distributor", [300, 0]).includes("distributor"));
  assert.ok(!texts("distributor", [30, 0]).includes("distributor"));
  assert.ok(!texts("wants to export", [300, 0], "targets").includes("wants to export"));
});

test("everything lies within the picture, with room for a long title and its sources", () => {
  const caption = { ...CAPTION, title: "word ".repeat(80), sources: "source; ".repeat(60) };
  const made = scene([A, M], [link({ mark: "active" })], caption, LIGHT, measure);
  for (const piece of made.pieces) {
    const spots =
      piece.is === "line" ? [piece.from, piece.to] : piece.is === "polygon" ? piece.points : [piece.at];
    for (const [x, y] of spots) assert.ok(x >= 0 && y >= 0 && x <= made.width && y <= made.height, piece.is);
    if (piece.is === "text" && piece.anchor === "start") assert.ok(piece.at[0] + piece.length <= made.width);
  }
});

test("names stay text in SVG, and what XML cannot hold is left out", () => {
  const told = { ...CAPTION, title: HOSTILE };
  const text = svg(
    scene([placed("a", "company", HOSTILE, [0, 0])], [], told, LIGHT, measure),
    `A "B", serif`,
    "en",
  );
  assert.ok(!text.includes("<script"));
  assert.ok(!text.includes("\u0000"));
  assert.ok(text.includes("&lt;script&gt;"));
  assert.ok(text.includes('font-family="A &quot;B&quot;, serif"'));
  assert.equal(text.match(/style=/), null); // an inline style would be refused where the page shows it
});

test("each name is text in the file, as wide as it was measured", () => {
  const text = svg(scene([A, M], [], CAPTION, LIGHT, measure), "serif", "en");
  assert.match(text, /<text [^>]*textLength="28"[^>]*>Acme<\/text>/);
  assert.match(text, />Japan<\/text>/);
  assert.match(text, />Sources: Voka\.<\/text>/);
});

test("a picture for print has the pixels of A4 at 300 to the inch, and never more than a canvas takes", () => {
  const sized = (width: number, height: number) => ({ ...CAPTION, width, height, ground: "", pieces: [] });
  assert.equal(Math.round(scale(sized(800, 600)) * 800), A4);
  assert.equal(scale(sized(5000, 100)), 2);
  assert.equal(scale(sized(24_000, 100)), 0.5);
});
