// The ways to look at an answer: the table always, and above it a chart, a map or a network where it can be one.

import type { Answer, Row } from "../answer.ts";
import { draw, make } from "../dom.ts";
import { chart, MOST_BARS } from "./chart.ts";
import { busiest, MOST_NAMES, MOST_THINGS, network } from "./network.ts";
import * as read from "./read.ts";
import { type Plate, world } from "./world.ts";

export type View = "table" | "chart" | "map" | "network";

export const VIEWS: readonly View[] = ["table", "chart", "map", "network"];

const NAMES: Readonly<Record<View, string>> = {
  table: "view.table",
  chart: "view.chart",
  map: "view.map",
  network: "view.network",
};
const NEEDS: Readonly<Record<View, string>> = {
  table: "",
  chart: "view.needs.chart",
  map: "view.needs.map",
  network: "view.needs.network",
};

/** What a picture needs beside the answer. */
export type Studio = {
  t: (key: string, gaps?: Record<string, string>) => string;
  number: (value: number) => string;
  say: read.Wording;
  /** Alpha-2 code and name of a country by the last part of its IRI. */
  countries: Readonly<Record<string, [string, string]>>;
  /** The shapes of countries; none where they were not built. */
  plate: (() => Promise<Plate>) | undefined;
  triples: () => Promise<Row[]>;
  view: View;
  chosen: (view: View) => void;
};

type Drawing = { svg: SVGSVGElement; notes: string[]; choices: HTMLElement[][] };

/** What an answer can be looked at as. */
export function possible(answer: Answer): View[] {
  if (answer.kind === "triples") return answer.text.trim() ? ["table", "network"] : [];
  if (answer.kind !== "table" || !answer.rows.length) return [];
  const { columns, rows } = answer;
  const fits: Record<View, boolean> = {
    table: true,
    chart: read.numbers(columns, rows).length > 0,
    map: read.countries(columns, rows).length > 0,
    network: read.things(columns, rows).length > 1,
  };
  return VIEWS.filter((view) => fits[view]);
}

export class Gallery {
  readonly element = make("div", { class: "views" });
  private readonly answer: Answer;
  private readonly studio: Studio;
  private readonly figure = make("figure", { "aria-live": "polite" });
  private turn = 0;
  private readonly columns = new Map<string, string>();

  constructor(answer: Answer, studio: Studio) {
    this.answer = answer;
    this.studio = studio;
    const fits = possible(answer).filter((view) => view !== "map" || studio.plate);
    if (!fits.length) return;
    const { t } = studio;
    if (!fits.includes(studio.view)) studio.view = "table";
    const buttons = make("div", { role: "group", class: "choices", "aria-label": t("view") });
    for (const view of fits) buttons.append(this.button(view, buttons));
    const lacking = VIEWS.filter((view) => !possible(answer).includes(view) && answer.kind === "table");
    this.element.append(buttons);
    if (lacking.length) {
      this.element.append(
        make("p", { class: "muted small" }, lacking.map((view) => t(NEEDS[view])).join(" ")),
      );
    }
    this.element.append(this.figure);
    this.figure.hidden = true;
    if (fits.includes(studio.view)) void this.show(studio.view);
  }

  private button(view: View, all: HTMLElement): HTMLElement {
    const pressed = String(view === this.studio.view);
    const made = make(
      "button",
      { type: "button", class: "quiet", "aria-pressed": pressed },
      this.studio.t(NAMES[view]),
    );
    made.addEventListener("click", () => {
      for (const each of all.children) each.setAttribute("aria-pressed", String(each === made));
      this.studio.chosen(view);
      void this.show(view);
    });
    return made;
  }

  private async show(view: View): Promise<void> {
    const mine = ++this.turn;
    this.figure.hidden = view === "table";
    if (view === "table") return this.figure.replaceChildren();
    const { t } = this.studio;
    this.figure.replaceChildren(make("p", { role: "status", class: "muted" }, t("view.drawing")));
    let drawing: Drawing;
    try {
      drawing = await this.drawn(view);
    } catch {
      if (mine === this.turn) {
        this.figure.replaceChildren(make("p", { role: "alert", class: "box failed" }, t("view.failed")));
      }
      return;
    }
    if (mine !== this.turn) return; // another way to look has been chosen since
    const caption = make(
      "figcaption",
      {},
      [...drawing.notes, t("view.below")].join(" "),
      " ",
      this.file(drawing.svg),
    );
    const choices = drawing.choices.flat();
    const above = choices.length ? [make("p", { class: "choices" }, ...choices)] : [];
    this.figure.replaceChildren(...above, drawing.svg, caption);
  }

  private drawn(view: View): Promise<Drawing> | Drawing {
    if (view === "network") return this.network();
    const { columns, rows } = this.answer as Extract<Answer, { kind: "table" }>;
    return view === "map" ? this.map(columns, rows) : this.chart(columns, rows);
  }

  private get width(): number {
    return Math.round(Math.min(1000, Math.max(280, this.element.clientWidth || 860)));
  }

  private chart(columns: string[], rows: Row[]): Drawing {
    const { t, number, say } = this.studio;
    const counted = read.numbers(columns, rows);
    const column = this.pick("number", counted);
    const points = read.points(rows, read.labels(columns, rows), column, say);
    const label = t("view.chart.label", { column });
    const cut = !read.years(points) && points.length > MOST_BARS;
    const gaps = { shown: number(MOST_BARS), n: number(points.length) };
    const notes = [label, ...(cut ? [t("view.chart.cut", gaps)] : [])];
    const svg = chart(points, { width: this.width, label, number });
    return { svg, notes, choices: [this.choice("number", "view.column", counted, "chart")] };
  }

  /** The column of a role that was chosen, else the first that fits. */
  private pick(role: string, columns: readonly string[], not = ""): string {
    const left = columns.filter((column) => column !== not);
    const chosen = this.columns.get(role) ?? "";
    return left.includes(chosen) ? chosen : (left[0] ?? "");
  }

  /** A list to choose a column from, where there are several. */
  private choice(role: string, key: string, columns: readonly string[], view: View, not = ""): HTMLElement[] {
    if (columns.length < (not ? 3 : 2)) return [];
    const chosen = this.pick(role, columns, not);
    const select = make("select", { class: "short", "data-role": role });
    for (const each of columns.filter((column) => column !== not)) {
      select.append(make("option", each === chosen ? { selected: "" } : {}, each));
    }
    select.addEventListener("change", async () => {
      this.columns.set(role, select.value);
      await this.show(view);
      this.figure.querySelector<HTMLElement>(`select[data-role=${role}]`)?.focus();
    });
    return [make("label", {}, this.studio.t(key), " ", select)];
  }

  private async map(columns: string[], rows: Row[]): Promise<Drawing> {
    const { t, number, countries } = this.studio;
    const column = read.countries(columns, rows)[0] ?? "";
    const counts = read.counted(rows, column);
    const single = counts.size === rows.filter((row) => read.country(row[column])).length;
    const numbers = single ? read.numbers(columns, rows) : []; // several rows a country: only those can be counted
    const by = this.pick("number", numbers);
    const values = by ? read.valued(rows, column, by) : counts;
    const marks = [...values].map(([code, value]) => {
      const [short, label] = countries[code] ?? [code, code];
      return { code: short, label, value };
    });
    const label = by ? t("view.chart.label", { column: by }) : t("view.map.label", { column });
    const { svg, off } = world(await (this.studio.plate as () => Promise<Plate>)(), marks, label, number);
    const lost = off.map((mark) => `${mark.label} (${number(mark.value)})`).join(", ");
    const notes = [label, ...(lost ? [t("view.map.off", { names: lost })] : [])];
    return { svg, notes, choices: [this.choice("number", "view.column", numbers, "map")] };
  }

  private async network(): Promise<Drawing> {
    const { t, number, say } = this.studio;
    let whole: read.Net;
    let label = t("view.network.label.triples");
    let choices: HTMLElement[][] = [];
    if (this.answer.kind === "table") {
      const { columns, rows } = this.answer;
      const all = read.things(columns, rows);
      const from = this.pick("from", all);
      const to = this.pick("to", all, from);
      whole = read.net(rows, [from, to], say);
      label = t("view.network.label", { from, to });
      choices = [
        this.choice("from", "view.from", all, "network"),
        this.choice("to", "view.to", all, "network", from),
      ];
    } else whole = read.netOfTriples(await this.studio.triples(), say);
    const shown = busiest(whole).things.length;
    const notes = [label];
    if (shown < whole.things.length) {
      notes.push(t("view.network.cut", { shown: number(MOST_THINGS), n: number(whole.things.length) }));
    }
    if (shown > MOST_NAMES) notes.push(t("view.network.names", { shown: number(MOST_NAMES) }));
    return { svg: network(whole, this.width, label), notes, choices };
  }

  /** The picture as a file, in the light colours that it carries itself. */
  private file(svg: SVGSVGElement): HTMLElement {
    const button = make("button", { type: "button", class: "link" }, this.studio.t("view.svg"));
    button.addEventListener("click", () => {
      const copy = svg.cloneNode(true) as SVGSVGElement;
      copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
      copy.setAttribute("font-family", "'Atkinson Hyperlegible Next', 'Noto Sans', sans-serif");
      copy.setAttribute("fill", "#1b2430");
      copy.prepend(draw("rect", { width: "100%", height: "100%", fill: "#fbfaf7" }));
      const text = new XMLSerializer().serializeToString(copy);
      const href = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
      make("a", { href, download: "verre.svg" }).click();
      setTimeout(() => URL.revokeObjectURL(href), 1000);
    });
    return button;
  }
}
