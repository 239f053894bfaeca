"""What the first reader of a large release would wait for: made once, and before anybody comes."""

from __future__ import annotations

from datetime import date

from graph.index import overview
from graph.index.catalogue import Json
from graph.index.filters import ExporterFilter, PageRequest
from graph.index.newest import newest
from graph.index.reading import Index

LANGUAGES = ("nl", "en", "fr")
LATEST = 8
"""The newest facts that the first page tells."""


def countries(index: Index, lang: str, today: date) -> list[Json]:
    """Every country that something is known of, with its companies by status; see `overview.countries`."""
    shaper = index.shaper(lang, today)
    counts = index.kept(("countries", today), lambda: overview.held(shaper))
    return index.kept(("countries", lang, today), lambda: overview.countries(shaper, counts))


def latest(index: Index, lang: str, today: date) -> list[Json]:
    """The newest facts; see `newest`."""
    return index.kept(("newest", lang, today), lambda: newest(index.shaper(lang, today), LATEST))


def warm(index: Index, today: date) -> None:
    """Counts what the first page shows, and the filters of the list of exporters, for all who come after."""
    index.counts(today)
    for lang in LANGUAGES:
        countries(index, lang, today)
        latest(index, lang, today)
    for membership in ((), ("yes",)):
        asked = ExporterFilter(today=today, area_membership=membership)
        index.exporters(asked, PageRequest(1, 1, facets=True), LANGUAGES[0])
