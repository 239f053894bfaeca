// The page of a network, made to be walked. Without this script its drawing, its table and its form work as they stand.

import { type Deed, deed } from "./keys.ts";
import { formQuery } from "./page.ts";
import { readLook, readQuery } from "./state.ts";
import { Walk } from "./walk.ts";
import { Words } from "./words.ts";

function found<Kind extends HTMLElement>(id: string): Kind | null {
  return document.getElementById(id) as Kind | null;
}

/** What the buttons, the boxes and the keys do. */
function does(walk: Walk, what: Deed): void {
  const { picture } = walk;
  const deeds: Record<Exclude<Deed["do"], "go" | "move">, () => unknown> = {
    open: () => walk.open(),
    expand: () => walk.expand(),
    hide: () => walk.hide(),
    pin: () => walk.pin(),
    path: () => walk.path(),
    undo: () => walk.step("undo"),
    redo: () => walk.step("redo"),
    fit: () => picture.fit(),
    closer: () => picture.zoom(1.25),
    wider: () => picture.zoom(0.8),
    arrange: () => walk.arrange(),
    labels: () => walk.labels(!walk.state.look.labels),
    layers: () => walk.layers(!walk.state.look.layers),
    full: () => walk.full(),
    leave: () => picture.choose(null),
  };
  if (what.do === "go") picture.go(what.way);
  else if (what.do === "move") picture.move(what.way);
  else deeds[what.do]();
}

function buttons(walk: Walk): void {
  const more: Record<string, () => unknown> = {
    png: () => walk.save("png"),
    svg: () => walk.save("svg"),
    link: () => walk.copyLink(),
  };
  for (const each of document.querySelectorAll<HTMLElement>("[data-act]")) {
    const name = each.dataset.act ?? "";
    const act = () => (more[name] ? more[name]() : does(walk, { do: name } as Deed));
    each.addEventListener(each.matches("input") ? "change" : "click", act);
  }
  walk.changed = () => {
    const { look } = walk.state;
    for (const name of ["undo", "redo"] as const) {
      const button = document.querySelector<HTMLButtonElement>(`[data-act=${name}]`);
      const can = name === "undo" ? walk.past.canUndo : walk.past.canRedo;
      button?.setAttribute("aria-disabled", String(!can));
    }
    for (const name of ["labels", "layers"] as const) {
      const box = document.querySelector<HTMLInputElement>(`[data-act=${name}]`);
      if (box) box.checked = look[name];
    }
  };
}

/** The slider goes from the first year that somebody gives to this year; at its end no day is asked for. */
function slider(walk: Walk, words: Words, today: string): void {
  const [place, year, said] = [
    found("net-time"),
    found<HTMLInputElement>("net-year"),
    found<HTMLOutputElement>("net-year-said"),
  ];
  if (!place || !year || !said) return;
  place.hidden = false;
  const last = Number(today.slice(0, 4));
  year.min = place.dataset.first ?? String(last);
  year.max = String(last);
  const tell = () => {
    said.value = year.value === year.max ? words.t("now") : year.value;
    year.setAttribute("aria-valuetext", said.value);
  };
  const set = () => {
    const asked = walk.state.query.asOf.slice(0, 4);
    if (document.activeElement !== year) year.value = asked || year.max;
    tell();
  };
  let waiting: ReturnType<typeof setTimeout> | undefined;
  year.addEventListener("input", () => {
    tell();
    clearTimeout(waiting);
    const asOf = year.value === year.max ? "" : `${year.value}-12-31`;
    waiting = setTimeout(() => void walk.query({ asOf }), 120);
  });
  const changed = walk.changed;
  walk.changed = () => {
    changed();
    set();
  };
  set();
}

function forms(walk: Walk, form: HTMLFormElement): void {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void walk.filter();
  });
  form.addEventListener("change", (event) => {
    if ((event.target as HTMLElement).matches("[type=checkbox], select, [type=date]")) void walk.filter();
  });
  document.addEventListener("click", (event) => {
    const shown = (event.target as Element).closest<HTMLElement>("[data-show]")?.dataset.show;
    if (shown === undefined) return;
    event.preventDefault();
    void walk.query({ hide: walk.state.query.hide.filter((each) => each !== shown) });
  });
}

function start(): void {
  const net = found("net");
  const places = {
    stage: found("net-stage"),
    panel: found("net-panel"),
    status: found("net-status"),
    board: found("net-board"),
    form: found<HTMLFormElement>("net-form"),
  };
  const { stage, panel, status, board, form } = places;
  if (!net || !stage || !panel || !status || !board || !form) return;
  const words = new Words(JSON.parse(net.dataset.words ?? "{}"), document.documentElement.lang);
  for (const each of document.querySelectorAll<HTMLElement>("[data-with-script], #net-tools, #net-board")) {
    each.hidden = false;
  }
  for (const each of document.querySelectorAll<HTMLElement>("[data-without-script], #net-static"))
    each.hidden = true;
  const asked = readQuery(new URLSearchParams(location.search));
  const query = { ...asked, of: formQuery(form).of };
  const walk = new Walk({ stage, panel, status, board, form }, words, {
    query,
    look: readLook(location.hash),
  });
  buttons(walk);
  slider(walk, words, net.dataset.day ?? "");
  forms(walk, form);
  stage.addEventListener("keydown", (event) => {
    const what = deed(event);
    if (!what) return;
    event.preventDefault();
    does(walk, what);
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") stage.focus();
  });
  window.addEventListener("beforeprint", () => walk.print(true));
  window.addEventListener("afterprint", () => walk.print(false));
  Object.assign(stage, { verre: walk }); // for who looks into the page: its developers, its tests
  void walk.load();
}

start();
