"""How endpoints differ, and what is done about it; docs/stores.md has the list."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from typing import Literal

from graph.errors import QueryError, QueryFailed, QueryRefused, QuerySyntaxError, QueryTimeout, QueryTooLarge
from graph.store import gate
from graph.store.capabilities import Capabilities
from graph.store.remote.text import Shape, without_undefined

log = logging.getLogger("verre.store")
Name = Literal["oxigraph", "virtuoso", "generic"]
WORDS = 600
"""Characters of an endpoint's own words that an error repeats."""

_REMOTE = Capabilities(
    releases=False,
    rollback=False,
    erase=False,
    restricted=False,
    backup=False,
    compact=False,
    bare=False,
    atomic=False,
    deadline=False,
)


class Dialect:
    """What SPARQL 1.1 and its protocol say; an endpoint that needs more has a class of its own.

    Attributes:
        name: as `VERRE_STORE_KIND` has it.
        capabilities: what such a store can do.
        merged: whether the merge is its default graph.
        hidden: beginnings of the names of graphs that it keeps for itself.
        list_graphs: the query that lists all graphs, as its engine does it fastest.
        piece: statements that one update may hold.
        cuts_graphs: whether triples may be cut at a limit of rows without a word.
        by_value: whether a text with a language has to be sought by what it says to be taken away.
    """

    name: Name = "generic"
    capabilities = _REMOTE
    merged = False
    hidden: tuple[str, ...] = ()
    list_graphs = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
    piece = 2_000
    by_value = False
    cuts_graphs = False

    def addresses(self, query: str) -> tuple[str | None, str | None]:
        """The update and graph store addresses that go with a query address, where that is known."""
        return None, None

    def keeps(self, graph: str) -> bool:
        """Whether a graph is the endpoint's own."""
        return graph.startswith(self.hidden)

    def check(self, shape: Shape) -> None:
        """Refuses what the endpoint reads beyond SPARQL and may not.

        Raises:
            QueryRefused: it is there.
        """

    def prepared(self, text: str, form: str) -> str:
        """A query as this endpoint wants it."""
        return text

    def limits(self, seconds: float) -> list[tuple[str, str]]:
        """Parameters that tell the endpoint the deadline."""
        return []

    def cut(self, headers: Mapping[str, str]) -> QueryError | None:
        """The error where an answer says that it is only a part."""
        return None

    def refused(self, status: int, words: str) -> QueryError:
        """The error for an answer that is none."""
        told = said(words)
        if status == 400:
            return QuerySyntaxError(told or "the endpoint cannot read the query")
        if status in {408, 504}:
            return QueryTimeout("the endpoint stopped the query at its own deadline")
        log.warning("the endpoint answered %s: %s", status, told)  # may name its files: not for who asked
        return QueryFailed(f"the endpoint answered {status}")

    def broken(self, words: str) -> QueryError:
        """The error for an answer that turns out not to be what it should be."""
        log.warning("an answer of the endpoint cannot be read: %s", said(words))
        return QueryFailed("the endpoint's answer breaks off, or is not what it should be")


class Oxigraph(Dialect):
    """`oxigraph serve`."""

    name = "oxigraph"
    merged = True

    def addresses(self, query: str) -> tuple[str | None, str | None]:
        """Its own, which are fixed."""
        begin, found, _ = query.rpartition("/query")
        return (f"{begin}/update", f"{begin}/store") if found else (None, None)

    def refused(self, status: int, words: str) -> QueryError:
        """A function that it does not have is the asker's doing."""
        if status == 500 and "custom function" in words:
            return QuerySyntaxError(said(words))
        return super().refused(status, words)

    def broken(self, words: str) -> QueryError:
        """Past its deadline it writes so into an answer that was begun, with status 200."""
        if "has been cancelled" in words:
            return QueryTimeout("the endpoint stopped the query at its own deadline")
        return super().broken(words)


class Virtuoso(Dialect):
    """Virtuoso 7, open source."""

    name = "virtuoso"
    hidden = (
        "http://www.openlinksw.com/",
        "http://www.w3.org/ns/ldp#",
        "http://www.w3.org/2002/07/owl#",
        "http://localuriqaserver/",
        "urn:activitystreams-owl:map",
        "urn:core:services:sparql",
    )
    list_graphs = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
    piece = 200
    by_value = True
    cuts_graphs = True
    _PLAIN = re.compile(r"<[a-z][a-z0-9+.\-]*://(?!www\.openlinksw\.com/schemas/(bif|sql))", re.IGNORECASE)
    _OWN = re.compile(r"(bif|sql|xpathwalker)\s*:|openlinksw\.com/schemas/(bif|sql)", re.IGNORECASE)

    def addresses(self, query: str) -> tuple[str | None, str | None]:
        """The ones of an installation as it comes; both want a user."""
        begin, found, _ = query.rpartition("/sparql")
        return (f"{begin}/sparql-auth", f"{begin}/sparql-graph-crud-auth") if found else (None, None)

    def check(self, shape: Shape) -> None:
        """No functions of its own (some read files, some connect), no pragmas, no SQL between backquotes."""
        for token in gate.tokens(shape.text):
            own = self._OWN.match(token.text) if token.kind == "name" else None
            if token.kind == "iri" and not self._PLAIN.match(token.text):
                own = self._OWN.search(token.text)
            word = token.text.upper() if token.kind == "word" else ""
            if own or word in {"OPTION", "DEFINE"} or token.text == "`":
                raise QueryRefused(f"{token.text[:40]} is no SPARQL 1.1 but Virtuoso's own")

    def prepared(self, text: str, form: str) -> str:
        """Without `VALUES ?x { UNDEF }`, which joins with nothing there and says nothing anywhere.

        A DESCRIBE tells what is said of a thing, not what points at it as well.
        """
        plain = without_undefined(text)
        return f'define sql:describe-mode "CBD" {plain}' if form == "DESCRIBE" else plain

    def limits(self, seconds: float) -> list[tuple[str, str]]:
        """In milliseconds, of which it takes no fewer than a thousand. It then answers in part, and says so."""
        return [("timeout", str(max(1000, round(seconds * 1000) + 500)))]

    def cut(self, headers: Mapping[str, str]) -> QueryError | None:
        """Two headers: one where its deadline passed, one where it has a limit of rows."""
        if "x-sql-state" in headers:
            return QueryTimeout("the endpoint stopped the query at its own deadline")
        if "x-sparql-maxrows" in headers:
            most = headers["x-sparql-maxrows"][:20]
            return QueryTooLarge(
                f"the endpoint gives {most} rows at most (ResultSetMaxRows in its virtuoso.ini), and this has more"
            )
        return None

    def refused(self, status: int, words: str) -> QueryError:
        """Its words end with the query as it was changed; that is no news."""
        told = words.partition("SPARQL query:")[0]
        if "S1T00" in told or "S1TAT" in told or "exceeds the limit" in told:
            return QueryTimeout("the endpoint stopped the query at its own deadline")
        return super().refused(status, told)


class Generic(Dialect):
    """Any other endpoint: GraphDB, Fuseki, Neptune, QLever, …"""


DIALECTS: dict[str, type[Dialect]] = {kind.name: kind for kind in (Oxigraph, Virtuoso, Generic)}


def recognized(server: str) -> type[Dialect]:
    """The dialect of an endpoint that names itself so in the header `Server`."""
    lowered = server.casefold()
    return next((kind for name, kind in DIALECTS.items() if lowered.startswith(name)), Generic)


def said(words: str) -> str:
    """An endpoint's own words, cut to what a person reads, without markup or control characters."""
    plain = re.sub(r"<[^<>]{0,200}>", " ", words) if words.lstrip().startswith("<") else words
    return " ".join(plain.split())[:WORDS]
