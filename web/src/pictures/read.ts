// What a table of solutions can be drawn as: columns of numbers, of countries, and pairs of things.

import type { Cell, Row } from "../answer.ts";
import { isNumber, words } from "../table.ts";
import { toneOf } from "./tones.ts";

/** What the words of a cell are; the report knows prefixes, and the names of countries. */
export type Wording = (cell: Cell) => string;

export type Point = { label: string; value: number };

export type Thing = { key: string; iri: string; label: string };

export type Tie = { from: string; to: string; label: string };

export type Net = { things: Thing[]; ties: Tie[] };

const COUNTRY = /^http:\/\/publications\.europa\.eu\/resource\/authority\/country\/([A-Z]{3})$/;
const NAMES = ["name", "label", "title"];

/** The columns in which every cell that is there is a number, and one is there. */
export function numbers(columns: readonly string[], rows: readonly Row[]): string[] {
  return columns.filter((column) => {
    const cells = rows.flatMap((row) => row[column] ?? []);
    return (
      cells.length > 0 && cells.every(isNumber) && cells.every((cell) => Number.isFinite(Number(cell.value)))
    );
  });
}

/** The columns that say what a row is about: names before IRIs, at most two. */
export function labels(columns: readonly string[], rows: readonly Row[]): string[] {
  const counted = new Set(numbers(columns, rows));
  const others = columns.filter((column) => !counted.has(column) && rows.some((row) => row[column]));
  const named = others.filter((column) => NAMES.some((name) => column.toLowerCase().endsWith(name)));
  return (named.length ? named : others).slice(0, 2);
}

/** One point a row that has a number; the largest first, years in their order. */
export function points(rows: readonly Row[], by: readonly string[], column: string, say: Wording): Point[] {
  const made = rows.flatMap((row) => {
    const cell = row[column];
    const label = by
      .map((each) => (row[each] ? say(row[each]) : ""))
      .filter(Boolean)
      .join(" · ");
    return cell ? [{ label, value: Number(cell.value) }] : [];
  });
  return years(made)
    ? made.toSorted((a, b) => Number(a.label) - Number(b.label))
    : made.toSorted((a, b) => b.value - a.value);
}

/** Whether the labels are years, each once: then it is a line through time. */
export function years(made: readonly Point[]): boolean {
  const all = made.map((point) => point.label);
  return all.length > 2 && all.every((label) => /^\d{4}$/.test(label)) && new Set(all).size === all.length;
}

/** The ISO code (three letters) of a country of the EU's list; nothing for anything else. */
export function country(cell: Cell | undefined): string {
  return (cell?.type === "uri" && COUNTRY.exec(String(cell.value))?.[1]) || "";
}

/** The columns that hold countries, the fullest first. */
export function countries(columns: readonly string[], rows: readonly Row[]): string[] {
  const held = (column: string) => rows.filter((row) => country(row[column])).length;
  return columns.filter((column) => held(column) > 0).toSorted((a, b) => held(b) - held(a));
}

/** How many rows name each country of a column. */
export function counted(rows: readonly Row[], column: string): Map<string, number> {
  const found = new Map<string, number>();
  for (const row of rows) {
    const code = country(row[column]);
    if (code) found.set(code, (found.get(code) ?? 0) + 1);
  }
  return found;
}

/** The number of each country that has one row. */
export function valued(rows: readonly Row[], column: string, by: string): Map<string, number> {
  return new Map(
    rows.flatMap((row) =>
      country(row[column]) && row[by] ? [[country(row[column]), Number(row[by].value)]] : [],
    ),
  );
}

/** The columns that hold things, those with companies, people, markets and missions first: IRIs, or nodes without one. */
export function things(columns: readonly string[], rows: readonly Row[]): string[] {
  const thing = (cell: Cell | undefined) => cell?.type === "uri" || cell?.type === "bnode";
  const known = (column: string) => Number(rows.some((row) => toneOf(String(row[column]?.value ?? ""))));
  const all = columns.filter((column) => {
    const cells = rows.flatMap((row) => row[column] ?? []);
    return cells.length > 0 && cells.every(thing);
  });
  return all.toSorted((a, b) => known(b) - known(a));
}

/** The things of two columns and the ties between them: one a pair, however many rows say it. */
export function net(rows: readonly Row[], [from, to]: readonly [string, string], say: Wording): Net {
  const made = new Made();
  for (const row of rows) {
    const [left, right] = [row[from], row[to]];
    if (!left || !right) continue;
    const a = made.thing(left, say(named(row, from) ?? left));
    made.tie(a, made.thing(right, say(named(row, to) ?? right)), "");
  }
  return made.net;
}

/** The cell that names the thing of a column: `companyName` or `companyLabel` beside `company`. */
function named(row: Row, column: string): Cell | undefined {
  const beside = NAMES.map((name) => row[`${column}${name[0]?.toUpperCase()}${name.slice(1)}`]);
  return beside.find(Boolean);
}

/** The things that triples tie together; a label of theirs is their name, other words are left to the text. */
export function netOfTriples(rows: readonly Row[], say: Wording): Net {
  const names = new Map<string, string>();
  for (const { subject, predicate, object } of rows) {
    const naming = /[#/](?:label|prefLabel|name|title)$/.test(String(predicate?.value));
    if (subject && object?.type === "literal" && naming) names.set(keyOf(subject), String(object.value));
  }
  const made = new Made();
  for (const { subject, predicate, object } of rows) {
    if (!subject || !predicate || !object || object.type === "literal") continue;
    const [a, b] = [subject, object].map((cell) => made.thing(cell, names.get(keyOf(cell)) ?? say(cell)));
    made.tie(a ?? "", b ?? "", say(predicate));
  }
  return made.net;
}

function keyOf(cell: Cell): string {
  return `${cell.type} ${String(cell.value)}`;
}

class Made {
  readonly net: Net = { things: [], ties: [] };
  private readonly known = new Set<string>();

  thing(cell: Cell, label: string): string {
    const key = keyOf(cell);
    if (!this.known.has(key)) this.net.things.push({ key, label, iri: String(cell.value) });
    this.known.add(key);
    return key;
  }

  tie(from: string, to: string, label: string): void {
    const key = `${from} ${to} ${label}`;
    if (!this.known.has(key)) this.net.ties.push({ from, to, label });
    this.known.add(key);
  }
}

/** The words of a cell with names of countries for their IRIs. */
export function wording(
  prefixes: Readonly<Record<string, string>>,
  base: string,
  names: Readonly<Record<string, string>>,
): Wording {
  return (cell) => {
    const code = country(cell);
    if (code && names[code]) return names[code];
    const iri = String(cell.value);
    if (cell.type === "uri" && base && iri.startsWith(`${base}id/`))
      return iri.slice(iri.lastIndexOf("/") + 1);
    return words(cell, prefixes);
  };
}
