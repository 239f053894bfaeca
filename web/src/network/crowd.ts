// Many things at once: lines and shapes of one look are drawn in one go, and while the picture moves, the last drawing moves.

import type { Link } from "./data.ts";
import { SIZE } from "./lettering.ts";
import { type Kind, SHAPES, type Theme } from "./looks.ts";
import { paint } from "./paint.ts";
import { mark, markSpot, type Placed, shape, words } from "./scene.ts";
import type { Spot } from "./state.ts";

type Pen = CanvasRenderingContext2D;

/** What is seen: units of the picture times `zoom`, moved by `pan`, are pixels. */
export type View = { zoom: number; pan: { x: number; y: number }; width: number; height: number };

export type Area = { left: number; top: number; right: number; bottom: number };

export type Wish = { labels: boolean; font: string; way: ReadonlySet<string> };

/** Lines in one path: a longer path takes more than its share of time. */
const BATCH = 400;
/** Pixels of type below which words are left out. */
const READABLE = 7;
/** Zoom below which shapes are dots and marks are not told apart. */
const DOTS = 0.3;

/** What of the picture a view shows, with a margin as a part of it on each side. */
export function area({ zoom, pan, width, height }: View, margin = 0): Area {
  return {
    left: (-pan.x - width * margin) / zoom,
    top: (-pan.y - height * margin) / zoom,
    right: (width * (1 + margin) - pan.x) / zoom,
    bottom: (height * (1 + margin) - pan.y) / zoom,
  };
}

function within(a: Area, [x, y]: Spot, by: number): boolean {
  return x >= a.left - by && x <= a.right + by && y >= a.top - by && y <= a.bottom + by;
}

function crosses(a: Area, [x1, y1]: Spot, [x2, y2]: Spot): boolean {
  return (
    Math.max(x1, x2) >= a.left &&
    Math.min(x1, x2) <= a.right &&
    Math.max(y1, y2) >= a.top &&
    Math.min(y1, y2) <= a.bottom
  );
}

/** Units of the squares by which words keep out of each other's way. */
const SQUARE = 16;

/** The things whose words have room; those that come first have it first. */
export function worded(things: readonly Placed[]): Placed[] {
  const taken = new Set<string>();
  return things.filter((thing) => {
    const [left, top] = [thing.at[0] - thing.box[0] / 2, thing.at[1] - thing.half[1]];
    const squares: string[] = [];
    for (let x = Math.floor(left / SQUARE); x <= (left + thing.box[0]) / SQUARE; x += 1) {
      for (let y = Math.floor(top / SQUARE); y <= (top + thing.box[1]) / SQUARE; y += 1)
        squares.push(`${x} ${y}`);
    }
    if (squares.some((square) => taken.has(square))) return false;
    for (const square of squares) taken.add(square);
    return true;
  });
}

type Line = { link: Link; from: Placed; to: Placed };

export class Crowd {
  private readonly things: readonly Placed[];
  private readonly lines: readonly Line[];

  constructor(things: readonly Placed[], links: readonly Link[]) {
    this.things = things;
    const byId = new Map(things.map((thing) => [thing.id, thing]));
    this.lines = links.flatMap((link) => {
      const [from, to] = [byId.get(link.source), byId.get(link.target)];
      return from && to ? [{ link, from, to }] : [];
    });
  }

  /** Draws what lies in an area, as it looks at a zoom; the pen is in units of the picture. */
  draw(pen: Pen, seen: Area, zoom: number, theme: Theme, wish: Wish): void {
    const lines = this.lines.filter(({ from, to }) => crosses(seen, from.at, to.at));
    const things = this.things.filter((thing) => within(seen, thing.at, 220));
    const fine = zoom >= DOTS;
    this.stroke(
      pen,
      lines.filter(({ link }) => !link.over && link.stroke === "solid"),
      theme.line,
      1.6,
    );
    this.stroke(
      pen,
      lines.filter(({ link }) => !link.over && link.stroke === "dotted"),
      theme.muted,
      1.8,
      fine ? [2, 3.6] : [],
    );
    this.stroke(
      pen,
      lines.filter(({ link }) => link.over),
      theme.line,
      1.6,
      fine ? [7, 4] : [],
    );
    const double = lines.filter(({ link }) => !link.over && link.stroke === "double");
    this.stroke(pen, double, theme.line, 4.6);
    if (fine) this.stroke(pen, double, theme.ground, 1.8);
    this.stroke(
      pen,
      lines.filter(({ link }) => wish.way.has(link.id)),
      theme.accent,
      Math.max(4.5, 3 / zoom),
    );
    if (fine) for (const thing of things) paint(pen, shape(thing, thing.at, theme), "");
    else this.dots(pen, things, zoom, theme);
    if (fine) this.marks(pen, lines, theme);
    if (wish.labels || zoom * SIZE >= READABLE) {
      for (const thing of worded(things)) {
        for (const piece of words(thing, theme, () => 0)) paint(pen, piece, wish.font);
      }
    }
  }

  private stroke(pen: Pen, lines: readonly Line[], colour: string, width: number, dash: number[] = []): void {
    Object.assign(pen, { strokeStyle: colour, lineWidth: width });
    pen.setLineDash(dash);
    for (let first = 0; first < lines.length; first += BATCH) {
      pen.beginPath();
      for (const { from, to } of lines.slice(first, first + BATCH)) {
        pen.moveTo(...from.at);
        pen.lineTo(...to.at);
      }
      pen.stroke();
    }
  }

  private dots(pen: Pen, things: readonly Placed[], zoom: number, theme: Theme): void {
    const size = Math.max(14, 3 / zoom);
    for (const kind of Object.keys(SHAPES) as Kind[]) {
      pen.fillStyle = kind === "branch" ? theme.company : theme[kind];
      for (const thing of things) {
        if (thing.kind === kind) pen.fillRect(thing.at[0] - size / 2, thing.at[1] - size / 2, size, size);
      }
    }
  }

  private marks(pen: Pen, lines: readonly Line[], theme: Theme): void {
    for (const { link, from, to } of lines) {
      if (!link.mark) continue;
      for (const piece of mark(link.mark, markSpot(from, to), theme)) paint(pen, piece, "");
    }
  }
}

/** How much of the picture beside what is seen is drawn in advance, as a part of it on each side. */
const MARGIN = 0.3;
/** Milliseconds of stillness after which a moved drawing is drawn anew. */
const STILL = 140;
/** Milliseconds that a drawing may take for it to be made anew in each frame. */
const QUICK = 9;

/** Keeps the last drawing of a crowd, and shows it moved and stretched while the view changes. */
export class Moving {
  private readonly shot = document.createElement("canvas");
  private at: View | null = null;
  private cost = 0;
  private waiting: ReturnType<typeof setTimeout> | undefined;
  /** Asks for another frame. */
  private readonly again: () => void;

  constructor(again: () => void) {
    this.again = again;
  }

  /** What was drawn no longer holds. */
  stale(): void {
    this.at = null;
  }

  /** Shows a crowd on a canvas whose pen is in its pixels. */
  show(pen: Pen, view: View, ratio: number, fill: (pen: Pen, seen: Area) => void): void {
    if (!this.at || !this.serves(view)) this.fresh(view, ratio, fill);
    else if (this.at.zoom !== view.zoom || this.at.pan.x !== view.pan.x || this.at.pan.y !== view.pan.y) {
      if (this.cost < QUICK) this.fresh(view, ratio, fill);
      else {
        clearTimeout(this.waiting);
        this.waiting = setTimeout(() => {
          this.stale();
          this.again();
        }, STILL);
      }
    }
    const at = this.at as View;
    const by = view.zoom / at.zoom;
    const left = view.pan.x - at.pan.x * by - at.width * MARGIN * by;
    const top = view.pan.y - at.pan.y * by - at.height * MARGIN * by;
    const [width, height] = [at.width * (1 + 2 * MARGIN) * by, at.height * (1 + 2 * MARGIN) * by];
    pen.drawImage(this.shot, left * ratio, top * ratio, width * ratio, height * ratio);
  }

  /** Whether the last drawing covers what is seen, and is not stretched too far. */
  private serves(view: View): boolean {
    const at = this.at as View;
    const by = view.zoom / at.zoom;
    if (by > 2.5 || by < 0.5 || at.width !== view.width || at.height !== view.height) return false;
    if (by < 1) return true; // zooming out shows an edge for a moment
    const [had, wanted] = [area(at, MARGIN), area(view)];
    return (
      wanted.left >= had.left &&
      wanted.top >= had.top &&
      wanted.right <= had.right &&
      wanted.bottom <= had.bottom
    );
  }

  private fresh(view: View, ratio: number, fill: (pen: Pen, seen: Area) => void): void {
    const began = performance.now();
    const [width, height] = [view.width * (1 + 2 * MARGIN), view.height * (1 + 2 * MARGIN)];
    this.shot.width = Math.round(width * ratio);
    this.shot.height = Math.round(height * ratio);
    const pen = this.shot.getContext("2d") as Pen;
    const scale = view.zoom * ratio;
    const [x, y] = [view.pan.x + view.width * MARGIN, view.pan.y + view.height * MARGIN];
    pen.setTransform(scale, 0, 0, scale, x * ratio, y * ratio);
    fill(pen, area(view, MARGIN));
    this.at = { ...view, pan: { ...view.pan } };
    this.cost = performance.now() - began;
  }
}
