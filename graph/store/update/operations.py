"""The operations of a SPARQL 1.1 Update request, as the splitter cuts them out of its text.

Every field holds pieces of the text as they stand there; what they mean is for the engine to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Verb = Literal["insert data", "delete data", "modify", "clear", "drop", "create", "add", "move", "copy"]
"""`DELETE WHERE` is a `modify` whose template is its pattern."""


@dataclass(frozen=True)
class Block:
    """Triples of one graph in a template or in data.

    Attributes:
        graph: the IRI, prefixed name or variable after GRAPH; `None` where the block stands outside.
        triples: in the syntax of Turtle, ending with a full stop.
        variables: the names of the variables in them, without `?`.
    """

    graph: str | None
    triples: str
    variables: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Using:
    """A USING clause.

    Attributes:
        graph: an IRI or prefixed name.
        named: whether it is USING NAMED.
    """

    graph: str
    named: bool


@dataclass(frozen=True)
class Operation:
    """One operation.

    Attributes:
        verb: what it does.
        start: where it begins in the request, after its prologue.
        end: where it ends.
        after: the same, with the semicolon that separates it from the next.
        clauses: where its USING clauses end; 0 where it can have none.
        prologue: everything declared before it in the request, also before earlier operations.
        silent: whether it never fails.
        delete: what its solutions, or itself, take away.
        insert: what they add.
        home: the graph of WITH; templates without GRAPH belong there.
        using: the dataset of the pattern, if it names one.
        pattern: the group graph pattern with its braces.
        source: of ADD, MOVE and COPY: a graph or DEFAULT; of CLEAR, DROP and CREATE too, or NAMED, ALL.
        target: of ADD, MOVE and COPY.
    """

    verb: Verb
    start: int
    end: int
    after: int
    clauses: int = 0
    prologue: str = ""
    silent: bool = False
    delete: tuple[Block, ...] = ()
    insert: tuple[Block, ...] = ()
    home: str | None = None
    using: tuple[Using, ...] = ()
    pattern: str = "{}"
    source: str = ""
    target: str = ""

    @property
    def short(self) -> bool:
        """Whether it is a DELETE WHERE, in which the pattern is the template."""
        return self.verb == "modify" and not self.clauses
