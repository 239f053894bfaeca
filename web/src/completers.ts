// Yasqe's completers, fed from this server: none of them asks another host, as Yasqe's own would.

import Yasqe from "@zazuko/yasqe";
import { fitting, type Kind, offered, type Prefixes, type Used } from "./terms.ts";

type Completer = Parameters<typeof Yasqe.registerAutocompleter>[0];

function iris(name: string, kind: Kind, all: readonly string[]): Completer {
  const own = Yasqe.Autocompleters[kind];
  if (!own) throw new Error(`Yasqe has no completer ${kind}`);
  return {
    ...own, // where a class or a property may stand, and how a prefixed name is taken apart
    name,
    bulk: false,
    persistenceId: null,
    get: (_, token) => fitting(all, token?.autocompletionString ?? ""),
  } as Completer;
}

function prefixes(all: Prefixes): Completer {
  const own = Yasqe.Autocompleters.prefixes;
  if (!own) throw new Error("Yasqe has no completer of prefixes");
  const lines = Object.entries(all).map(([prefix, space]) => `${prefix}: <${space}>`);
  return {
    ...own, // declares by itself what a query uses and does not declare
    name: "verre-prefixes",
    bulk: false,
    persistenceId: null,
    get: (_, token) =>
      lines.filter((line) => line.startsWith(token?.autocompletionString ?? token?.string ?? "")),
  } as Completer;
}

/** Classes, properties, prefixes and the query's own variables. */
export function completers(terms: Record<Kind, string[]>, found: Used): Completer[] {
  const variables = Yasqe.Autocompleters.variables;
  return [
    iris("verre-classes", "class", offered(terms.class ?? [], found.class)),
    iris("verre-properties", "property", offered(terms.property ?? [], found.property)),
    prefixes(found.prefixes),
    ...(variables ? [variables] : []),
  ];
}
