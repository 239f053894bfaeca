// What stands under the editor: what is being done, the answer, or in words what went wrong.

import { type Answer, type Failed, type Row, triples } from "./answer.ts";
import { make } from "./dom.ts";
import { limited } from "./limit.ts";
import { Gallery, type View } from "./pictures/gallery.ts";
import { wording } from "./pictures/read.ts";
import type { Plate } from "./pictures/world.ts";
import { isNumber, sorted, words } from "./table.ts";
import { fill } from "./words.ts";

/** Rows that the page shows; the download has them all. */
const MOST_ROWS = 1000;

export class Report {
  prefixes: Readonly<Record<string, string>> = {};
  /** What the IRIs of this graph begin with; this server answers them on its own host too. */
  base = "";
  /** Alpha-2 code and name of a country by the last part of its IRI. */
  countries: Readonly<Record<string, [string, string]>> = {};
  /** Where the shapes of countries are; empty where they were not built. */
  world = "";
  /** How the answer is looked at; stays from one question to the next. */
  view: View = "table";
  /** Called when another way to look is chosen. */
  looked: () => void = () => {};
  /** Called with a query that asks for less. */
  again: (text: string) => void = () => {};
  private readonly status = make("p", { role: "status", class: "muted" });
  private readonly body = make("div");
  private readonly texts: Readonly<Record<string, string>>;
  private readonly lang: string;

  constructor(place: HTMLElement, texts: Readonly<Record<string, string>>, lang: string) {
    this.texts = texts;
    this.lang = lang;
    place.append(this.status, this.body);
  }

  private t(key: string, gaps: Record<string, string> = {}): string {
    return fill(this.texts, key, gaps);
  }

  private number(value: number, digits = 0): string {
    return new Intl.NumberFormat(this.lang, { maximumFractionDigits: digits }).format(value);
  }

  asking(stop: () => void): void {
    const button = make("button", { type: "button", class: "quiet" }, this.t("stop"));
    button.addEventListener("click", stop);
    this.status.replaceChildren(`${this.t("asking")} `, button);
    this.body.replaceChildren();
  }

  stopped(): void {
    this.status.replaceChildren(this.t("stopped"));
  }

  fail(failed: Failed, query: string): void {
    const told = failed.setting ? this.t("setting", { setting: failed.setting }) : "";
    const detail = [failed.detail, told].filter(Boolean).join(" · ");
    const said = make(
      "div",
      { role: "alert", class: "box failed" },
      make("p", {}, this.t(`failed.${failed.kind}`)),
    );
    if (detail) said.append(make("p", { class: "muted small" }, this.t("said", { detail })));
    said.append(make("p", { class: "small" }, this.t("kept")));
    const less = failed.kind === "cut" || failed.kind === "large" ? limited(query) : "";
    if (less) {
      const button = make("button", { type: "button", class: "quiet" }, this.t("less"));
      button.addEventListener("click", () => this.again(less));
      said.append(make("p", {}, button));
    }
    this.status.replaceChildren();
    this.body.replaceChildren(said);
  }

  show(answer: Answer, fields: URLSearchParams, milliseconds: number): void {
    const seconds = this.number(milliseconds / 1000, 2);
    const links = this.links(answer, fields);
    if (answer.kind === "table") {
      const many = answer.rows.length;
      const key = many === 1 ? "row" : "rows";
      this.status.replaceChildren(this.t(key, { n: this.number(many), seconds }));
      const table = many ? [this.table(answer.columns, answer.rows)] : [this.empty()];
      this.body.replaceChildren(...this.pictures(answer, fields), ...table, links);
    } else if (answer.kind === "truth") {
      this.status.replaceChildren(this.t(answer.value ? "yes" : "no", { seconds }));
      this.body.replaceChildren(links);
    } else {
      this.status.replaceChildren(this.t("triples", { seconds }));
      const text = answer.text.trim()
        ? make("pre", { tabindex: "0" }, make("code", {}, answer.text))
        : this.empty();
      this.body.replaceChildren(...this.pictures(answer, fields), text, links);
    }
    this.body.append(this.raw(answer));
  }

  /** That the graph says nothing of it, and what to look at. */
  private empty(): HTMLElement {
    return make("div", { class: "box" }, make("p", {}, this.t("empty")));
  }

  private pictures(answer: Answer, fields: URLSearchParams): Node[] {
    const say = wording(
      this.prefixes,
      this.base,
      Object.fromEntries(Object.entries(this.countries).map(([code, [, name]]) => [code, name])),
    );
    const gallery = new Gallery(answer, {
      t: (key, gaps) => this.t(key, gaps),
      number: (value) => this.number(value, 2),
      say,
      countries: this.countries,
      plate: this.world ? () => this.plate() : undefined,
      triples: () => triples(fields),
      view: this.view,
      chosen: (view) => {
        this.view = view;
        this.looked();
        this.body.querySelector("#share")?.setAttribute("href", location.href);
      },
    });
    return [gallery.element];
  }

  private async plate(): Promise<Plate> {
    const response = await fetch(this.world);
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return (await response.json()).world;
  }

  private raw(answer: Answer): Node {
    if (answer.kind === "triples") return document.createTextNode("");
    const text = answer.text.length > 200_000 ? `${answer.text.slice(0, 200_000)} …` : answer.text;
    const inner = make("pre", { tabindex: "0" }, make("code", {}, text));
    return make("details", {}, make("summary", {}, this.t("raw")), inner);
  }

  private links(answer: Answer, fields: URLSearchParams): HTMLElement {
    const formats = answer.kind === "triples" ? ["turtle", "ntriples"] : ["csv", "json"];
    const made = make(
      "p",
      { class: "full" },
      make("a", { href: location.href, id: "share" }, this.t("share")),
    );
    for (const format of answer.kind === "truth" ? ["json"] : formats) {
      const href = `/sparql?${new URLSearchParams([...fields, ["format", format]])}`;
      made.append(
        " · ",
        make("a", { href, download: `verre.${format}` }, this.t("take", { format: format.toUpperCase() })),
      );
    }
    return made;
  }

  private table(columns: string[], rows: Row[]): HTMLElement {
    const body = make("tbody");
    const head = make("tr");
    const fillBody = (ordered: readonly Row[]) =>
      body.replaceChildren(...ordered.slice(0, MOST_ROWS).map((row) => this.row(columns, row)));
    for (const column of columns) {
      const button = make(
        "button",
        { type: "button", class: "sort", title: this.t("sort", { column }) },
        column,
      );
      const cell = make("th", { scope: "col" }, button);
      button.addEventListener("click", () => {
        const down = cell.getAttribute("aria-sort") === "ascending";
        for (const other of head.children) other.removeAttribute("aria-sort");
        cell.setAttribute("aria-sort", down ? "descending" : "ascending");
        fillBody(sorted(rows, column, down, this.lang));
      });
      head.append(cell);
    }
    fillBody(rows);
    const shown = Math.min(rows.length, MOST_ROWS);
    const gaps = { shown: this.number(shown), n: this.number(rows.length) };
    const caption = make("caption", {}, this.t(shown < rows.length ? "first" : "caption", gaps));
    const table = make("table", { class: "solutions" }, caption, make("thead", {}, head), body);
    return make(
      "div",
      { class: "scroll", tabindex: "0", role: "region", "aria-label": this.t("caption", gaps) },
      table,
    );
  }

  private row(columns: string[], row: Row): HTMLElement {
    const cells = columns.map((column) => {
      const cell = row[column];
      const iri = String(cell?.value ?? "");
      const ours = this.base !== "" && iri.startsWith(`${this.base}id/`) ? iri.slice(this.base.length) : "";
      const text = cell?.type === "uri" && ours ? ours.slice("id/".length) : words(cell, this.prefixes);
      const made = make("td", isNumber(cell) ? { class: "num" } : {});
      if (cell?.["xml:lang"]) made.lang = cell["xml:lang"];
      // Only what a browser opens as a page: a `javascript:` IRI in the data stays text.
      const href = ours ? `/${ours}` : iri;
      const leads = cell?.type === "uri" && /^https?:/i.test(iri);
      made.append(leads ? make("a", { href, title: iri, rel: "noreferrer" }, text) : text);
      return made;
    });
    return make("tr", {}, ...cells);
  }
}
