// What stands beside the picture of what is chosen: what it is, its relations with their sources, what else there is.

import { make } from "../dom.ts";
import { ask, type Source, type Thing, type Tie, word } from "./data.ts";
import { kindOf } from "./looks.ts";
import type { Words } from "./words.ts";

export type Deeds = {
  expand: (thing: Thing, relation: string) => void;
  hide: (thing: Thing) => void;
  pin: (thing: Thing) => void;
  path: (thing: Thing) => void;
  begin: (thing: Thing) => void;
  choose: (id: string) => void;
};

export type Around = {
  thing: Thing;
  ties: readonly Tie[];
  pinned: boolean;
  start: boolean;
  labels: Map<string, Thing>;
};

type Count = { relation: string; count: number; atLeast: boolean };

const PAGES: Record<string, string> = { person: "people", market: "markets", mission: "missions" };

/** The page of a thing; an award has none. */
export function page(thing: Thing): string | null {
  if (thing.kind === "award") return null;
  return `/${PAGES[thing.kind] ?? "companies"}/${thing.ref.split("/").map(encodeURIComponent).join("/")}`;
}

export class Panel {
  private readonly place: HTMLElement;
  private readonly words: Words;
  private readonly deeds: Deeds;
  private readonly here: (path: string) => string;
  private readonly empty: Node[];
  private asking: AbortController | undefined;

  /** @param here Makes an address of a path in the language and release of this page. */
  constructor(place: HTMLElement, words: Words, deeds: Deeds, here: (path: string) => string) {
    this.place = place;
    this.words = words;
    this.deeds = deeds;
    this.here = here;
    this.empty = [...place.childNodes];
  }

  clear(): void {
    this.asking?.abort();
    this.place.replaceChildren(...this.empty);
  }

  private t(key: string, gaps: Record<string, string | number> = {}): string {
    return this.words.t(key, gaps);
  }

  private button(text: string, act: () => void, name = ""): HTMLButtonElement {
    const made = make(
      "button",
      { type: "button", class: "quiet", ...(name ? { "data-do": name } : {}) },
      text,
    );
    made.addEventListener("click", act);
    return made;
  }

  /** Tells of a thing, and asks how many relations of which kind it has. */
  show(around: Around, query: URLSearchParams): void {
    const { thing, pinned } = around;
    this.asking?.abort();
    const kind = this.t(`kind.${kindOf(thing.kind)}`);
    const where = [kind, thing.kind === "market" ? "" : thing.countryLabel].filter(Boolean).join(" · ");
    const address = page(thing);
    const more = make("div", { class: "net-more" }, make("p", { class: "muted small" }, this.t("asking")));
    this.place.replaceChildren(
      make("h2", {}, make("bdi", {}, thing.label)),
      make("p", { class: "muted small" }, where),
      make("p", {}, ...(address ? [make("a", { href: this.here(address) }, this.t("open"))] : [])),
      make("h3", {}, this.t("wanted")),
      more,
      make(
        "p",
        { class: "net-deeds" },
        this.button(this.t(pinned ? "unpin" : "pin"), () => this.deeds.pin(thing), "pin"),
        this.button(this.t("hide"), () => this.deeds.hide(thing), "hide"),
        ...(around.start
          ? []
          : [
              this.button(this.t("path"), () => this.deeds.path(thing), "path"),
              this.button(this.t("start"), () => this.deeds.begin(thing), "begin"),
            ]),
      ),
      make("h3", {}, this.t("related")),
      make("ul", { class: "plain rules small" }, ...around.ties.map((tie) => this.tie(tie, around))),
    );
    void this.count(around, query, more);
  }

  private async count(around: Around, query: URLSearchParams, place: HTMLElement): Promise<void> {
    const mine = new AbortController();
    this.asking = mine;
    const asked = new URLSearchParams({ of: word(around.thing), lang: this.words.lang });
    for (const name of ["asOf", "includeEnded", "release"]) {
      const value = query.get(name);
      if (value) asked.set(name, value);
    }
    try {
      const told = await ask<{ items: Count[] }>(`/v1/network/relations?${asked}`, mine.signal);
      place.replaceChildren(this.counts(around, told.items));
    } catch (error) {
      if (!mine.signal.aborted) {
        place.replaceChildren(make("p", { class: "warn small" }, this.t("fail", { detail: String(error) })));
      }
    }
  }

  private counts(around: Around, counts: readonly Count[]): Node {
    const shown = new Map<string, number>();
    for (const tie of around.ties) shown.set(tie.kind, (shown.get(tie.kind) ?? 0) + 1);
    if (!counts.length) return make("p", { class: "muted small" }, this.t("nothing"));
    const items = counts.map(({ relation, count, atLeast }) => {
      const name = this.t(`relation.${relation}`);
      const n = atLeast ? this.t("atleast", { n: count }) : this.words.number(count);
      if ((shown.get(relation) ?? 0) >= count) {
        return make("li", {}, `${name}: ${n}, ${this.t("shown")}`);
      }
      const expand = () => this.deeds.expand(around.thing, relation);
      return make(
        "li",
        {},
        this.button(this.t("expand", { relation: name, n }), expand, `expand-${relation}`),
      );
    });
    return make("ul", { class: "plain small" }, ...items);
  }

  private tie(tie: Tie, around: Around): HTMLElement {
    const other = around.labels.get(tie.source === around.thing.id ? tie.target : tie.source);
    const status = tie.status ? this.t(`status.${tie.status}`) : tie.label;
    const about = [status, tie.product, tie.territoryLabel].filter(Boolean).join(", ");
    const when = tie.since ? this.t("since", { date: tie.since }) : tie.dateUnknown ? this.t("undated") : "";
    const said = [about, when, tie.ended ? this.t("ended") : ""].filter(Boolean).join(" · ");
    const made = make("li", {}, `${said}: `);
    if (other) made.append(this.button(other.label, () => this.deeds.choose(other.id)));
    made.append(make("br"), make("span", { class: "source" }, ...this.sources(tie.sources)));
    return made;
  }

  private sources(sources: readonly Source[]): (Node | string)[] {
    return sources.flatMap((source, place) => {
      const name = [source.publisher || source.title || source.id, source.date].filter(Boolean).join(", ");
      const link = make("a", { href: this.here(`/sources/${encodeURIComponent(source.id)}`) }, name);
      return place ? ["; ", link] : [link];
    });
  }

  /** The keyboard comes into the panel. */
  enter(): void {
    this.place.querySelector<HTMLElement>("a, button")?.focus();
  }
}
