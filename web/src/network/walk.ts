// Walking a network: what each deed does to the state, and what of the page follows it.

import { type Network, Refused, type Thing, type Tie, word } from "./data.ts";
import { element, savePng, saveSvg } from "./export.ts";
import { kindOf } from "./looks.ts";
import { address, formQuery, here, link, network, refresh } from "./page.ts";
import { Panel } from "./panel.ts";
import { Picture } from "./picture.ts";
import { expanding, hiding, type Look, type Query, type State, withOne, writeQuery } from "./state.ts";
import { Past } from "./undo.ts";
import type { Words } from "./words.ts";

export type Places = {
  stage: HTMLElement;
  panel: HTMLElement;
  status: HTMLElement;
  board: HTMLElement;
  form: HTMLFormElement;
};

export class Walk {
  readonly picture: Picture;
  readonly past: Past<State>;
  private readonly panel: Panel;
  private readonly places: Places;
  private readonly words: Words;
  private loading: AbortController | undefined;
  /** Called when anything has changed. */
  changed: () => void = () => {};

  constructor(places: Places, words: Words, state: State) {
    this.places = places;
    this.words = words;
    this.past = new Past(state);
    this.picture = new Picture(places.stage, {
      chosen: (id) => this.chosen(id),
      moved: (id) => this.moved(id),
      placing: (many) => this.say("drawing", { n: many }),
    });
    const deeds = {
      expand: (thing: Thing, relation: string) => void this.expand(thing, relation),
      hide: (thing: Thing) => void this.hide(thing),
      pin: (thing: Thing) => this.pin(thing),
      path: (thing: Thing) => void this.path(thing),
      begin: (thing: Thing) => void this.begin(thing),
      choose: (id: string) => {
        this.picture.choose(id);
        this.panel.enter();
      },
    };
    this.panel = new Panel(places.panel, words, deeds, here);
  }

  get state(): State {
    return this.past.now;
  }

  say(key: string, gaps: Record<string, string | number> = {}): void {
    this.places.status.textContent = this.words.t(key, gaps);
  }

  /** What the picture shows, in a line: how much, and for which day. */
  told(): string {
    const size = document.getElementById("net-size")?.textContent ?? "";
    const day = this.state.query.asOf;
    return [size, day ? this.words.t("when", { day: this.day(day) }) : ""].filter(Boolean).join(" · ");
  }

  private day(iso: string): string {
    return new Intl.DateTimeFormat(this.words.lang, { dateStyle: "long", timeZone: "UTC" }).format(
      new Date(iso),
    );
  }

  /** Goes on to a state: what it is made of is asked for again, what it looks like is drawn. */
  async to(next: State, done: () => void = () => {}): Promise<boolean> {
    const before = this.state;
    this.past.push(next);
    const there = await this.load();
    if (there) done();
    else if (this.state === next) this.past.amend(before);
    this.changed();
    return there;
  }

  /** Fetches and shows what the state says; false where that failed or was overtaken. */
  async load(): Promise<boolean> {
    this.loading?.abort();
    const mine = new AbortController();
    this.loading = mine;
    const state = this.state;
    this.say("loading");
    try {
      const [found] = await Promise.all([network(state, mine.signal), refresh(state, mine.signal)]);
      await this.show(found, state);
      if (mine.signal.aborted) return false;
      this.places.status.textContent = "";
      return true;
    } catch (error) {
      if (mine.signal.aborted) return false;
      if (error instanceof Refused && error.status === 404) {
        location.assign(address(state)); // the page asks which of several is meant
        return false;
      }
      this.say("fail", { detail: error instanceof Error ? error.message : String(error) });
      return false;
    }
  }

  private async show(found: Network, state: State): Promise<void> {
    await this.picture.show(found, state.look, state.query.asOf);
    this.keep();
    const chosen = this.picture.chosen();
    if (chosen) this.chosen(chosen.id());
    else this.panel.clear();
  }

  /** Writes down where things stand now. */
  private keep(): void {
    const spots = this.picture.wordSpots();
    this.past.amend({ ...this.state, look: { ...this.state.look, spots } });
    link(this.state);
    this.changed();
  }

  private look(change: Partial<Look>): void {
    const spots = this.picture.wordSpots();
    this.past.push({ ...this.state, look: { ...this.state.look, spots, ...change } });
    link(this.state);
    this.changed();
  }

  query(change: Partial<Query>): Promise<boolean> {
    return this.to({ ...this.state, query: { ...this.state.query, ...change } });
  }

  /** What the filters say now. */
  filter(): Promise<boolean> {
    return this.query(formQuery(this.places.form));
  }

  private tiesOf(id: string): Tie[] {
    return this.picture.links
      .filter((one) => one.source === id || one.target === id)
      .flatMap((one) => one.ties);
  }

  private chosen(id: string | null): void {
    const thing = id === null ? undefined : this.picture.thing(id);
    if (!thing) {
      this.panel.clear();
      return;
    }
    const ties = this.tiesOf(thing.id);
    const labels = new Map(this.picture.things.map((each) => [each.id, each]));
    const pinned = this.state.look.pinned.includes(word(thing));
    const start = this.picture.starts.includes(thing.id);
    this.panel.show({ thing, ties, pinned, start, labels }, writeQuery(this.state.query));
    const left = Object.values(thing.more ?? {}).reduce((sum, each) => sum + each, 0);
    const more = left ? this.words.t("node.more", { n: left }) : "";
    const kind = this.words.t(`kind.${kindOf(thing.kind)}`);
    this.say("node", { name: thing.label, kind, n: ties.length, more });
  }

  private moved(id: string): void {
    const thing = this.picture.thing(id);
    if (thing) this.pin(thing, true);
  }

  private current(): Thing | undefined {
    return this.picture.thing(this.picture.chosen()?.id() ?? "");
  }

  async expand(thing: Thing | undefined = this.current(), relation = ""): Promise<void> {
    if (!thing) return;
    const before = this.picture.things.length;
    await this.to(expanding(this.state, word(thing), relation), () => {
      const n = this.picture.things.length - before;
      this.say(n > 0 ? "expanded" : "nomore", { n, name: thing.label });
    });
  }

  async hide(thing: Thing | undefined = this.current()): Promise<void> {
    if (!thing) return;
    this.picture.choose(null);
    await this.to(hiding(this.state, word(thing)));
    this.places.stage.focus({ preventScroll: true });
  }

  pin(thing: Thing | undefined = this.current(), sure = false): void {
    if (!thing) return;
    const { pinned } = this.state.look;
    const name = word(thing);
    const off = pinned.includes(name) && !sure;
    this.look({ pinned: off ? pinned.filter((each) => each !== name) : withOne(pinned, name) });
    this.picture.cy.getElementById(thing.id).data("pinned", !off);
    if (this.current()?.id === thing.id) this.chosen(thing.id);
    this.say(off ? "unpinned" : "pinned");
  }

  async path(thing: Thing | undefined = this.current()): Promise<void> {
    if (!thing || this.picture.starts.includes(thing.id)) return;
    await this.to({ ...this.state, query: { ...this.state.query, to: word(thing), from: "" } }, () => {
      const steps = this.picture.steps;
      if (steps) this.say("pathfound", { n: steps });
    });
  }

  async begin(thing: Thing): Promise<void> {
    await this.query({ of: [word(thing)], expand: [], hide: [], from: "", to: "" });
  }

  async step(way: "undo" | "redo"): Promise<void> {
    if (!(way === "undo" ? this.past.canUndo : this.past.canRedo)) return;
    if (way === "undo") this.past.undo();
    else this.past.redo();
    this.changed();
    if (await this.load()) this.say(way === "undo" ? "undone" : "redone");
  }

  labels(on: boolean): void {
    this.picture.labels = on;
    this.picture.restyle();
    this.look({ labels: on });
  }

  async layers(on: boolean): Promise<void> {
    this.look({ layers: on });
    await this.arrange(on);
  }

  async arrange(layered = this.state.look.layers): Promise<void> {
    const look = { ...this.state.look, layers: layered, pinned: layered ? [] : this.state.look.pinned };
    await this.picture.arrange(look, this.state.query.asOf);
    this.look({ pinned: look.pinned });
    this.say("arranged");
  }

  save(form: "png" | "svg"): void {
    const done = (name: string) => this.say("saved", { name });
    const failed = (error: unknown) => this.say("fail", { detail: String(error) });
    const made = (form === "svg" ? saveSvg : savePng)(this.picture, this.words, this.told());
    made.then(done, failed);
  }

  async copyLink(): Promise<void> {
    link(this.state);
    try {
      await navigator.clipboard.writeText(location.href);
      this.say("copied");
    } catch {
      this.say("linked"); // the reader allows no clipboard
    }
  }

  /** A printer gets the picture as lines and letters, not as a canvas. */
  print(on: boolean): void {
    document.querySelector(".net-print")?.remove();
    if (on) this.places.board.after(element(this.picture, this.words, this.told()));
  }

  /** The keyboard goes on to what is told of the chosen thing. */
  open(): void {
    if (this.current()) this.panel.enter();
  }

  full(): void {
    if (document.fullscreenElement) void document.exitFullscreen();
    else void this.places.board.requestFullscreen?.().catch(() => {});
  }
}
