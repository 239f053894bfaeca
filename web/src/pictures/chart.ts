// A column of numbers as a picture: bars from zero, the largest first; a line where the labels are years.

import { draw } from "../dom.ts";
import { type Point, years } from "./read.ts";

/** Bars that are drawn; what is more stands in the table. */
export const MOST_BARS = 40;

export type Frame = { width: number; label: string; number: (value: number) => string };

/** The picture of points that are in order already. */
export function chart(all: readonly Point[], frame: Frame): SVGSVGElement {
  return years(all) ? lines(all, frame) : bars(all.slice(0, MOST_BARS), frame);
}

function picture(frame: Frame, height: number): SVGSVGElement {
  const { width, label } = frame;
  return draw("svg", {
    class: "picture",
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    role: "img",
    "aria-label": label,
    "font-size": 14,
  });
}

function cut(text: string, letters: number): string {
  return text.length > letters ? `${text.slice(0, letters - 1)}…` : text;
}

/** Names left of the bars, or above them where there is no room beside. */
function bars(points: readonly Point[], frame: Frame): SVGSVGElement {
  const above = frame.width < 560;
  const [left, row] = above ? [0, 46] : [Math.round(frame.width * 0.34), 28];
  const right = frame.width - 84;
  const svg = picture(frame, points.length * row + 8);
  const low = Math.min(0, ...points.map((point) => point.value));
  const high = Math.max(0, ...points.map((point) => point.value));
  const x = (value: number) => left + ((right - left) * (value - low)) / (high - low || 1);
  points.forEach((point, n) => {
    const top = n * row + (above ? 22 : 4);
    const [from, to] = [x(Math.min(0, point.value)), x(Math.max(0, point.value))];
    const name = above
      ? { x: 0, y: top - 6, "text-anchor": "start" }
      : { x: left - 10, y: top + 15, "text-anchor": "end" };
    svg.append(
      draw(
        "text",
        name,
        draw("title", {}, point.label),
        cut(point.label, Math.round((above ? frame.width : left) / 8)),
      ),
      draw("rect", {
        class: "dot",
        fill: "#2c8984",
        x: from,
        y: top,
        width: Math.max(1, to - from),
        height: 20,
      }),
      draw("text", { x: to + 6, y: top + 15, class: "figure" }, frame.number(point.value)),
    );
  });
  svg.append(
    draw("line", { class: "axis", stroke: "#88919e", x1: x(0), x2: x(0), y1: 0, y2: points.length * row }),
  );
  return svg;
}

/** A line through the years; a year without a number is a gap and stays one. */
function lines(points: readonly Point[], frame: Frame): SVGSVGElement {
  const [left, right, top, base] = [8, frame.width - 90, 24, 250];
  const svg = picture(frame, 284);
  const all = points.map((point) => Number(point.label));
  const [first, last] = [all[0] as number, all[all.length - 1] as number];
  const low = Math.min(0, ...points.map((point) => point.value));
  const high = Math.max(0, ...points.map((point) => point.value));
  const x = (year: number) => left + ((right - left) * (year - first)) / (last - first);
  const y = (value: number) => base - ((base - top) * (value - low)) / (high - low || 1);
  svg.append(draw("line", { class: "axis", stroke: "#88919e", x1: 0, x2: right, y1: y(0), y2: y(0) }));
  for (const run of runs(points)) {
    const places = run.map((point) => `${x(Number(point.label))},${y(point.value)}`).join(" ");
    svg.append(
      draw("polyline", {
        class: "curve",
        fill: "none",
        stroke: "#2c8984",
        "stroke-width": 2.5,
        points: places,
      }),
    );
  }
  const every = Math.ceil(points.length / (frame.width / 60));
  points.forEach((point, n) => {
    const [cx, cy] = [x(Number(point.label)), y(point.value)];
    const title = draw("title", {}, `${point.label}: ${frame.number(point.value)}`);
    svg.append(draw("circle", { class: "dot", fill: "#2c8984", cx, cy, r: 4.5 }, title));
    if ((points.length - 1 - n) % every === 0) {
      svg.append(
        draw(
          "text",
          { class: "soft", x: cx, y: base + 24, "text-anchor": "middle", "font-size": 13 },
          point.label,
        ),
      );
    }
  });
  const end = points[points.length - 1] as Point;
  svg.append(
    draw("text", { x: right + 10, y: y(end.value) + 5, "font-weight": 700 }, frame.number(end.value)),
  );
  return svg;
}

function runs(points: readonly Point[]): Point[][] {
  const made: Point[][] = [];
  for (const point of points) {
    const run = made[made.length - 1];
    const before = run?.[run.length - 1];
    if (run && before && Number(point.label) === Number(before.label) + 1) run.push(point);
    else made.push([point]);
  }
  return made;
}
