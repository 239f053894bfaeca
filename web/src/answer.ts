// Asking `/sparql`, and what came of it: an answer, or what went wrong in a form that can be said in words.

import { triple } from "./pictures/triples.ts";

export type Cell = {
  type: "uri" | "literal" | "typed-literal" | "bnode" | "triple";
  value: unknown;
  "xml:lang"?: string;
  datatype?: string;
};

export type Row = Record<string, Cell | undefined>;

export type Answer =
  | { kind: "table"; columns: string[]; rows: Row[]; text: string }
  | { kind: "truth"; value: boolean; text: string }
  | { kind: "triples"; text: string };

/** Kinds of failure; each has a text `editor.failed.*` in the catalogues. */
export type Failure = "cut" | "busy" | "refused" | "broken" | "unreachable" | "large" | "other";

export class Failed extends Error {
  readonly kind: Failure;
  /** What the server said of it, in its own words. */
  readonly detail: string;
  /** The setting that the answer ran into; empty where it was none. */
  readonly setting: string;

  constructor(kind: Failure, detail = "", setting = "") {
    super(detail || kind);
    this.kind = kind;
    this.detail = detail;
    this.setting = setting;
  }
}

export const ACCEPT = "application/sparql-results+json, text/turtle;q=0.9";

/** The most bytes that a page takes in; the download has no such limit. */
export const MOST_BYTES = 32 * 2 ** 20;

const KINDS: Record<number, Failure> = { 400: "refused", 429: "busy", 503: "busy", 504: "cut", 507: "large" };

type Problem = { title?: string; detail?: string; setting?: string; issues?: { detail?: string }[] };

/** What an error answer says: its kind by status, its words from the problem document. */
export function failure(status: number, body: string): Failed {
  const kind = KINDS[status] ?? "other";
  let problem: Problem;
  try {
    problem = JSON.parse(body) ?? {};
  } catch {
    return new Failed(kind, `HTTP ${status}`); // a proxy's page, say
  }
  const issues = (problem.issues ?? []).map((issue) => issue.detail ?? "");
  const detail = [problem.detail ?? problem.title ?? `HTTP ${status}`, ...issues].filter(Boolean).join(" · ");
  return new Failed(kind, detail, problem.setting);
}

/** Reads what the server gave: a table, true or false, or triples as Turtle. */
export function read(type: string, text: string): Answer {
  if (!type.startsWith("application/sparql-results+json")) return { kind: "triples", text };
  let found: { boolean?: boolean; head?: { vars?: string[] }; results?: { bindings: Row[] } };
  try {
    found = JSON.parse(text);
  } catch {
    throw new Failed("broken"); // cut in the middle, though the connection was closed as if all were said
  }
  if (typeof found.boolean === "boolean") return { kind: "truth", value: found.boolean, text };
  if (!found.results) throw new Failed("broken");
  return { kind: "table", columns: found.head?.vars ?? [], rows: found.results.bindings, text };
}

async function whole(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) return "";
  const decoder = new TextDecoder();
  let [text, bytes] = ["", 0];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > MOST_BYTES) {
      await reader.cancel();
      throw new Failed("large");
    }
    text += decoder.decode(value, { stream: true });
  }
}

/** Lines of triples that a picture reads; the text has them all. */
const MOST_LINES = 20_000;

/** The triples of a query one by one: asked once more, in the form that is read line by line. */
export async function triples(fields: URLSearchParams): Promise<Row[]> {
  const headers = { Accept: "application/n-triples" };
  const response = await fetch("/sparql", { method: "POST", body: fields, headers });
  const text = await whole(response);
  if (!response.ok) throw failure(response.status, text);
  const rows = text.split("\n", MOST_LINES).map(triple);
  return rows.filter((row) => row !== undefined);
}

/** Asks a query. Throws `Failed`, or the `AbortError` of the signal. */
export async function ask(fields: URLSearchParams, signal: AbortSignal): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch("/sparql", { method: "POST", body: fields, headers: { Accept: ACCEPT }, signal });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new Failed("unreachable");
  }
  try {
    const text = await whole(response);
    if (!response.ok) throw failure(response.status, text);
    return read(response.headers.get("Content-Type") ?? "", text);
  } catch (error) {
    if (signal.aborted || error instanceof Failed) throw error;
    throw new Failed("broken"); // the stream broke off
  }
}
