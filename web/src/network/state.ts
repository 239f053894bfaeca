// What one has put together, as an address: the query says what is in the network, the part after `#` how it is drawn.

export type Spot = readonly [number, number];

/** What is in the network; the server reads the same words from the same parameters. */
export type Query = {
  readonly of: readonly string[];
  readonly expand: readonly string[];
  readonly hide: readonly string[];
  readonly relation: readonly string[];
  readonly status: readonly string[];
  readonly source: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly asOf: string;
  readonly depth: string;
  readonly includeEnded: string;
};

/** How it is drawn. Spots are known by the word that an address has for a thing. */
export type Look = {
  readonly labels: boolean;
  readonly layers: boolean;
  readonly pinned: readonly string[];
  readonly spots: ReadonlyMap<string, Spot>;
};

export type State = { readonly query: Query; readonly look: Look };

const LISTS = ["of", "expand", "hide", "relation", "status", "source"] as const;
const TEXTS = ["from", "to", "asOf", "depth", "includeEnded"] as const;

export const NO_LOOK: Look = { labels: false, layers: false, pinned: [], spots: new Map() };

/** The query of a form or of an address; empty fields ask for nothing, and nothing is asked twice. */
export function readQuery(fields: URLSearchParams | FormData): Query {
  const all = (name: string) => [
    ...new Set(
      fields
        .getAll(name)
        .map((value) => String(value).trim())
        .filter(Boolean),
    ),
  ];
  const lists = Object.fromEntries(LISTS.map((name) => [name, all(name)]));
  const texts = Object.fromEntries(TEXTS.map((name) => [name, all(name)[0] ?? ""]));
  const query = { ...lists, ...texts } as unknown as Query;
  return query.depth === "1" ? { ...query, depth: "" } : query;
}

/** The parameters of a query, in one order, so that the same network has the same address. */
export function writeQuery(query: Query): URLSearchParams {
  const made = new URLSearchParams();
  for (const name of LISTS) for (const value of query[name]) made.append(name, value);
  for (const name of TEXTS) if (query[name]) made.append(name, query[name]);
  return made;
}

/** More spots would make an address that mail programs break; those that are pinned are kept in any case. */
const MOST_SPOTS = 200;

/** The part after `#`: `labels&layers&pin=JP&at=luminex.-12.40~…`. */
export function writeLook(look: Look): string {
  const made = new URLSearchParams();
  if (look.labels) made.set("labels", "1");
  if (look.layers) made.set("layers", "1");
  for (const word of look.pinned) made.append("pin", word);
  const pinned = new Set(look.pinned);
  const kept = [...look.spots].filter(([word]) => look.spots.size <= MOST_SPOTS || pinned.has(word));
  const at = kept.map(([word, [x, y]]) => `${encoded(word)}.${Math.round(x)}.${Math.round(y)}`);
  const spots = at.length ? `at=${at.join("~")}` : "";
  return [made.toString(), spots].filter(Boolean).join("&");
}

/** Reads it back; what cannot be read is left out, for somebody may have cut the address. */
export function readLook(hash: string): Look {
  const text = hash.replace(/^#/, "");
  const parts = text.split("&");
  const at = parts.find((part) => part.startsWith("at="))?.slice("at=".length) ?? "";
  const fields = new URLSearchParams(parts.filter((part) => !part.startsWith("at=")).join("&"));
  const spots = new Map<string, Spot>();
  for (const each of at.split("~")) {
    const found = /^(.+)\.(-?\d{1,6})\.(-?\d{1,6})$/.exec(each);
    const word = found ? decoded(found[1] ?? "") : "";
    if (found && word) spots.set(word, [Number(found[2]), Number(found[3])]);
  }
  return {
    labels: fields.has("labels"),
    layers: fields.has("layers"),
    pinned: fields.getAll("pin"),
    spots,
  };
}

/** `~` stands between spots, so within a word it is written in another way. */
function encoded(word: string): string {
  return encodeURIComponent(word).replaceAll("~", "%7E");
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

/** A list with one more, or the same list where it is there already. */
export function withOne(list: readonly string[], one: string): readonly string[] {
  return list.includes(one) ? list : [...list, one];
}

/** Puts a thing out of sight; what is hidden is not pinned or expanded any longer. */
export function hiding(state: State, word: string): State {
  const expand = state.query.expand.filter((each) => each !== word && !each.endsWith(`~${word}`));
  const pinned = state.look.pinned.filter((each) => each !== word);
  return {
    query: { ...state.query, expand, hide: withOne(state.query.hide, word) },
    look: { ...state.look, pinned },
  };
}

/** Asks for the relations of a thing: of one kind, or all where none is named. */
export function expanding(state: State, word: string, relation = ""): State {
  const asked = relation ? `${relation}~${word}` : word;
  const query = { ...state.query, expand: withOne(state.query.expand, asked) };
  if (relation && query.relation.length && !query.relation.includes(relation)) {
    return { ...state, query: { ...query, relation: [...query.relation, relation] } };
  }
  return { ...state, query };
}
