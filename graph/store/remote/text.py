"""What must be known of a query before it is sent: its form, its dataset clauses, and that it only asks.

An endpoint reads more than SPARQL 1.1 (Virtuoso has functions that open files), so what is sent is
looked at more strictly here than where our own engine reads it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from graph.errors import QueryRefused, QuerySyntaxError
from graph.store import gate

Kind = Literal["solutions", "boolean", "graph"]

FORMS: dict[str, Kind] = {
    "SELECT": "solutions",
    "ASK": "boolean",
    "CONSTRUCT": "graph",
    "DESCRIBE": "graph",
}
NEVER = gate.UPDATES | {"MODIFY"}
"""Words that stand alone in no query."""


@dataclass(frozen=True)
class Clause:
    """A FROM or FROM NAMED, and where it stands."""

    named: bool
    start: int
    end: int


@dataclass(frozen=True)
class Shape:
    """What a query is, by its tokens.

    Attributes:
        text: the query.
        form: SELECT, ASK, CONSTRUCT or DESCRIBE.
        begins: where that word stands.
        clauses: its dataset clauses, in order.
        graphs: whether it may speak of named graphs.
    """

    text: str
    form: str
    begins: int
    clauses: tuple[Clause, ...]
    graphs: bool

    @property
    def kind(self) -> Kind:
        """What sort of answer it has."""
        return FORMS[self.form]

    def without_clauses(self) -> str:
        """The text with spaces in place of its dataset clauses."""
        text = self.text
        for clause in self.clauses:
            text = text[: clause.start] + " " * (clause.end - clause.start) + text[clause.end :]
        return text


def shape(text: str) -> Shape:
    """Reads the tokens of a query.

    Raises:
        QueryRefused: SERVICE, or an update.
        QuerySyntaxError: it begins with none of the four forms, or spells a keyword with escapes.
    """
    gate.check(text)
    found = list(gate.tokens(text))
    form, begins = _form(found)
    clauses: list[Clause] = []
    depth = 0
    for place, token in enumerate(found):
        if token.text in "{}":
            depth += 1 if token.text == "{" else -1
        if token.kind != "word":
            continue
        word = _plain(token)
        if word in NEVER:
            raise QueryRefused(f"{word} is an update; only queries are answered here")
        if word == "FROM" and depth == 0:
            clauses.append(_clause(found, place))
    return Shape(text, form, begins, tuple(clauses), "graph" in text.casefold())


def _form(found: list[gate.Token]) -> tuple[str, int]:
    declared = False
    for token in found:
        word = token.text.upper() if token.kind == "word" else ""
        if word in FORMS:
            return word, token.start
        if word and word not in gate.PROLOGUE:
            break
        declared = declared or bool(word)
        if not declared:
            break
    raise QuerySyntaxError(f"a query begins with {', '.join(FORMS)}, after its prefixes")


def _clause(found: list[gate.Token], place: int) -> Clause:
    rest = found[place + 1 : place + 3]
    named = bool(rest) and rest[0].kind == "word" and _plain(rest[0]) == "NAMED"
    graph = rest[int(named) : int(named) + 1]
    if not graph or graph[0].kind not in {"iri", "name"}:
        raise QuerySyntaxError("after FROM stands the IRI of a graph")
    return Clause(named, found[place].start, graph[0].end)


def _plain(token: gate.Token) -> str:
    if "\\" in token.text:
        raise QuerySyntaxError(f"the word at character {token.start + 1} is spelt with escapes")
    return token.text.upper()


def rows_of(text: str) -> str:
    """A SELECT of as many rows as the pattern of a CONSTRUCT has solutions."""
    found = list(gate.tokens(text))
    form = next(place for place, token in enumerate(found) if token.text.upper() == "CONSTRUCT")
    rest = found[form + 1].start
    if found[form + 1].text == "{":
        depth = 0
        for token in found[form + 1 :]:
            depth += {"{": 1, "}": -1}.get(token.text, 0)
            if depth == 0:
                rest = token.end
                break
    return f"{text[: found[form].start]}SELECT (1 AS ?one) {text[rest:]}"


def without_undefined(text: str) -> str:
    """The text with spaces in place of each `VALUES ?x { UNDEF }`."""
    found = list(gate.tokens(text))
    for first, name, opens, value, closes in zip(*(found[place:] for place in range(5)), strict=False):
        words = (first.text.upper(), opens.text, value.text.upper(), closes.text)
        if words == ("VALUES", "{", "UNDEF", "}") and name.kind == "variable":
            text = text[: first.start] + " " * (closes.end - first.start) + text[closes.end :]
    return text
