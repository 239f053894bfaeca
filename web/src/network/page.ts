// What stands around the picture and changes with it: the filters, the table beside it, and every link that keeps its state.

import { ask, type Network } from "./data.ts";
import { readQuery, type State, writeLook, writeQuery } from "./state.ts";

export const NETWORK = "/network";
const DATA = "/v1/network/view";

/** What of the address stays whatever is done: the language and the release that were asked for. */
export function kept(): URLSearchParams {
  const now = new URLSearchParams(location.search);
  return new URLSearchParams([...now].filter(([name]) => name === "lang" || name === "release"));
}

/** The address of a path in the language and release of this page. */
export function here(path: string): string {
  const query = String(kept());
  return query ? `${path}?${query}` : path;
}

function joined(path: string, query: URLSearchParams, more: URLSearchParams | [string, string][]): string {
  return `${path}?${new URLSearchParams([...query, ...more])}`;
}

/** The address that opens this picture. */
export function address(state: State): string {
  const look = writeLook(state.look);
  return joined(NETWORK, writeQuery(state.query), kept()) + (look ? `#${look}` : "");
}

/** Asks for the network of a state. */
export async function network(state: State, signal: AbortSignal): Promise<Network> {
  const lang: [string, string] = ["lang", document.documentElement.lang];
  const release = kept().get("release");
  const more: [string, string][] = release ? [lang, ["release", release]] : [lang];
  return ask<Network>(joined(DATA, writeQuery(state.query), more), signal);
}

/** The query of the form of filters as it stands. */
export function formQuery(form: HTMLFormElement) {
  return readQuery(new FormData(form));
}

/** What is focused within an element, so that it can be focused again when that has been replaced. */
function focused(within: Element): string | null {
  const active = document.activeElement as HTMLInputElement | null;
  if (!active || !within.contains(active) || !active.name) return null;
  return `[name="${CSS.escape(active.name)}"][value="${CSS.escape(active.value)}"]`;
}

/** Fetches the table and the filters that the server makes of a state, and puts them in the place of these. */
export async function refresh(state: State, signal: AbortSignal): Promise<void> {
  const query = joined(NETWORK, writeQuery(state.query), [...kept(), ["part", "twin"]]);
  const answer = await fetch(query, { headers: { Accept: "text/html" }, signal });
  if (!answer.ok) return; // the picture tells what went wrong
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const id of ["net-headline", "net-facets", "net-twin"]) {
    const [old, made] = [document.getElementById(id), fresh.getElementById(id)];
    if (!old || !made) continue;
    const open = old.querySelector("details")?.open;
    const focus = focused(old);
    old.replaceWith(made);
    const folded = made.querySelector("details");
    if (folded && open) folded.open = true;
    if (focus) made.querySelector<HTMLElement>(focus)?.focus();
  }
  document.title = fresh.title;
  fields(state);
}

/** Sets the fields that stand outside of what is replaced. */
function fields(state: State): void {
  const form = document.querySelector<HTMLFormElement>("#net-form");
  if (!form) return;
  const value = (selector: string, text: string) => {
    const field = form.querySelector<HTMLInputElement | HTMLSelectElement>(selector);
    if (field && field !== document.activeElement) field.value = text;
  };
  value("#net-to", state.query.to);
  value("#net-depth", state.query.depth || "1");
  value("#net-day", state.query.asOf);
  value("#net-of", "");
  const ended = form.querySelector<HTMLInputElement>("[name=includeEnded]");
  if (ended) ended.checked = state.query.includeEnded !== "";
}

/** Writes the state into the address bar and into every link that leads to the same network in another form. */
export function link(state: State): void {
  const target = address(state);
  history.replaceState(null, "", target);
  const query = writeQuery(state.query);
  const forms = "link[rel=alternate][href*='/v1/network/'], .take a[href*='/v1/network/']";
  for (const each of document.querySelectorAll<HTMLLinkElement | HTMLAnchorElement>(forms)) {
    const old = new URL(each.href).searchParams;
    const more = ["format", "lang", "release"].flatMap((name): [string, string][] => {
      const value = old.get(name);
      return value ? [[name, value]] : [];
    });
    each.href = joined(DATA, query, more);
  }
  const hash = writeLook(state.look);
  for (const each of document.querySelectorAll<HTMLAnchorElement>(".langs a")) {
    const release = kept().get("release");
    const more: [string, string][] = [
      ["lang", each.hreflang],
      ...(release ? [["release", release] as [string, string]] : []),
    ];
    each.href = joined(NETWORK, query, more) + (hash ? `#${hash}` : "");
  }
}
