// What the server tells of a network, and what of it is drawn as one line.

export type Source = { id: string; title?: string; publisher?: string; date?: string; url?: string };

export type Thing = {
  id: string;
  ref: string;
  label: string;
  kind: string;
  depth: number;
  countryLabel?: string;
  more?: Record<string, number>;
};

export type Tie = {
  source: string;
  target: string;
  key: string;
  kind: string;
  label: string;
  weight: number;
  status?: string;
  product?: string;
  territoryLabel?: string;
  since?: string;
  until?: string;
  ended: boolean;
  dateUnknown: boolean;
  sources: Source[];
};

export type Network = {
  graph: {
    starts: string[];
    ends?: string[];
    paths?: { nodes: string[]; length: number }[];
    truncated: boolean;
    day: string;
    release: string;
  };
  nodes: Thing[];
  edges: Tie[];
};

/** All that ties two things, drawn as one line; the strongest decides how it looks. */
export type Link = {
  id: string;
  source: string;
  target: string;
  ties: Tie[];
  stroke: "double" | "solid" | "dotted";
  over: boolean;
  undated: boolean;
  /** The status in which it ends at its market, or an empty text. */
  mark: string;
  said: string;
};

const STROKES: Record<string, Link["stroke"]> = {
  ownership: "double",
  branch: "double",
  membership: "dotted",
  mission: "dotted",
  award: "dotted",
};

/** What an address calls a thing, so that nothing else is meant by it; as `graph.network.view.word` has it. */
export function word(thing: Thing): string {
  if (thing.kind === "market") return `market:${thing.ref}`;
  return ["person", "mission", "award"].includes(thing.kind) ? thing.id : thing.ref;
}

function stronger(a: Tie, b: Tie): number {
  return Number(a.ended) - Number(b.ended) || b.weight - a.weight || (a.key < b.key ? -1 : 1);
}

function told(tie: Tie): string {
  return [tie.label, tie.product, tie.territoryLabel].filter(Boolean).join(", ");
}

/** The lines of a network, each pair of things once, in an order that does not depend on that of the ties. */
export function links(network: Network): Link[] {
  const known = new Set(network.nodes.map((node) => node.id));
  const pairs = new Map<string, Tie[]>();
  for (const tie of network.edges) {
    if (tie.source === tie.target || !known.has(tie.source) || !known.has(tie.target)) continue;
    const id = [tie.source, tie.target].sort().join(" ");
    pairs.set(id, [...(pairs.get(id) ?? []), tie]);
  }
  return [...pairs.keys()].sort().map((id) => link(id, (pairs.get(id) as Tie[]).sort(stronger)));
}

function link(id: string, ties: Tie[]): Link {
  const first = ties[0] as Tie;
  const status = ties.find((tie) => tie.status)?.status ?? "";
  return {
    id,
    source: first.source,
    target: first.target,
    ties,
    stroke: STROKES[first.kind] ?? "solid",
    over: first.ended,
    undated: first.dateUnknown,
    mark: status && first.ended ? "withdrawn" : status,
    said: told(first),
  };
}

/** The sources of some ties, each once, by key. */
export function sources(ties: Iterable<Tie>): Source[] {
  const found = new Map<string, Source>();
  for (const tie of ties) for (const source of tie.sources) found.set(source.id, source);
  return [...found.keys()].sort().map((id) => found.get(id) as Source);
}

/** The ids of the lines on a path. */
export function onPath(nodes: readonly string[]): Set<string> {
  return new Set(nodes.slice(1).map((id, place) => [nodes[place] as string, id].sort().join(" ")));
}

/** Why the server gave no network: what it said of it, and with which status. */
export class Refused extends Error {
  readonly status: number;

  constructor(status: number, detail: string) {
    super(detail);
    this.status = status;
  }
}

type Problem = { detail?: string; title?: string; setting?: string; issues?: { detail?: string }[] };

/** Asks this server for JSON. Throws `Refused`, or the `AbortError` of the signal. */
export async function ask<T>(address: string, signal?: AbortSignal): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch(address, { headers: { Accept: "application/json" }, signal: signal ?? null });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Refused(0, "");
  }
  if (answer.ok) return (await answer.json()) as T;
  const problem = (await answer.json().catch(() => ({}))) as Problem;
  const issues = (problem.issues ?? []).map((issue) => issue.detail ?? "");
  const detail = [problem.detail ?? problem.title ?? `HTTP ${answer.status}`, ...issues, problem.setting];
  throw new Refused(answer.status, detail.filter(Boolean).join(" · "));
}
