// Where things stand: a force layout for networks, layers for ownership; the same network always gets the same places.

import { Graph, layout as layered } from "@dagrejs/dagre";
import {
  forceCollide,
  forceLink,
  forceManyBody,
  forceSimulation,
  forceX,
  forceY,
  type Simulation,
  type SimulationNodeDatum,
} from "d3-force";
import type { Half } from "./geometry.ts";
import type { Spot } from "./state.ts";

export type Body = { id: string; box: Half };
export type Bond = { source: string; target: string };
export type Spots = Map<string, Spot>;

/** Room between two things. */
const GAP = 18;
/** More things than this are not moved apart by their words, which are then too small to be read anyway. */
const CROWD = 500;

type Point = SimulationNodeDatum & { id: string; radius: number };

/**
 * Starts a force layout; `ticks` steps of it bring it to rest.
 *
 * @param held Things that do not move, where they stand.
 */
export function forces(
  bodies: readonly Body[],
  bonds: readonly Bond[],
  held: ReadonlyMap<string, Spot>,
): { simulation: Simulation<Point, undefined>; points: Point[]; ticks: number } {
  const points: Point[] = bodies.map(({ id, box }) => {
    const radius = (Math.max(box[0], box[1]) + Math.min(box[0], box[1])) / 4 + GAP / 2;
    const at = held.get(id);
    return at ? { id, radius, x: at[0], y: at[1], fx: at[0], fy: at[1] } : { id, radius };
  });
  near(points, bonds);
  const degree = new Map<string, number>();
  for (const { source, target } of bonds) {
    for (const id of [source, target]) degree.set(id, (degree.get(id) ?? 0) + 1);
  }
  const byId = new Map(points.map((point) => [point.id, point]));
  const reach = (id: unknown) => byId.get(String(id))?.radius ?? 0;
  const springs = forceLink<Point, Bond & { index?: number }>(bonds.map((bond) => ({ ...bond })))
    .id((point) => point.id)
    .distance((bond) => {
      const [a, b] = [bond.source as unknown as Point, bond.target as unknown as Point];
      const busy = Math.min(degree.get(a.id) ?? 1, degree.get(b.id) ?? 1);
      return reach(a.id) + reach(b.id) + 12 + 8 * Math.min(busy, 6);
    });
  const many = points.length > CROWD;
  const simulation = forceSimulation(points)
    .force("springs", springs)
    .force(
      "apart",
      forceManyBody<Point>()
        .strength(-260)
        .distanceMax(many ? 700 : 1400)
        .theta(many ? 1.1 : 0.9),
    )
    .force("across", forceX<Point>(0).strength(0.06))
    .force("along", forceY<Point>(0).strength(0.06))
    .force("room", forceCollide<Point>((point) => point.radius).iterations(many ? 1 : 2))
    .stop();
  const ticks = many ? 100 : 300;
  simulation.alphaDecay(1 - 0.001 ** (1 / ticks));
  return { simulation, points, ticks };
}

/** New things begin beside what they are tied to, so that they need not cross the whole picture. */
function near(points: Point[], bonds: readonly Bond[]): void {
  const byId = new Map(points.map((point) => [point.id, point]));
  let turn = 0;
  for (const { source, target } of bonds) {
    const [a, b] = [byId.get(source), byId.get(target)];
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      if (!one || !other || one.x !== undefined || other.x === undefined || other.fx === undefined) continue;
      turn += 1;
      const angle = Math.atan2(other.y ?? 0, other.x ?? 0) + turn * 2.399963;
      one.x = (other.x ?? 0) + Math.cos(angle) * (one.radius + other.radius);
      one.y = (other.y ?? 0) + Math.sin(angle) * (one.radius + other.radius);
    }
  }
}

/** Where the points of a layout stand. */
export function spotsOf(points: readonly Point[]): Spots {
  return new Map(points.map(({ id, x, y }) => [id, [x ?? 0, y ?? 0] as Spot]));
}

/**
 * Moves boxes apart until none lies on another, along the axis on which they overlap less; what is held stays.
 * Boxes are swept from left to right, so that only neighbours are compared.
 */
export function separate(
  spots: ReadonlyMap<string, Spot>,
  bodies: readonly Body[],
  held: ReadonlySet<string> = new Set(),
  rounds = 200,
): Spots {
  const boxes = bodies.map(({ id, box }) => {
    const [x, y] = spots.get(id) ?? [0, 0];
    return { id, x, y, w: box[0] / 2 + GAP / 2, h: box[1] / 2 + GAP / 2, held: held.has(id) };
  });
  for (let round = 0; round < rounds; round += 1) {
    boxes.sort((a, b) => a.x - a.w - (b.x - b.w) || (a.id < b.id ? -1 : 1));
    let clashes = 0;
    for (const [place, a] of boxes.entries()) {
      for (let other = place + 1; other < boxes.length; other += 1) {
        const b = boxes[other] as (typeof boxes)[number];
        if (b.x - b.w >= a.x + a.w) break;
        const across = a.w + b.w - Math.abs(a.x - b.x);
        const along = a.h + b.h - Math.abs(a.y - b.y);
        if (across <= 0.01 || along <= 0.01 || (a.held && b.held)) continue;
        clashes += 1;
        const share = a.held || b.held ? 1 : 0.5;
        const push = (Math.min(across, along) + 0.5) * share;
        const sign = across < along ? (a.x <= b.x ? 1 : -1) : a.y <= b.y ? 1 : -1;
        const axis = across < along ? "x" : "y";
        if (!a.held) a[axis] -= sign * push;
        if (!b.held) b[axis] += sign * push;
      }
    }
    if (!clashes) break;
  }
  return new Map(boxes.map(({ id, x, y }) => [id, [x, y] as Spot]));
}

/** More things than this do not stand on one ring. */
const RING = 44;

/**
 * On a ring around what a network begins at, where nearly all hangs on that; null where it is no star.
 *
 * @param wide How much wider than high the ring is.
 */
export function ring(
  bodies: readonly Body[],
  bonds: readonly Bond[],
  starts: readonly string[],
  wide = 1.5,
): Spots | null {
  const [centre, ...others] = starts;
  const around = bodies.filter(({ id }) => id !== centre);
  const spokes = new Set(
    bonds.flatMap(({ source, target }) => (source === centre ? [target] : target === centre ? [source] : [])),
  );
  if (centre === undefined || others.length || around.length > RING || spokes.size < around.length)
    return null;
  const spots = new Map<string, Spot>([[centre, [0, 0]]]);
  const high = Math.max(150, around.length * 15);
  const far = around.length > 14;
  for (const [place, { id }] of around.entries()) {
    const angle = (2 * Math.PI * (place + 0.5)) / around.length - Math.PI / 2;
    const reach = far && place % 2 ? 1.32 : 1;
    spots.set(id, [Math.cos(angle) * high * wide * reach, Math.sin(angle) * high * reach]);
  }
  return separate(spots, bodies, new Set([centre]));
}

/** A whole force layout at once; of many things better step by step, with `forces`. */
export function spread(
  bodies: readonly Body[],
  bonds: readonly Bond[],
  held: ReadonlyMap<string, Spot> = new Map(),
): Spots {
  const { simulation, points, ticks } = forces(bodies, bonds, held);
  simulation.tick(ticks);
  return finished(points, bodies, held);
}

/** What a layout at rest comes to. */
export function finished(
  points: readonly Point[],
  bodies: readonly Body[],
  held: ReadonlyMap<string, Spot>,
): Spots {
  const spots = spotsOf(points);
  return bodies.length > CROWD ? spots : separate(spots, bodies, new Set(held.keys()));
}

/** In layers from top to bottom: an owner above what it owns. */
export function layers(bodies: readonly Body[], bonds: readonly Bond[]): Spots {
  const graph = new Graph();
  graph.setGraph({ rankdir: "TB", nodesep: GAP * 1.5, ranksep: 64, marginx: 0, marginy: 0 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id, box } of bodies) graph.setNode(id, { width: box[0], height: box[1] });
  for (const { source, target } of bonds) graph.setEdge(source, target);
  layered(graph);
  return new Map(bodies.map(({ id }) => [id, [graph.node(id).x, graph.node(id).y] as Spot]));
}
