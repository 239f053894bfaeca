// The picture on the page: Cytoscape draws and is moved, marks of statuses stand on a canvas of their own above it.

import cytoscape, { type Core, type NodeSingular } from "cytoscape";
import { Above, type Shown } from "./above.ts";
import { type Link, links, type Network, onPath, type Thing, word } from "./data.ts";
import { nearest, step } from "./geometry.ts";
import type { Direction } from "./keys.ts";
import { letters, type Measure, printable } from "./lettering.ts";
import { type Drawn, drawn, hexagon, type Kind, SHAPES, sunk, type Theme } from "./looks.ts";
import { type Body, type Bond, finished, forces, layers, ring, type Spots } from "./place.ts";
import type { Placed } from "./scene.ts";
import type { Look, Spot } from "./state.ts";
import { styles } from "./styles.ts";
import { font, measurer, theme } from "./theme.ts";

/** Things and lines from which on drawing is made lighter. */
const CROWD = 300;
const KINDS = Object.keys(SHAPES) as Kind[];
/** Milliseconds of work between two frames while things are given their places. */
const SLICE = 24;

export type Told = {
  /** A thing was chosen, or nothing any more. */
  chosen: (id: string | null) => void;
  /** Something was moved by hand. */
  moved: (id: string) => void;
  /** So many things are being placed. */
  placing: (many: number) => void;
};

function still(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** A word on a line: a long one would lie on others. */
function short(text: string, most: number): string {
  const found = letters(printable(text));
  return found.length > most
    ? `${found
        .slice(0, most - 1)
        .join("")
        .trimEnd()}…`
    : found.join("");
}

export class Picture {
  readonly cy: Core;
  private readonly above: Above;
  private readonly measure: Measure;
  private readonly told: Told;
  private colours: Theme;
  private network: Network = { graph: {} as Network["graph"], nodes: [], edges: [] };
  private drawnThings = new Map<string, Drawn>();
  private lines: Link[] = [];
  private turn = 0;
  /** Whether all of it is in sight, and is to stay so when the stage gets another size. */
  private whole = true;
  labels = false;

  constructor(stage: HTMLElement, told: Told) {
    this.told = told;
    this.measure = measurer();
    this.colours = theme();
    this.cy = cytoscape({
      container: stage,
      elements: [],
      layout: { name: "preset" },
      style: styles(this.colours, this.wish()),
      minZoom: 0.04,
      maxZoom: 4,
      boxSelectionEnabled: false,
      userZoomingEnabled: false, // until the picture is entered: a page must scroll on
    });
    this.above = new Above(stage, this.cy, () => this.shown());
    this.cy.on("position", "node", () => this.above.stale());
    this.cy.on("select", "node", (event) => told.chosen(event.target.id()));
    this.cy.on("unselect", "node", () => {
      if (this.cy.$("node:selected").empty()) told.chosen(null);
    });
    this.cy.on("dragfree", "node", (event) => told.moved(event.target.id()));
    this.cy.on("dragpan scrollzoom pinchzoom", () => {
      this.whole = false;
    });
    new ResizeObserver(() => {
      this.cy.resize();
      if (this.whole) this.fit();
    }).observe(stage);
    stage.addEventListener("focusin", () => this.cy.userZoomingEnabled(true));
    stage.addEventListener("focusout", () => this.cy.userZoomingEnabled(false));
    stage.addEventListener("pointerdown", () => stage.focus({ preventScroll: true }));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.restyle());
  }

  get things(): readonly Thing[] {
    return this.network.nodes;
  }

  get links(): readonly Link[] {
    return this.lines;
  }

  get starts(): readonly string[] {
    return this.network.graph.starts ?? [];
  }

  /** Steps of the path that was found; 0 where none was. */
  get steps(): number {
    return this.network.graph.paths?.[0]?.length ?? 0;
  }

  thing(id: string): Thing | undefined {
    return this.network.nodes.find((node) => node.id === id);
  }

  private wish() {
    return { labels: this.labels, crowd: this.crowded, font: font() };
  }

  private get crowded(): boolean {
    return this.network.nodes.length > CROWD;
  }

  private shown(): Shown {
    const ways = (this.network.graph.paths ?? []).flatMap((path) => [...onPath(path.nodes)]);
    return {
      crowded: this.crowded,
      things: this.drawing(),
      links: this.lines,
      theme: this.colours,
      wish: { labels: this.labels, font: font(), way: new Set(ways) },
    };
  }

  /** Looks again at the theme and at what is wished for. */
  restyle(): void {
    this.above.stale();
    this.colours = theme();
    this.cy.style(styles(this.colours, this.wish()));
  }

  /** Shows a network as an address has it drawn; things that have a place keep it. */
  async show(network: Network, look: Look, asOf = ""): Promise<void> {
    this.turn += 1;
    const turn = this.turn;
    const known = new Map([...this.spots(), ...this.byId(network, look.spots)]);
    this.network = network;
    this.labels = look.labels;
    this.lines = links(network);
    const starts = new Set(network.graph.starts);
    this.drawnThings = new Map(
      network.nodes.map((thing) => [thing.id, drawn(thing, starts.has(thing.id), this.measure)]),
    );
    const spots = await this.placed(known, look.layers, turn);
    if (!spots || turn !== this.turn) return;
    const had = this.cy.nodes().nonempty();
    this.fill(spots, look, asOf);
    if (!had || spots.size > known.size) this.fit();
  }

  private byId(network: Network, spots: ReadonlyMap<string, Spot>): [string, Spot][] {
    return network.nodes.flatMap((thing) => {
      const at = spots.get(word(thing));
      return at ? [[thing.id, at] as [string, Spot]] : [];
    });
  }

  private bodies(): Body[] {
    return [...this.drawnThings].map(([id, { box }]) => ({ id, box }));
  }

  /** How much wider than high a ring may be, as the stage is. */
  private wide(): number {
    return Math.min(1.5, Math.max(0.7, this.cy.width() / Math.max(1, this.cy.height())));
  }

  /** Those of one kind beside each other. */
  private ordered(): Body[] {
    const kinds = new Map([...this.drawnThings].map(([id, look]) => [id, look.kind]));
    const kind = (body: Body) => KINDS.indexOf(kinds.get(body.id) as Kind);
    return this.bodies().toSorted((a, b) => kind(a) - kind(b));
  }

  private bonds(): Bond[] {
    return this.lines.map(({ source, target }) => ({ source, target }));
  }

  /** Places for everything: given ones stay, the rest is laid out, a slice at a time; null where it was overtaken. */
  private async placed(
    known: ReadonlyMap<string, Spot>,
    layered: boolean,
    turn: number,
  ): Promise<Spots | null> {
    const ids = [...this.drawnThings.keys()];
    const kept = new Map([...known].filter(([id]) => this.drawnThings.has(id)));
    if (kept.size === ids.length) return kept;
    const held = this.shifted(kept, 1);
    const ringed = kept.size || layered ? null : ring(this.ordered(), this.bonds(), this.starts, this.wide());
    if (ringed) return this.shifted(ringed, -1);
    if (layered) return this.shifted(layers(this.bodies(), this.bonds()), -1);
    const { simulation, points, ticks } = forces(this.bodies(), this.bonds(), held);
    if (ids.length > CROWD) this.told.placing(ids.length);
    let since = performance.now();
    for (let tick = 0; tick < ticks; tick += 1) {
      simulation.tick();
      if (ids.length > CROWD && performance.now() - since > SLICE) {
        await new Promise(requestAnimationFrame);
        if (turn !== this.turn) return null;
        since = performance.now();
      }
    }
    return this.shifted(finished(points, this.bodies(), held), -1);
  }

  /** From the middles of shapes to those of their boxes, which reach lower, or back. */
  private shifted(spots: ReadonlyMap<string, Spot>, sign: 1 | -1): Spots {
    return new Map(
      [...spots].map(([id, [x, y]]) => {
        const look = this.drawnThings.get(id);
        return [id, [x, y + sign * (look ? sunk(look) : 0)] as Spot];
      }),
    );
  }

  private fill(spots: ReadonlyMap<string, Spot>, look: Look, asOf: string): void {
    const { graph } = this.network;
    const starts = new Set(graph.starts);
    const pinned = new Set(look.pinned);
    const ways = (graph.paths ?? []).map((path) => path.nodes);
    const wayNodes = new Set(ways.flat());
    const wayLines = new Set(ways.flatMap((nodes) => [...onPath(nodes)]));
    const chosen = this.cy.$("node:selected").map((node) => node.id());
    const nodes = this.network.nodes.map((thing) => {
      const look = this.drawnThings.get(thing.id) as Drawn;
      const [x, y] = spots.get(thing.id) ?? [0, 0];
      const data = {
        id: thing.id,
        kind: look.kind,
        label: look.lines.join("\n"),
        width: 2 * look.half[0],
        height: 2 * look.half[1],
        corners: hexagon(look.half).flatMap(([w, h]) => [w / look.half[0], h / look.half[1]]),
        start: starts.has(thing.id),
        pinned: pinned.has(word(thing)),
        way: wayNodes.has(thing.id),
      };
      return { group: "nodes" as const, data, position: { x, y }, selected: chosen.includes(thing.id) };
    });
    const edges = this.lines.map((link) => ({
      group: "edges" as const,
      data: {
        id: link.id,
        source: link.source,
        target: link.target,
        stroke: link.stroke,
        over: link.over,
        faint: asOf !== "" && link.undated,
        way: wayLines.has(link.id),
        word: link.mark ? "" : short(link.said, look.labels ? 60 : 26),
      },
      selectable: false,
    }));
    this.cy.batch(() => {
      this.cy.elements().remove();
      this.cy.add([...nodes, ...edges]);
    });
    this.restyle();
  }

  /** Where things stand now. */
  spots(): Map<string, Spot> {
    return new Map(
      this.cy.nodes().map((node) => [node.id(), [node.position("x"), node.position("y")] as Spot]),
    );
  }

  /** The same by the words of addresses. */
  wordSpots(): Map<string, Spot> {
    const spots = this.spots();
    return new Map(
      this.network.nodes.flatMap((thing) => {
        const at = spots.get(thing.id);
        return at ? [[word(thing), at] as [string, Spot]] : [];
      }),
    );
  }

  /** Everything as it is drawn, for files. */
  drawing(): Placed[] {
    const spots = this.spots();
    return [...this.drawnThings].map(([id, look]) => ({ ...look, id, at: spots.get(id) ?? [0, 0] }));
  }

  /** Lays everything out again but for what is pinned. */
  async arrange(look: Look, asOf = ""): Promise<void> {
    const pinned = new Set(look.pinned);
    const spots = new Map([...this.wordSpots()].filter(([word]) => pinned.has(word)));
    this.cy.elements().remove();
    await this.show(this.network, { ...look, spots }, asOf);
    this.fit();
  }

  fit(): void {
    this.whole = true;
    this.cy.resize();
    this.cy.fit(undefined, 36);
    if (this.cy.zoom() > 1.25) {
      this.cy.zoom(1.25);
      this.cy.center();
    }
  }

  zoom(by: number): void {
    this.whole = false;
    const middle = { x: this.cy.width() / 2, y: this.cy.height() / 2 };
    const level = this.cy.zoom() * by;
    if (still()) this.cy.zoom({ level, renderedPosition: middle });
    else this.cy.animate({ zoom: { level, renderedPosition: middle } }, { duration: 120 });
  }

  chosen(): NodeSingular | null {
    const found = this.cy.$("node:selected");
    return found.nonempty() ? (found.first() as NodeSingular) : null;
  }

  choose(id: string | null): void {
    this.cy.batch(() => {
      this.cy.$("node:selected").unselect();
      if (id !== null) this.cy.getElementById(id).select();
    });
    if (id !== null) this.reveal(id);
  }

  /** Brings a thing into sight where it is not. */
  private reveal(id: string): void {
    const { x1, x2, y1, y2 } = this.cy.getElementById(id).renderedBoundingBox();
    const out = x1 < 0 || y1 < 0 || x2 > this.cy.width() || y2 > this.cy.height();
    if (out) this.cy.center(this.cy.getElementById(id));
  }

  /** Chooses what lies that way of what is chosen; to begin with where the network begins. */
  go(way: Direction): void {
    const spots = this.spots();
    const from = this.chosen()?.id();
    if (from === undefined) {
      this.choose(this.starts.find((id) => spots.has(id)) ?? [...spots.keys()][0] ?? null);
      return;
    }
    const others = [...spots].filter(([id]) => id !== from);
    const found = nearest(spots.get(from) as Spot, others, way);
    if (found) this.choose(found);
  }

  /** Moves what is chosen. */
  move(way: Direction): void {
    const node = this.chosen();
    if (!node) return;
    const [x, y] = step([node.position("x"), node.position("y")], way, 12);
    node.position({ x, y });
    this.told.moved(node.id());
  }
}
