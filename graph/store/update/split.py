"""Cuts a SPARQL 1.1 Update request into its operations.

By tokens, not by a parser: it finds the keywords outside of braces, the braces that belong together,
and in templates the blocks of GRAPH. What stands between is the engine's to read. Prologues are
collected: the engine allows one at the beginning of a request only, the standard one before each
operation (https://www.w3.org/TR/sparql11-update/#sparqlGrammar, rule 29).
"""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from graph.errors import QueryRefused, QuerySyntaxError
from graph.store.gate import PROLOGUE, Token, tokens
from graph.store.update.operations import Block, Operation, Using, Verb

_CALLED = {"iri": "an IRI", "name": "a prefixed name", "variable": "a variable", "string": "a string"}
OVER = Token("end", "", 0, 0)


def split(text: str) -> list[Operation]:
    """The operations of a request, in order; none for an empty one.

    Raises:
        QuerySyntaxError: it is no update.
        QueryRefused: LOAD.
    """
    reader = _Reader(text)
    found: list[Operation] = []
    reader.prologue()
    while reader.ahead() != OVER:
        operation = reader.operation()
        separated = reader.takes(";")
        found.append(replace(operation, after=reader.position()))
        if not separated:
            break
        reader.prologue()
    reader.ends()
    return found


class _Reader:
    """Reads tokens from left to right."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = list(tokens(text))
        self._at = 0
        self._declared = ""

    def ahead(self, steps: int = 0) -> Token:
        """A token further on; `OVER` behind the last."""
        place = self._at + steps
        return self._tokens[place] if place < len(self._tokens) else OVER

    def takes(self, *words: str) -> bool:
        """Whether these keywords or signs come next; then goes past them."""
        there = all(self.ahead(n).text.upper() == word for n, word in enumerate(words))
        self._at += len(words) if there else 0
        return there

    def ends(self) -> None:
        """Nothing may be left."""
        if self.ahead() != OVER:
            raise self._wrong("`;` or the end")

    def prologue(self) -> None:
        """Goes past BASE, PREFIX and VERSION, and remembers them."""
        while (word := self.ahead().text.upper()) in PROLOGUE:
            begin = self.ahead().start
            self._at += 1
            if word == "PREFIX":
                self._one("name")
            last = self._one("string" if word == "VERSION" else "iri")
            self._declared += self._text[begin : last.end] + "\n"

    def operation(self) -> Operation:
        """The next operation."""
        begin = self.ahead().start
        operation = self._operation(Operation("modify", begin, begin, begin, prologue=self._declared))
        return replace(operation, end=self.position())

    def position(self) -> int:
        """Where the last token that was read ends."""
        return self._tokens[self._at - 1].end

    def _operation(self, blank: Operation) -> Operation:
        if self.takes("INSERT", "DATA"):
            return replace(blank, verb="insert data", insert=self._quads(self._group()))
        if self.takes("DELETE", "DATA"):
            return replace(blank, verb="delete data", delete=self._quads(self._group()))
        if self.takes("DELETE", "WHERE"):
            begin, end = group = self._group()
            return replace(blank, delete=self._quads(group), pattern=self._slice(begin - 1, end + 1))
        if self.ahead().text.upper() in {"WITH", "DELETE", "INSERT"}:
            return self._modify(blank)
        return self._management(blank)

    def _modify(self, blank: Operation) -> Operation:
        home = self._graph_name() if self.takes("WITH") else None
        delete = self._quads(self._group()) if (deletes := self.takes("DELETE")) else ()
        insert = self._quads(self._group()) if (inserts := self.takes("INSERT")) else ()
        if not deletes and not inserts:
            raise self._wrong("DELETE or INSERT")
        using = []
        while self.takes("USING"):
            named = self.takes("NAMED")
            using.append(Using(self._graph_name(), named))
        clauses = self.ahead().start
        if not self.takes("WHERE"):
            raise self._wrong("WHERE")
        begin, end = self._group()
        return replace(
            blank,
            clauses=clauses,
            home=home,
            delete=delete,
            insert=insert,
            using=tuple(using),
            pattern=self._slice(begin - 1, end + 1),
        )

    def _management(self, blank: Operation) -> Operation:
        verb = self.ahead().text.lower()
        if verb == "load":
            raise QueryRefused("LOAD is not allowed: this endpoint fetches nothing; send the data itself")
        if verb not in {"clear", "drop", "create", "add", "move", "copy"}:
            raise self._wrong("an operation, such as INSERT DATA, DELETE WHERE or CLEAR")
        self._at += 1
        named = replace(blank, verb=cast(Verb, verb), silent=self.takes("SILENT"))
        if verb in {"clear", "drop", "create"}:
            for word in ("DEFAULT", "NAMED", "ALL") if verb != "create" else ():
                if self.takes(word):
                    return replace(named, source=word)
            if not self.takes("GRAPH"):
                raise self._wrong("GRAPH")
            return replace(named, source=self._graph_name())
        source = self._graph_or_default()
        if not self.takes("TO"):
            raise self._wrong("TO")
        return replace(named, source=source, target=self._graph_or_default())

    def _graph_or_default(self) -> str:
        if self.takes("DEFAULT"):
            return "DEFAULT"
        self.takes("GRAPH")
        return self._graph_name()

    def _graph_name(self) -> str:
        return self._one("iri", "name").text

    def _one(self, *kinds: str) -> Token:
        token = self.ahead()
        if token.kind not in kinds:
            raise self._wrong(" or ".join(_CALLED[kind] for kind in kinds))
        self._at += 1
        return token

    def _group(self) -> tuple[int, int]:
        """Goes past a group; the numbers of the token after `{` and of its `}`."""
        if not self.takes("{"):
            raise self._wrong("{")
        begin, depth = self._at, 1
        while depth:
            token = self.ahead()
            if token == OVER:
                raise self._wrong("}")
            depth += (token.text == "{") - (token.text == "}")
            self._at += 1
        return begin, self._at - 1

    def _quads(self, group: tuple[int, int]) -> tuple[Block, ...]:
        """The blocks of a template or of data."""
        (begin, end), after = group, self._at
        found: list[Block | None] = []
        self._at = begin
        while self._at < end:
            if self.takes("GRAPH"):
                name = self._one("iri", "name", "variable").text
                found.append(self._block(name, *self._group()))
            else:
                begin = self._at
                while self._at < end and self.ahead().text.upper() != "GRAPH":
                    self._at += 1
                found.append(self._block(None, begin, self._at))
        self._at = after
        return tuple(block for block in found if block)

    def _block(self, graph: str | None, begin: int, end: int) -> Block | None:
        while begin < end and self._tokens[begin].text == ".":
            begin += 1
        if begin == end:
            return None
        closed = self._tokens[end - 1].text == "."
        variables = {t.text[1:] for t in self._tokens[begin:end] if t.kind == "variable"}
        return Block(graph, self._slice(begin, end) + ("" if closed else " ."), frozenset(variables))

    def _slice(self, begin: int, end: int) -> str:
        """The text from one token to before another."""
        return self._text[self._tokens[begin].start : self._tokens[end - 1].end]

    def _wrong(self, wanted: str) -> QuerySyntaxError:
        token = self.ahead()
        place = token.start if token != OVER else len(self._text)
        line = self._text.count("\n", 0, place) + 1
        column = place - (self._text.rfind("\n", 0, place) + 1) + 1
        found = repr(token.text[:40]) if token != OVER else "the end"
        return QuerySyntaxError(f"error at {line}:{column}: expected {wanted}, found {found}")
