import assert from "node:assert/strict";
import { test } from "node:test";
import { area, Crowd, worded } from "./crowd.ts";
import type { Link } from "./data.ts";
import { drawn, LIGHT } from "./looks.ts";
import type { Placed } from "./scene.ts";

const measure = (text: string, size: number) => text.length * size * 0.5;

function placed(id: string, at: [number, number], kind = "company"): Placed {
  return { ...drawn({ id, ref: id, label: `Name ${id}`, kind, depth: 1 }, false, measure), id, at };
}

/** A pen that writes down what it is told to do. */
function pen() {
  const said: string[] = [];
  const target = { said, strokeStyle: "", fillStyle: "" } as Record<string, unknown>;
  const made = new Proxy(target, {
    get: (kept, name: string) =>
      kept[name] ?? ((...given: unknown[]) => said.push(`${name} ${given.join(" ")}`)),
  });
  return { pen: made as unknown as CanvasRenderingContext2D, said };
}

function link(source: string, target: string, facts: Partial<Link> = {}): Link {
  const plain = { stroke: "solid", over: false, undated: false, mark: "", said: "" } as const;
  return { id: `${source} ${target}`, source, target, ties: [], ...plain, ...facts };
}

const WISH = { labels: false, font: "serif", way: new Set<string>() };

test("what a view shows, with what lies beside it", () => {
  const view = { zoom: 2, pan: { x: -100, y: -20 }, width: 400, height: 200 };
  assert.deepEqual(area(view), { left: 50, top: 10, right: 250, bottom: 110 });
  assert.deepEqual(area(view, 0.5), { left: -50, top: -40, right: 350, bottom: 160 });
});

test("words that would lie on others are left out, the first of them stay", () => {
  const things = [placed("a", [0, 0]), placed("b", [8, 5]), placed("c", [300, 0])];
  assert.deepEqual(
    worded(things).map(({ id }) => id),
    ["a", "c"],
  );
});

test("only what lies in the area is drawn", () => {
  const things = [
    placed("a", [0, 0]),
    placed("b", [50, 50]),
    placed("far", [9000, 9000]),
    placed("away", [9900, 9000]),
  ];
  const { pen: onto, said } = pen();
  const seen = { left: -100, top: -100, right: 100, bottom: 100 };
  new Crowd(things, [link("a", "b"), link("far", "away")]).draw(onto, seen, 1, LIGHT, WISH);
  assert.ok(said.some((each) => each.startsWith("fillText Name a 0 ")));
  assert.equal(said.filter((each) => each.startsWith("moveTo")).length, 1);
  assert.equal(said.filter((each) => each.includes("9000")).length, 0);
});

test("from far away there are dots, and neither words nor marks; for a slide there are words", () => {
  const things = [placed("a", [0, 0]), placed("m", [50, 50], "market")];
  const draw = (labels: boolean) => {
    const { pen: onto, said } = pen();
    const seen = { left: -100, top: -100, right: 100, bottom: 100 };
    new Crowd(things, [link("a", "m", { mark: "active" })]).draw(onto, seen, 0.1, LIGHT, { ...WISH, labels });
    return said.map((each) => each.split(" ")[0]);
  };
  assert.equal(draw(false).filter((each) => each === "fillRect").length, 2);
  assert.ok(!draw(false).includes("fillText") && !draw(false).includes("arc"));
  assert.ok(draw(true).includes("fillText"));
});
