// Searches as one types: the names that the box may mean, to be chosen with arrows or a finger.
//
// Without this script the box is a form that works. What the server says is text, never markup.

import { make } from "../dom.ts";
import { address, counted, type Hit, next } from "./hits.ts";

const WAIT = 120; // milliseconds after the last letter
const MOST = 8;

class Suggestions {
  readonly list: HTMLElement;
  readonly said: HTMLElement;
  at = -1;
  asked = 0;
  timer = 0;

  readonly form: HTMLFormElement;
  readonly input: HTMLInputElement;
  readonly words: Readonly<Record<string, string>>;

  constructor(form: HTMLFormElement, input: HTMLInputElement, words: Readonly<Record<string, string>>) {
    this.form = form;
    this.input = input;
    this.words = words;
    this.list = make("ul", {
      role: "listbox",
      id: "suggestions",
      "aria-label": words.label ?? "",
      hidden: "",
    });
    this.said = make("p", { role: "status", class: "hidden" });
    this.form.append(this.list, this.said);
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": "suggestions",
      autocomplete: "off",
    }))
      input.setAttribute(name, value);
    input.addEventListener("input", () => this.wait());
    input.addEventListener("keydown", (event) => this.key(event));
    form.addEventListener("focusout", (event) => {
      if (!form.contains(event.relatedTarget as Node | null)) this.close();
    });
    form.addEventListener("submit", (event) => {
      const chosen = this.links[this.at];
      if (!chosen) return;
      event.preventDefault();
      location.assign(chosen.href);
    });
  }

  get links(): HTMLAnchorElement[] {
    return [...this.list.querySelectorAll("a")];
  }

  /** What every link of the form keeps: language and release. */
  get kept(): [string, string][] {
    const hidden = this.form.querySelectorAll<HTMLInputElement>("input[type=hidden]");
    return [...hidden].map((field) => [field.name, field.value]);
  }

  wait(): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.ask(this.input.value.trim()), WAIT);
  }

  async ask(q: string): Promise<void> {
    this.asked += 1;
    const turn = this.asked;
    if (q.length < 2) return this.close();
    const query = new URLSearchParams([["q", q], ["limit", String(MOST)], ...this.kept]); // biome-ignore format: one line
    if (!query.has("lang")) query.set("lang", document.documentElement.lang);
    try {
      const response = await fetch(`/v1/search?${query}`, { headers: { Accept: "application/json" } });
      const hits = response.ok ? ((await response.json()) as { items: Hit[] }).items : null;
      if (turn === this.asked) this.show(hits);
    } catch {
      if (turn === this.asked) this.show(null);
    }
  }

  show(hits: Hit[] | null): void {
    const kept = this.kept;
    const shown = (hits ?? []).flatMap((hit) => {
      const href = address(hit, kept);
      return href ? [{ hit, href }] : [];
    });
    this.list.replaceChildren(
      ...shown.map(({ hit, href }, place) =>
        make(
          "li",
          { role: "option", id: `suggestion-${place}`, "aria-selected": "false" },
          make("a", { href, tabindex: "-1" }, make("bdi", {}, hit.label)),
          " ",
          make("span", { class: "small muted" }, this.words[hit.kind] ?? hit.kind),
        ),
      ),
    );
    this.at = -1;
    this.mark();
    this.list.hidden = shown.length === 0;
    this.input.setAttribute("aria-expanded", String(shown.length > 0));
    this.said.textContent = hits ? counted(this.words, shown.length) : (this.words.failed ?? "");
  }

  key(event: KeyboardEvent): void {
    if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.close();
    }
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (!step || this.list.hidden) return;
    event.preventDefault();
    this.at = next(this.at, step, this.links.length);
    this.mark();
  }

  mark(): void {
    for (const [place, item] of [...this.list.children].entries())
      item.setAttribute("aria-selected", String(place === this.at));
    if (this.at < 0) this.input.removeAttribute("aria-activedescendant");
    else this.input.setAttribute("aria-activedescendant", `suggestion-${this.at}`);
  }

  close(): void {
    this.list.hidden = true;
    this.at = -1;
    this.mark();
    this.input.setAttribute("aria-expanded", "false");
    this.said.textContent = "";
  }
}

const place = document.querySelector<HTMLElement>(".suggest");
const form = place?.querySelector<HTMLFormElement>("form");
const input = form?.querySelector<HTMLInputElement>("input[name=q]");
if (place && form && input) new Suggestions(form, input, JSON.parse(place.dataset.words ?? "{}"));
