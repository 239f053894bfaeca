// A picture as lines, shapes and words, for whoever writes it down: as SVG, or on a canvas of any size.

import type { Link } from "./data.ts";
import { border, extent } from "./geometry.ts";
import { LEADING, type Measure, printable, SIZE, SMALL } from "./lettering.ts";
import { type Drawn, hexagon, sunk, type Theme, tone } from "./looks.ts";
import type { Spot } from "./state.ts";

type Ink = { fill?: string; stroke?: string; width?: number; dash?: readonly number[] };

export type Piece =
  | ({ is: "line"; from: Spot; to: Spot } & Ink)
  | ({ is: "polygon"; points: readonly Spot[] } & Ink)
  | ({ is: "circle"; at: Spot; radius: number } & Ink)
  | ({ is: "box"; at: Spot; size: Spot; round: number } & Ink)
  | {
      is: "text";
      at: Spot;
      text: string;
      size: number;
      length: number;
      anchor: "start" | "middle";
      bold: boolean;
      fill: string;
      halo?: string;
    };

/** Pieces within `width` by `height`, from (0, 0), on a ground. */
export type Scene = { width: number; height: number; ground: string; title: string; pieces: Piece[] };

export type Placed = Drawn & { id: string; at: Spot };

/** What stands around the picture: its title, how large it is, what its signs mean, and who says so. */
export type Caption = { title: string; told: string; key: readonly KeyLine[]; sources: string };

export type KeyLine = { sign: Piece[]; text: string };

const MARGIN = 28;

/** The corners of a shape with half a width and half a height of 1. */
const CORNERS: Record<string, readonly Spot[]> = {
  diamond: [
    [0, -1],
    [1, 0],
    [0, 1],
    [-1, 0],
  ],
  triangle: [
    [0, -1],
    [1, 1],
    [-1, 1],
  ],
  pentagon: [0, 1, 2, 3, 4].map((n) => turned(n / 5, 1)),
  star: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => turned(n / 10, n % 2 ? 0.45 : 1)),
};

function turned(part: number, reach: number): Spot {
  return [reach * Math.sin(2 * Math.PI * part), -reach * Math.cos(2 * Math.PI * part)];
}

/** The shape of a thing. */
export function shape(look: Drawn, at: Spot, theme: Theme): Piece {
  const [w, h] = look.half;
  const fill = tone(theme, look.kind);
  if (look.shape === "circle" || look.shape === "small") return { is: "circle", at, radius: w, fill };
  if (look.shape === "square") {
    return { is: "box", at: [at[0] - w, at[1] - h], size: [2 * w, 2 * h], round: 4, fill };
  }
  if (look.shape === "hexagon") {
    const points = hexagon(look.half).map(([x, y]): Spot => [at[0] + x, at[1] + y]);
    return { is: "polygon", points, fill: theme.ground, stroke: fill, width: 2 };
  }
  const points = (CORNERS[look.shape] ?? []).map(([x, y]): Spot => [at[0] + x * w, at[1] + y * h]);
  return { is: "polygon", points, fill };
}

/** The mark in which a line to a market ends: a ring for who wants to, a disc for who does. */
export function mark(status: string, at: Spot, theme: Theme): Piece[] {
  const ring = (radius: number, stroke: string, fill = theme.ground, dash?: readonly number[]): Piece => ({
    is: "circle",
    at,
    radius,
    fill,
    stroke,
    width: 2,
    ...(dash ? { dash } : {}),
  });
  if (status === "targets") return [ring(5.5, theme.accent)];
  if (status === "entering") return [ring(5.5, theme.accent, theme.entering)];
  if (status === "active") return [ring(5.5, theme.active, theme.active)];
  if (status === "leading") {
    return [{ ...ring(7.5, theme.leading), width: 1.2 } as Piece, ring(3.6, theme.leading, theme.leading)];
  }
  return [ring(5.5, theme.gone, theme.ground, [2.6, 2])];
}

/** A relation from border to border, and the mark at its market's end. */
export function line(link: Link, from: Placed, to: Placed, theme: Theme): Piece[] {
  const start = border(from.at, from.half, to.at, 2, from.shape === "hexagon");
  const end = border(to.at, to.half, from.at, link.mark ? 16 : 2, to.shape === "hexagon");
  const made: Piece[] = [];
  const plain = { is: "line", from: start, to: end, stroke: theme.line } as const;
  if (link.stroke === "double") {
    made.push({ ...plain, width: 4.6, ...(link.over ? { dash: [7, 4] } : {}) });
    made.push({ ...plain, stroke: theme.ground, width: 1.8 });
  } else if (link.over) made.push({ ...plain, width: 1.6, dash: [7, 4] });
  else if (link.stroke === "dotted") made.push({ ...plain, stroke: theme.muted, width: 1.8, dash: [2, 3.6] });
  else made.push({ ...plain, width: 1.6 });
  if (link.mark) made.push(...mark(link.mark, markSpot(from, to), theme));
  return made;
}

/** Where the mark of a line stands: just before its market. */
export function markSpot(from: Placed, to: Placed): Spot {
  return border(to.at, to.half, from.at, 9, to.shape === "hexagon");
}

/** The words of a thing. */
export function words(thing: Placed, theme: Theme, measure: Measure): Piece[] {
  const [x, y] = thing.at;
  const inside = thing.shape === "hexagon";
  const top = inside ? y - (thing.lines.length * LEADING) / 2 : y + thing.half[1] + 4;
  return thing.lines.map((text, row) => ({
    is: "text",
    at: [x, top + LEADING * (row + 0.76)] as Spot,
    text,
    size: SIZE,
    length: measure(text, SIZE, thing.bold),
    anchor: "middle",
    bold: thing.bold,
    fill: theme.ink,
    ...(inside ? {} : { halo: theme.ground }),
  }));
}

type Box = readonly [number, number, number, number];

function around(thing: Placed): Box {
  const [x, y] = [thing.at[0], thing.at[1] + sunk(thing)];
  const [w, h] = [thing.box[0] / 2, thing.box[1] / 2];
  return [x - w, y - h, x + w, y + h];
}

/** What a line is, written on it where nothing else stands; a line to a market has its mark. */
function said(things: readonly Placed[], links: readonly Link[], theme: Theme, measure: Measure): Piece[] {
  const byId = new Map(things.map((thing) => [thing.id, thing]));
  const taken = things.map(around);
  return links.flatMap((link) => {
    const [from, to] = [byId.get(link.source), byId.get(link.target)];
    const text = printable(link.said);
    if (link.mark || !text || !from || !to) return [];
    const wide = measure(text, SMALL);
    for (const part of [0.5, 0.4, 0.6, 0.3, 0.7]) {
      const x = from.at[0] + (to.at[0] - from.at[0]) * part;
      const y = from.at[1] + (to.at[1] - from.at[1]) * part;
      const box: Box = [x - wide / 2 - 3, y - 9, x + wide / 2 + 3, y + 9];
      if (
        taken.some(
          (other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3],
        )
      )
        continue;
      taken.push(box);
      const plain = { is: "text", text, size: SMALL, length: wide, anchor: "middle", bold: false } as const;
      return [{ ...plain, at: [x, y + SMALL * 0.35] as Spot, fill: theme.muted, halo: theme.ground }];
    }
    return [];
  });
}

function moved(piece: Piece, by: Spot): Piece {
  const to = ([x, y]: Spot): Spot => [x + by[0], y + by[1]];
  if (piece.is === "line") return { ...piece, from: to(piece.from), to: to(piece.to) };
  if (piece.is === "polygon") return { ...piece, points: piece.points.map(to) };
  return { ...piece, at: to(piece.at) };
}

/** Everything that is drawn, with its caption. */
export function scene(
  things: readonly Placed[],
  links: readonly Link[],
  caption: Caption,
  theme: Theme,
  measure: Measure,
): Scene {
  const byId = new Map(things.map((thing) => [thing.id, thing]));
  const body: Piece[] = [];
  for (const link of links) {
    const [from, to] = [byId.get(link.source), byId.get(link.target)];
    if (from && to) body.push(...line(link, from, to, theme));
  }
  for (const thing of things) body.push(shape(thing, thing.at, theme), ...words(thing, theme, measure));
  body.push(...said(things, links, theme, measure));
  const [left, top, right, bottom] = extent(
    things.map((thing) => [
      [thing.at[0], thing.at[1] + sunk(thing)],
      [thing.box[0] / 2, thing.box[1] / 2],
    ]),
  );
  const width = Math.max(right - left, 640) + 2 * MARGIN;
  const head = heading(caption, width - 2 * MARGIN, theme, measure);
  const aside = (width - 2 * MARGIN - (right - left)) / 2;
  const foot = footing(caption, width - 2 * MARGIN, theme, measure);
  const at = MARGIN + head.height;
  const below = at + (bottom - top) + 24;
  const pieces = [
    ...head.pieces.map((piece) => moved(piece, [MARGIN, MARGIN])),
    ...body.map((piece) => moved(piece, [MARGIN + aside - left, at - top])),
    ...foot.pieces.map((piece) => moved(piece, [MARGIN, below])),
  ];
  const height = below + foot.height + MARGIN;
  return {
    width: Math.ceil(width),
    height: Math.ceil(height),
    ground: theme.ground,
    title: caption.title,
    pieces,
  };
}

type Block = { pieces: Piece[]; height: number };

function plain(text: string, at: Spot, size: number, fill: string, measure: Measure, bold = false): Piece {
  return { is: "text", at, text, size, length: measure(text, size, bold), anchor: "start", bold, fill };
}

function wrapped(text: string, width: number, size: number, measure: Measure): string[] {
  const found: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = `${found.at(-1)} ${word}`;
    if (found.length && measure(longer, size) <= width) found[found.length - 1] = longer;
    else found.push(word);
  }
  return found;
}

function heading(caption: Caption, width: number, theme: Theme, measure: Measure): Block {
  const titles = wrapped(caption.title, width * 0.94, 20, measure);
  const pieces = titles.map((text, row) => plain(text, [0, 18 + row * 26], 20, theme.ink, measure, true));
  const under = 18 + (titles.length - 1) * 26 + 24;
  const told = wrapped(caption.told, width, 13, measure);
  pieces.push(...told.map((text, row) => plain(text, [0, under + row * 18], 13, theme.muted, measure)));
  return { pieces, height: under + told.length * 18 + 16 };
}

function footing(caption: Caption, width: number, theme: Theme, measure: Measure): Block {
  const pieces: Piece[] = [{ is: "line", from: [0, 0], to: [width, 0], stroke: theme.line, width: 0.6 }];
  let [x, y] = [0, 24];
  for (const { sign, text } of caption.key) {
    const wide = 30 + measure(text, SMALL) + 22;
    if (x && x + wide > width) [x, y] = [0, y + 22];
    pieces.push(...sign.map((piece) => moved(piece, [x + 12, y])));
    pieces.push(plain(text, [x + 30, y + 4], SMALL, theme.ink, measure));
    x += wide;
  }
  const rows = wrapped(caption.sources, width, SMALL, measure);
  const first = caption.key.length ? y + 26 : 20;
  pieces.push(...rows.map((text, row) => plain(text, [0, first + row * 17], SMALL, theme.muted, measure)));
  return { pieces, height: first + rows.length * 17 };
}
