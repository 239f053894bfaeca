"""Small pieces of RDF, written by the engine in any of its forms; files of RDF joined into one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from pyoxigraph import RdfFormat, parse, serialize

from graph.errors import InputError, Issue
from graph.model.terms import Triple

_WITH_PREFIXES = (RdfFormat.TURTLE, RdfFormat.TRIG, RdfFormat.RDF_XML)


def written(triples: Iterable[Triple], media_type: str, prefixes: Mapping[str, str] | None = None) -> bytes:
    """Triples in the form of a media type.

    Args:
        prefixes: for the forms that have any.

    Raises:
        InputError: the engine writes no such form.
    """
    form = _form(media_type)
    named = dict(prefixes) if prefixes and form in _WITH_PREFIXES else None
    return serialize(triples, format=form, prefixes=named) or b""


def join(files: Sequence[tuple[Path, str]], base_iri: str, target: Path) -> None:
    """Writes the triples of several files into one of N-Triples; their blank nodes stay apart.

    Args:
        files: each with its media type.
        base_iri: what their relative IRIs are resolved against.
        target: made here.

    Raises:
        InputError: one that cannot be read, or that names graphs; which one, and where.
    """
    with target.open("wb") as stream:
        for place, (path, media_type) in enumerate(files, 1):
            serialize(_triples(place, path, media_type, base_iri), output=stream, format=RdfFormat.N_TRIPLES)


def _triples(place: int, path: Path, media_type: str, base_iri: str) -> Iterator[Triple]:
    try:
        for quad in parse(
            path=path,
            format=_form(media_type),
            base_iri=base_iri,
            without_named_graphs=True,
            rename_blank_nodes=True,
        ):
            yield quad.triple
    except (SyntaxError, ValueError) as error:
        where = f"line {error.lineno}: " if isinstance(error, SyntaxError) and error.lineno else ""
        issue = Issue("body", f"part {place}: {where}{error}")
        raise InputError("What was sent cannot be read.", issues=(issue,)) from None


def _form(media_type: str) -> RdfFormat:
    form = RdfFormat.from_media_type(media_type)
    if form is None:
        issue = Issue("Content-Type", "a form of RDF", media_type)
        raise InputError("This is no form of RDF that is known here.", issues=(issue,))
    return form
