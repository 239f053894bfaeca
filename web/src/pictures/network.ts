// A network of the answer: what kind a thing is shows in shape and colour both, and its name stands at it.

import { draw } from "../dom.ts";
import { type Place, places } from "./places.ts";
import type { Net, Thing } from "./read.ts";
import { LIGHT, type Tone, toneOf } from "./tones.ts";

/** Things that are drawn; names that are written. What is more stands in the table. */
export const MOST_THINGS = 150;
export const MOST_NAMES = 60;

/** The things with the most ties, and the ties between them. */
export function busiest(net: Net, most = MOST_THINGS): Net {
  const ties = degrees(net);
  const kept = net.things.toSorted((a, b) => (ties.get(b.key) ?? 0) - (ties.get(a.key) ?? 0)).slice(0, most);
  const keys = new Set(kept.map((thing) => thing.key));
  return { things: kept, ties: net.ties.filter((tie) => keys.has(tie.from) && keys.has(tie.to)) };
}

function degrees(net: Net): Map<string, number> {
  const found = new Map<string, number>();
  for (const { from, to } of net.ties) {
    for (const key of [from, to]) found.set(key, (found.get(key) ?? 0) + 1);
  }
  return found;
}

/** The picture; `label` is its name for who does not see it. */
export function network(whole: Net, width: number, label: string): SVGSVGElement {
  const net = busiest(whole);
  const height = Math.round(Math.min(900, Math.max(320, width * 0.4 + net.things.length * 5)));
  const at = places(net, width, height);
  const svg = draw("svg", {
    class: "picture net",
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    role: "img",
    "aria-label": label,
    "font-size": 13,
  });
  for (const tie of net.ties) svg.append(line(at.get(tie.from) as Place, at.get(tie.to) as Place, tie.label));
  net.things.forEach((thing, n) => {
    svg.append(mark(thing, at.get(thing.key) as Place, n < MOST_NAMES));
  });
  return svg;
}

function line(a: Place, b: Place, label: string): SVGElement {
  const path = draw("path", {
    class: "edge",
    d: `M${round(a.x)} ${round(a.y)}L${round(b.x)} ${round(b.y)}`,
    stroke: "#88919e",
    "stroke-width": 1.4,
  });
  return label ? draw("g", {}, draw("title", {}, label), path) : path;
}

function mark(thing: Thing, { x, y }: Place, named: boolean): SVGElement {
  const tone = toneOf(thing.iri) ?? "other";
  const group = draw("g", {}, draw("title", {}, thing.label), shape(tone, round(x), round(y)));
  if (!named) return group;
  const text = thing.label.length > 26 ? `${thing.label.slice(0, 25)}…` : thing.label;
  const halo = { class: "outline", stroke: "#fbfaf7", "stroke-width": 4, "paint-order": "stroke" };
  group.append(draw("text", { ...halo, x: round(x), y: round(y) + 20, "text-anchor": "middle" }, text));
  return group;
}

function shape(tone: Tone, x: number, y: number): SVGElement {
  const paint = { class: tone, fill: LIGHT[tone] };
  if (tone === "person")
    return draw("path", { ...paint, d: `M${x} ${y - 8}L${x + 8} ${y}L${x} ${y + 8}L${x - 8} ${y}Z` });
  if (tone === "mission") return draw("path", { ...paint, d: `M${x} ${y - 8}L${x + 8} ${y + 7}H${x - 8}Z` });
  if (tone === "market") {
    const d = `M${x - 9} ${y}L${x - 4.5} ${y - 8}H${x + 4.5}L${x + 9} ${y}L${x + 4.5} ${y + 8}H${x - 4.5}Z`;
    return draw("path", { class: tone, fill: "#fbfaf7", stroke: LIGHT.market, "stroke-width": 2, d });
  }
  return draw("circle", { ...paint, cx: x, cy: y, r: tone === "other" ? 5 : 7 });
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
