// How each kind of thing and relation looks: shape and colour both, so that neither alone has to be told apart.

import type { Thing } from "./data.ts";
import type { Half } from "./geometry.ts";
import { LEADING, lines, type Measure, SIZE } from "./lettering.ts";

export type Shape = "circle" | "small" | "square" | "diamond" | "hexagon" | "triangle" | "star" | "pentagon";

export type Kind =
  | "company"
  | "branch"
  | "partner"
  | "person"
  | "market"
  | "mission"
  | "award"
  | "organization";

export const SHAPES: Record<Kind, Shape> = {
  company: "circle",
  branch: "small",
  partner: "square",
  person: "diamond",
  market: "hexagon",
  mission: "triangle",
  award: "star",
  organization: "pentagon",
};

const SAME: Record<string, Kind> = { parent: "company", subsidiary: "branch", "foreign-partner": "partner" };

/** What a kind of the graph is in the picture: chambers, agencies and the like are other organizations. */
export function kindOf(kind: string): Kind {
  if (Object.hasOwn(SAME, kind)) return SAME[kind] as Kind;
  return Object.hasOwn(SHAPES, kind) ? (kind as Kind) : "organization";
}

/** Half the width and height of a shape; a hexagon is as large as its words. */
export const HALVES: Record<Exclude<Shape, "hexagon">, Half> = {
  circle: [9, 9],
  small: [6, 6],
  square: [8.5, 8.5],
  diamond: [10, 10],
  triangle: [10, 9],
  star: [10.5, 10.5],
  pentagon: [9.5, 9.5],
};

/** The colours of a theme, by the names that `verre.css` has for them. */
export const LIGHT = {
  ground: "#fbfaf7",
  ink: "#1b2430",
  muted: "#55606e",
  line: "#88919e",
  accent: "#0a6363",
  entering: "#8cc7c1",
  active: "#2c8984",
  leading: "#08403f",
  gone: "#767f8a",
  company: "#0067a3",
  partner: "#b84a00",
  person: "#9a4a78",
  market: "#00735a",
  mission: "#8a6100",
  award: "#6a4fb3",
  organization: "#55606e",
};

export type Theme = Record<keyof typeof LIGHT, string>;

/** The colour of a kind. */
export function tone(theme: Theme, kind: Kind): string {
  return kind === "branch" ? theme.company : theme[kind];
}

/** A thing as it is drawn: its words in lines, its shape, and the room that both take around its middle. */
export type Drawn = {
  kind: Kind;
  shape: Shape;
  lines: string[];
  bold: boolean;
  half: Half;
  /** Width and height with its words. */
  box: Half;
};

const BROAD = 150;
const MIDDLE = 200;

/** How a thing is drawn, given how wide letters are. */
export function drawn(thing: Thing, start: boolean, measure: Measure): Drawn {
  const kind = kindOf(thing.kind);
  const shape = SHAPES[kind];
  const limit = start ? MIDDLE : BROAD;
  const found = lines(thing.label, (text) => measure(text, SIZE, start) <= limit);
  const more = Object.values(thing.more ?? {}).reduce((sum, each) => sum + each, 0);
  if (more) found[found.length - 1] += ` +${more}`;
  const widest = Math.max(...found.map((text) => measure(text, SIZE, start)));
  if (shape === "hexagon") {
    const half: Half = [
      Math.max(22, widest / 2 + 12 + (found.length * LEADING) / 4),
      (found.length * LEADING) / 2 + 6,
    ];
    return { kind, shape, lines: found, bold: start, half, box: [2 * half[0], 2 * half[1]] };
  }
  const plain = HALVES[shape];
  const half: Half = start ? [plain[0] + 5, plain[1] + 5] : plain;
  const box: Half = [Math.max(2 * half[0], widest), 2 * half[1] + 4 + found.length * LEADING];
  return { kind, shape, lines: found, bold: start, half, box };
}

/** The corners of a hexagon as wide and as high as its words want it, around (0, 0). */
export function hexagon([w, h]: Half): readonly (readonly [number, number])[] {
  const side = Math.min(h, w / 2);
  return [
    [side - w, -h],
    [w - side, -h],
    [w, 0],
    [w - side, h],
    [side - w, h],
    [-w, 0],
  ];
}

/** How far below its shape the middle of a thing's box lies: its words stand under it. */
export function sunk(look: Drawn): number {
  return look.shape === "hexagon" ? 0 : look.box[1] / 2 - look.half[1];
}
