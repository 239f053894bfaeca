// What the editor offers while one types: terms of the ontology, and what VoID says is used, most used first.

export type Kind = "class" | "property";

export type Prefixes = Readonly<Record<string, string>>;

type Node = Record<string, unknown>;

/** What VoID tells of the data: the prefixes of its context, and how often each class and property occurs. */
export type Used = {
  prefixes: Record<string, string>;
  class: Map<string, number>;
  property: Map<string, number>;
};

/** An IRI in full: `verre:Need` with the prefixes of a context. */
export function full(iri: string, prefixes: Prefixes): string {
  const colon = iri.indexOf(":");
  const space = prefixes[iri.slice(0, colon)];
  return space !== undefined && !iri.startsWith("//", colon + 1) ? space + iri.slice(colon + 1) : iri;
}

/** Every node of a JSON-LD document, nested ones too. */
function* nodes(value: unknown): Generator<Node> {
  if (Array.isArray(value)) for (const each of value) yield* nodes(each);
  else if (value && typeof value === "object") {
    yield value as Node;
    for (const each of Object.values(value)) yield* nodes(each);
  }
}

function plain(value: unknown): string {
  const one = Array.isArray(value) ? value[0] : value;
  if (one && typeof one === "object") return String((one as Node)["@id"] ?? (one as Node)["@value"] ?? "");
  return one === undefined ? "" : String(one);
}

/** Reads a VoID description in compact JSON-LD, as `/.well-known/void` gives it. */
export function used(document: unknown): Used {
  const found: Used = { prefixes: {}, class: new Map(), property: new Map() };
  const context = (document as Node | undefined)?.["@context"];
  for (const [name, space] of Object.entries(context ?? {})) {
    if (typeof space === "string") found.prefixes[name] = space;
  }
  for (const node of nodes(document)) {
    for (const [kind, count] of [
      ["class", "void:entities"],
      ["property", "void:triples"],
    ] as const) {
      const iri = full(plain(node[`void:${kind}`]), found.prefixes);
      if (!iri) continue;
      const times = Number(plain(node[count])) || 0;
      found[kind].set(iri, Math.max(found[kind].get(iri) ?? 0, times));
    }
  }
  return found;
}

/** What is used, most used first, then the rest of the ontology by name. */
export function offered(terms: readonly string[], counts: ReadonlyMap<string, number>): string[] {
  const rank = (iri: string) => counts.get(iri) ?? 0;
  const all = [...new Set([...terms, ...counts.keys()])];
  return all.toSorted((a, b) => rank(b) - rank(a) || (a < b ? -1 : 1));
}

/** The ones that what was typed begins, then those that hold it after a namespace; whatever the case. */
export function fitting(iris: readonly string[], typed: string, most = 60): string[] {
  const small = typed.toLowerCase();
  const cut = Math.max(small.lastIndexOf("#"), small.lastIndexOf("/")) + 1;
  const [space, local] = [small.slice(0, cut), small.slice(cut)];
  const begins = iris.filter((iri) => iri.toLowerCase().startsWith(small));
  const holds = iris.filter((iri) => {
    const lower = iri.toLowerCase();
    return !lower.startsWith(small) && lower.startsWith(space) && lower.slice(space.length).includes(local);
  });
  return [...begins, ...holds].slice(0, most);
}
