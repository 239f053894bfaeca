// N-Triples, line by line, as the rows of a table with three columns.

import type { Cell, Row } from "../answer.ts";

const TERM = String.raw`(<[^>]*>|_:\S+|"(?:[^"\\]|\\.)*"(?:@[\w-]+|\^\^<[^>]*>)?)`;
const TRIPLE = new RegExp(`^${TERM} ${TERM} ${TERM} \\.$`);

/** A triple as a row, from a line of N-Triples; nothing from a line that is none. */
export function triple(line: string): Row | undefined {
  const parts = TRIPLE.exec(line.trim());
  if (!parts) return undefined;
  return { subject: term(parts[1] ?? ""), predicate: term(parts[2] ?? ""), object: term(parts[3] ?? "") };
}

function term(text: string): Cell {
  if (text.startsWith("<")) return { type: "uri", value: unescaped(text.slice(1, -1)) };
  if (text.startsWith("_:")) return { type: "bnode", value: text.slice(2) };
  const end = text.lastIndexOf('"');
  const tail = text.slice(end + 1);
  const made: Cell = { type: "literal", value: unescaped(text.slice(1, end)) };
  if (tail.startsWith("@")) made["xml:lang"] = tail.slice(1);
  if (tail.startsWith("^^")) made.datatype = tail.slice(3, -1);
  return made;
}

const ESCAPES: Readonly<Record<string, string>> = { t: "\t", n: "\n", r: "\r", b: "\b", f: "\f" };

function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (_, short, long, one) =>
    short || long ? String.fromCodePoint(Number.parseInt(short ?? long, 16)) : (ESCAPES[one] ?? one),
  );
}
