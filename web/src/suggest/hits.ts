// What a name that was found leads to, and what is said of it.

import { fill } from "../words.ts";

export interface Hit {
  kind: string;
  id: string;
  label: string;
}

const PAGES: Readonly<Record<string, string>> = {
  company: "companies",
  person: "people",
  mission: "missions",
  market: "markets",
  source: "sources",
};

/** The page of a hit in the language and release of the form; null where its kind has none. */
export function address(hit: Hit, kept: readonly (readonly [string, string])[]): string | null {
  const query = new URLSearchParams(kept.map(([name, value]) => [name, value]));
  if (hit.kind === "product") query.set("product", hit.id);
  const section = hit.kind === "product" ? "exporters" : PAGES[hit.kind];
  if (!section || !hit.id) return null;
  const path = hit.kind === "product" ? `/${section}` : `/${section}/${encodeURIComponent(hit.id)}`;
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

/** How many were found, in words. */
export function counted(words: Readonly<Record<string, string>>, number: number): string {
  const key = number === 0 ? "none" : number === 1 ? "one" : "many";
  return fill(words, key, { n: String(number) });
}

/** The place of the next choice, in a ring; -1 is what was typed. */
export function next(at: number, step: number, number: number): number {
  const places = number + 1;
  return ((at + 1 + step + places) % places) - 1;
}
