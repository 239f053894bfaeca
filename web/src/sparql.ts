// The editor of `/sparql`: the plain form, made to help. Without this script the form works as it stands.

import Yasqe from "@zazuko/yasqe";
import type { Editor, KeyMap } from "codemirror";
import "@zazuko/yasqe/build/yasqe.min.css";
import "./sparql.css";
import { type Answer, ask, Failed } from "./answer.ts";
import { completers } from "./completers.ts";
import { VIEWS, type View } from "./pictures/gallery.ts";
import { Report } from "./report.ts";
import { used } from "./terms.ts";

const form = document.querySelector<HTMLFormElement>("form#ask");
const area = document.querySelector<HTMLTextAreaElement>("textarea#query");
const data = document.querySelector<HTMLElement>("#editor")?.dataset;

/** A query that a link carries: `/sparql#query=...`; after `#`, so that no server and no log sees it. */
function linked(): string | null {
  return new URLSearchParams(location.hash.slice(1)).get("query");
}

/** How the answer is to be looked at, as a link says: `&view=chart`. */
function view(): View {
  const asked = new URLSearchParams(location.hash.slice(1)).get("view");
  return VIEWS.find((each) => each === asked) ?? "table";
}

/** Puts the query into the address, and how its answer is looked at. */
function keep(query: string, looked: View): void {
  const parts = new URLSearchParams({ query, ...(looked === "table" ? {} : { view: looked }) });
  history.replaceState(null, "", `#${parts}`);
}

/** Whether the query of the address only waits to be asked: another language keeps what one wrote. */
function waiting(): boolean {
  return new URLSearchParams(location.hash.slice(1)).has("wait");
}

function editor(before: HTMLTextAreaElement, label: string): Yasqe {
  Yasqe.defaults.autocompleters = []; // its own ask other hosts; ours come when the vocabulary is there
  Yasqe.defaults.createShareableLink = undefined as never; // the link stands with the answer
  const place = document.createElement("div");
  before.before(place);
  const made = new Yasqe(place, {
    persistenceId: null,
    consumeShareLink: null,
    showQueryButton: false,
    resizeable: false,
    lineNumbers: true,
    viewportMargin: Number.POSITIVE_INFINITY,
    screenReaderLabel: label,
    editorHeight: "auto",
  });
  made.setValue(linked() ?? before.value);
  return made;
}

async function vocabulary(): Promise<ReturnType<typeof used>> {
  try {
    const response = await fetch("/.well-known/void", { headers: { Accept: "application/ld+json" } });
    return used(response.ok ? await response.json() : {});
  } catch {
    return used({}); // completion then knows the ontology only
  }
}

function start(ask: HTMLFormElement, area: HTMLTextAreaElement, data: DOMStringMap): void {
  const words = JSON.parse(data.words ?? "{}") as Record<string, string>;
  const yasqe = editor(area, ask.querySelector("label[for=query]")?.textContent ?? "");
  area.hidden = true;
  const report = new Report(
    document.querySelector("#answer") as HTMLElement,
    words,
    document.documentElement.lang,
  );
  report.base = data.base ?? "";
  report.world = data.world ?? "";
  report.countries = JSON.parse(data.countries ?? "{}");
  report.view = view();
  report.looked = () => keep(asked, report.view);
  report.again = (text) => {
    yasqe.setValue(text);
    ask.requestSubmit(ask.querySelector<HTMLButtonElement>("button#run"));
  };
  vocabulary().then((found) => {
    report.prefixes = found.prefixes;
    for (const each of completers(JSON.parse(data.terms ?? "{}"), found)) {
      Yasqe.registerAutocompleter(each, false);
      yasqe.enableCompleter(each.name);
    }
  });
  keys(yasqe, () => ask.requestSubmit(ask.querySelector<HTMLButtonElement>("button#run")));
  yasqe.on("change", () => {
    area.value = yasqe.getValue();
  });
  area.value = yasqe.getValue();
  ask.addEventListener("submit", (event) => {
    event.preventDefault();
    void run(ask, report);
  });
  window.addEventListener("hashchange", () => {
    const text = linked();
    if (text !== null && text !== yasqe.getValue()) yasqe.setValue(text);
  });
  for (const each of document.querySelectorAll<HTMLAnchorElement>(".langs a")) {
    each.addEventListener("click", () => {
      each.hash = String(new URLSearchParams({ query: yasqe.getValue(), wait: "1" }));
    });
  }
  for (const each of document.querySelectorAll<HTMLElement>("[data-with-script]")) each.hidden = false;
  for (const each of document.querySelectorAll<HTMLElement>("[data-without-script]")) each.hidden = true;
  if (linked() !== null && !waiting()) void run(ask, report);
}

/** Tab leaves the editor, as everywhere on a page; Ctrl+Enter asks; Ctrl+Space completes. */
function keys(yasqe: Yasqe, submit: () => void): void {
  const editor = yasqe as unknown as Editor; // Yasqe's own types know its own options only
  const map = { ...(editor.getOption("extraKeys") as KeyMap) };
  for (const key of ["Tab", "Shift-Tab", "Ctrl-S"]) map[key] = false;
  for (const key of ["Ctrl-Enter", "Cmd-Enter"]) map[key] = submit;
  editor.setOption("extraKeys", map);
}

let asked = "";
let running: AbortController | undefined;

function fieldsOf(form: HTMLFormElement): URLSearchParams {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (name !== "format") fields.set(name, String(value));
  return fields;
}

async function run(form: HTMLFormElement, report: Report): Promise<void> {
  running?.abort();
  const mine = new AbortController();
  running = mine;
  const fields = fieldsOf(form);
  asked = fields.get("query") ?? "";
  keep(asked, report.view);
  report.asking(() => mine.abort());
  const began = performance.now();
  try {
    const answer: Answer = await ask(fields, mine.signal);
    report.show(answer, fields, performance.now() - began);
  } catch (error) {
    if (running !== mine) return; // another question has been asked since
    if (mine.signal.aborted) report.stopped();
    else report.fail(error instanceof Failed ? error : new Failed("other", String(error)), asked);
  }
}

if (form && area && data) start(form, area, data);
