// The canvas above Cytoscape's own: the marks in which lines to markets end, and of a crowd everything.

import type { Core } from "cytoscape";
import { area, Crowd, Moving, type View, type Wish } from "./crowd.ts";
import type { Link } from "./data.ts";
import type { Theme } from "./looks.ts";
import { paint } from "./paint.ts";
import { mark, markSpot, type Placed } from "./scene.ts";

/** What is in the picture and how it looks. */
export type Shown = {
  crowded: boolean;
  things: readonly Placed[];
  links: readonly Link[];
  theme: Theme;
  wish: Wish;
};

/** Zoom below which marks would be dots. */
const SMALL = 0.25;

type Pen = CanvasRenderingContext2D;

export class Above {
  private readonly canvas = document.createElement("canvas");
  private readonly cy: Core;
  private readonly moving: Moving;
  private readonly look: () => Shown;
  private shown: Shown | null = null;
  private crowd: Crowd | null = null;

  /** @param look Tells what is shown; asked again after `stale`. */
  constructor(stage: HTMLElement, cy: Core, look: () => Shown) {
    this.canvas.className = "net-marks";
    stage.append(this.canvas);
    this.cy = cy;
    this.look = look;
    this.moving = new Moving(() => cy.forceRender());
    cy.on("render", () => this.draw());
  }

  /** What was drawn no longer holds. */
  stale(): void {
    this.shown = null;
    this.crowd = null;
    this.moving.stale();
  }

  private draw(): void {
    const ratio = devicePixelRatio || 1;
    const view: View = {
      zoom: this.cy.zoom(),
      pan: this.cy.pan(),
      width: this.cy.width(),
      height: this.cy.height(),
    };
    const [width, height] = [Math.round(view.width * ratio), Math.round(view.height * ratio)];
    if (this.canvas.width !== width || this.canvas.height !== height)
      Object.assign(this.canvas, { width, height });
    const pen = this.canvas.getContext("2d") as Pen;
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, width, height);
    this.shown ??= this.look();
    const { crowded, theme } = this.shown;
    if (crowded) this.all(pen, view, ratio, this.shown);
    if (!crowded && view.zoom < SMALL) return;
    const scale = view.zoom * ratio;
    pen.setTransform(scale, 0, 0, scale, view.pan.x * ratio, view.pan.y * ratio);
    if (crowded) this.chosen(pen, view.zoom, theme);
    else this.marks(pen, view, this.shown);
  }

  private all(pen: Pen, view: View, ratio: number, shown: Shown): void {
    this.crowd ??= new Crowd(shown.things, shown.links);
    const crowd = this.crowd;
    this.moving.show(pen, view, ratio, (onto, seen) =>
      crowd.draw(onto, seen, view.zoom, shown.theme, shown.wish),
    );
  }

  private chosen(pen: Pen, zoom: number, theme: Theme): void {
    for (const node of this.cy.$("node:selected")) {
      const { x, y } = node.position();
      pen.beginPath();
      pen.setLineDash([]);
      pen.arc(x, y, Math.max(node.width(), node.height()) / 2 + 6 / zoom, 0, 2 * Math.PI);
      Object.assign(pen, { strokeStyle: theme.accent, lineWidth: 4 / zoom });
      pen.stroke();
    }
  }

  private marks(pen: Pen, view: View, { things, links, theme }: Shown): void {
    const seen = area(view);
    const byId = new Map(things.map((thing) => [thing.id, thing]));
    for (const link of links) {
      const [from, to] = [byId.get(link.source), byId.get(link.target)];
      if (!link.mark || !from || !to) continue;
      const at = markSpot(from, to);
      if (at[0] < seen.left || at[0] > seen.right || at[1] < seen.top || at[1] > seen.bottom) continue;
      for (const piece of mark(link.mark, at, theme)) paint(pen, piece, "");
    }
  }
}
