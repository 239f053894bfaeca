// The answer's countries on a map of our own: a disc as large as the number it stands for, with the number on it.

import { draw } from "../dom.ts";

/** What `/static/worldmap….json` holds of the whole world: paths in tenths of a unit, and where a mark stands. */
export type Plate = {
  width: number;
  height: number;
  shapes: Record<string, string>;
  points: Record<string, [number, number]>;
};

export type Mark = { code: string; label: string; value: number };

/** Names that are written: those of the largest; the others have theirs on touching them, and in the table. */
const MOST_NAMES = 12;

/** The picture; marks of places that the map does not know are left out, and `off` says which. */
export function world(
  plate: Plate,
  marks: readonly Mark[],
  label: string,
  number: (value: number) => string,
): { svg: SVGSVGElement; off: Mark[] } {
  const on = marks.filter((mark) => plate.points[mark.code]).toSorted((a, b) => b.value - a.value);
  const named = new Set(on.map((mark) => mark.code));
  const svg = draw("svg", {
    class: "picture world-answer",
    viewBox: `0 0 ${plate.width} ${plate.height}`,
    width: plate.width,
    height: plate.height,
    role: "img",
    "aria-label": label,
    "font-size": 15,
  });
  const land = draw("g", { transform: "scale(.1)", "aria-hidden": "true" });
  for (const [code, d] of Object.entries(plate.shapes)) {
    const held = named.has(code);
    land.append(draw("path", { class: held ? "void held" : "void", fill: held ? "#8cc7c1" : "#dcdad3", d }));
  }
  svg.append(land);
  const most = Math.max(1, ...on.map((mark) => mark.value));
  on.forEach((mark, n) => {
    svg.append(disc(mark, plate.points[mark.code] as [number, number], most, n < MOST_NAMES, number));
  });
  return { svg, off: marks.filter((mark) => !plate.points[mark.code]) };
}

function disc(
  mark: Mark,
  [x, y]: [number, number],
  most: number,
  named: boolean,
  number: (value: number) => string,
): SVGElement {
  const r = Math.max(5, 22 * Math.sqrt(Math.max(0, mark.value) / most));
  const told = `${mark.label}: ${number(mark.value)}`;
  const circle = draw("circle", { class: "dot", fill: "#2c8984", stroke: "#fbfaf7", cx: x, cy: y, r });
  const group = draw("g", {}, draw("title", {}, told), circle);
  const halo = { class: "outline", stroke: "#fbfaf7", "stroke-width": 4, "paint-order": "stroke" };
  if (named) group.append(draw("text", { ...halo, x: x + r + 4, y: y + 5 }, told));
  return group;
}
