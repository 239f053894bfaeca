// The table of solutions: cells as text, the order of a column.

import type { Cell, Row } from "./answer.ts";

const XSD = "http://www.w3.org/2001/XMLSchema#";
const NUMBERS = new Set(
  [
    "integer",
    "decimal",
    "double",
    "float",
    "int",
    "long",
    "short",
    "nonNegativeInteger",
    "positiveInteger",
  ].map((name) => XSD + name),
);

/** Whether a cell is a number of XML Schema. */
export function isNumber(cell: Cell | undefined): boolean {
  return cell?.datatype !== undefined && NUMBERS.has(cell.datatype);
}

/** A cell as people read it; an IRI in its short form where a prefix fits, a triple in angle brackets. */
export function words(cell: Cell | undefined, prefixes: Readonly<Record<string, string>> = {}): string {
  if (!cell) return "";
  if (cell.type === "triple") {
    const { subject, predicate, object } = cell.value as Record<string, Cell>;
    return `<< ${[subject, predicate, object].map((part) => words(part, prefixes)).join(" ")} >>`;
  }
  if (cell.type === "bnode") return `_:${cell.value}`;
  return cell.type === "uri" ? short(String(cell.value), prefixes) : String(cell.value);
}

/** `verre:ExportEngagement` for its IRI: by the longest namespace that fits. */
export function short(iri: string, prefixes: Readonly<Record<string, string>>): string {
  let best: [string, string] = ["", ""];
  for (const [prefix, space] of Object.entries(prefixes)) {
    if (iri.startsWith(space) && space.length > best[1].length) best = [prefix, space];
  }
  const local = iri.slice(best[1].length);
  return best[1] && /^[\p{L}\p{N}_-]+$/u.test(local) ? `${best[0]}:${local}` : iri;
}

/** The rows in the order of one column: numbers by value, text as the language sorts it, empty cells last. */
export function sorted(rows: readonly Row[], column: string, down: boolean, lang: string): Row[] {
  const collator = new Intl.Collator(lang, { numeric: true });
  const sign = down ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [left, right] = [a[column], b[column]];
    if (!left || !right) return Number(!left) - Number(!right);
    if (isNumber(left) && isNumber(right)) return sign * (Number(left.value) - Number(right.value));
    return sign * collator.compare(words(left), words(right));
  });
}
