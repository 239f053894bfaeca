"""Triples of a page or a thing: one stored question, its terms bound, asked of the readers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from api import questions, streams
from api.deps import Context
from api.exports import jsonld, turtle
from api.negotiation import TURTLE, Format
from graph.model.terms import NamedNode

ENGINE = "application/ld+json"
"""What the engine is asked for where the answer is written again."""


def mentioned(told: Any, base: str) -> Iterator[str]:
    """The IRIs of our own things anywhere in JSON: what a page of a list speaks of."""
    if isinstance(told, dict):
        iri = told.get("iri")
        if isinstance(iri, str) and iri.startswith(f"{base}id/"):
            yield iri
        for value in told.values():
            yield from mentioned(value, base)
    elif isinstance(told, list):
        for value in told:
            yield from mentioned(value, base)


async def expanded(ctx: Context, question: str, variable: str, iris: Iterable[str]) -> bytes:
    """The answer to a question about these things, as the engine's expanded JSON-LD."""
    terms = [NamedNode(iri) for iri in dict.fromkeys(iris)]
    if not terms:
        return b"[]"
    answer = await ctx.query(questions.bind(question, variable, terms), ENGINE)
    return await streams.whole(answer)


def written(found: bytes, form: Format) -> bytes:
    """Expanded JSON-LD in its short form, or as Turtle. Blocks: run it in a thread."""
    return turtle.write(found) if form is TURTLE else jsonld.compact(found)
