"""Triples of a page or a thing: one stored question, its terms bound, asked of the readers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from api import questions, streams
from api.deps import Context
from api.exports import jsonld, turtle
from api.negotiation import TURTLE, Format
from graph.model.terms import NamedNode

BLOCKS = 6
"""Most blocks of one question into which its terms are put."""
ENGINE = "application/ld+json"
"""What the engine is asked for where the answer is written again."""


_BESIDE = ("source", "sector", "product", "indicator", "period", "scheme", "dataset")
"""Kinds of things that come along with those that point at them, or need no more than their name."""


def mentioned(told: Any, base: str) -> Iterator[str]:
    """The IRIs of our own things anywhere in JSON: what a page of a list speaks of."""
    if isinstance(told, dict):
        iri = told.get("iri")
        if isinstance(iri, str) and _is_told(iri, f"{base}id/"):
            yield iri
        for value in told.values():
            yield from mentioned(value, base)
    elif isinstance(told, list):
        for value in told:
            yield from mentioned(value, base)


def _is_told(iri: str, beginning: str) -> bool:
    return iri.startswith(beginning) and iri[len(beginning) :].partition("/")[0] not in _BESIDE


async def expanded(ctx: Context, question: str, variable: str, iris: Iterable[str]) -> bytes:
    """The answer to a question about these things, as the engine's expanded JSON-LD.

    One query, unless it would be longer than `VERRE_QUERY_LENGTH` allows.
    """
    terms = [NamedNode(iri) for iri in dict.fromkeys(iris)]
    parts = []
    for some in _portions(terms, ctx.settings.query_length - len(questions.text(question))):
        answer = await ctx.query(questions.bind(question, variable, some), ENGINE)
        parts.append((await streams.whole(answer)).strip()[1:-1])
    return b"[" + b",".join(part for part in parts if part) + b"]"


def _portions(terms: Iterable[NamedNode], room: int) -> Iterator[list[NamedNode]]:
    """The terms in portions of so many characters; each of one term at least."""
    some: list[NamedNode] = []
    used = 0
    for term in terms:
        length = (len(term.value) + 3) * BLOCKS
        if some and used + length > room:
            yield some
            some, used = [], 0
        some.append(term)
        used += length
    if some:
        yield some


def written(found: bytes, form: Format) -> bytes:
    """Expanded JSON-LD in its short form, or as Turtle. Blocks: run it in a thread."""
    return turtle.write(found) if form is TURTLE else jsonld.compact(found)
