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

/** Letters of a name at most; its whole stands on touching the mark, and in the table. */
const LETTERS = 24;

/** The picture; marks of places that the map does not know are left out, and `off` says which. */
export function world(
  plate: Plate,
  marks: readonly Mark[],
  label: string,
  number: (value: number) => string,
): { svg: SVGSVGElement; off: Mark[] } {
  const on = marks
    .filter((mark) => plate.points[mark.code] && mark.value)
    .toSorted((a, b) => b.value - a.value);
  const held = new Set(on.map((mark) => mark.code));
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
    land.append(
      draw("path", {
        class: held.has(code) ? "void held" : "void",
        fill: held.has(code) ? "#8cc7c1" : "#dcdad3",
        d,
      }),
    );
  }
  svg.append(land);
  const most = Math.max(1, ...on.map((mark) => mark.value));
  const spots = on.map((mark) => {
    const [x, y] = plate.points[mark.code] as [number, number];
    const r = most === 1 ? 6 : Math.max(5, 18 * Math.sqrt(Math.max(0, mark.value) / most));
    return { x, y, r, told: `${mark.label}: ${number(mark.value)}` };
  });
  const taken: Box[] = spots.map(({ x, y, r }) => [x - r, y - r, x + r, y + r]);
  const names = draw("g");
  for (const spot of spots) {
    svg.append(disc(spot));
    const name = named(spot, taken, plate.width);
    if (name) names.append(name);
  }
  svg.append(names); // above every disc
  return { svg, off: marks.filter((mark) => !plate.points[mark.code]) };
}

type Spot = { x: number; y: number; r: number; told: string };

/** Left, top, right, bottom. */
type Box = [number, number, number, number];

function disc({ x, y, r, told }: Spot): SVGElement {
  const paint = { class: "dot", fill: "#2c8984", stroke: "#fbfaf7", "stroke-width": 1.5 };
  return draw("circle", { ...paint, cx: x, cy: y, r }, draw("title", {}, told));
}

/** The name beside its disc, right or left, where it covers nothing that is larger. */
function named({ x, y, r, told }: Spot, taken: Box[], width: number): SVGElement | undefined {
  const text = told.length > LETTERS ? `${told.slice(0, LETTERS - 1)}…` : told;
  const long = text.length * 7.6;
  for (const left of [false, true]) {
    const from = left ? x - r - 5 - long : x + r + 5;
    const box: Box = [from, y - 9, from + long, y + 7];
    if (from < 0 || from + long > width || taken.some((other) => meet(other, box))) continue;
    taken.push(box);
    const halo = { class: "outline", stroke: "#fbfaf7", "stroke-width": 4, "paint-order": "stroke" };
    const anchor = left ? "end" : "start";
    return draw("text", { ...halo, x: left ? x - r - 5 : from, y: y + 5, "text-anchor": anchor }, text);
  }
  return undefined;
}

function meet(a: Box, b: Box): boolean {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}
