"""The reference tables of `data/reference`: markets, municipalities, classifications, terms.

`Reference.load` reads them once; the importer asks it for the meaning of a cell, and
`Reference.graphs` says what the graph holds of them (`docs/model.md`, "Countries and regions").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from rapidfuzz import fuzz, process

from graph.errors import Issue, UnknownValue
from graph.model.iris import Minter
from graph.model.namespaces import HS, NACE
from graph.model.terms import NamedNode, Triple
from graph.sources.reference_graphs import reference_graphs
from graph.sources.reference_tables import Area, Market, Municipality, Tables, grouped, load_tables

SUGGESTIONS = 3
NEAR = 70.0
"""Least likeness, of 100, of a name that is worth suggesting (rapidfuzz's WRatio)."""

CODE_LENGTH = 3


def fold(text: str) -> str:
    """What is compared of a name: letters and digits only, without case and accents.

    >>> fold("Côte d’Ivoire"), fold("MIDDLE_EAST"), fold("V.S.")
    ('cotedivoire', 'middleeast', 'vs')
    """
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if c.isalnum())


class Reference:
    """All reference tables; immutable in use. Made by `load`.

    Attributes:
        markets: by code, countries and regions.
        areas: by key, as in `limburg`.
        municipalities: by NIS code.
        terms: by scheme and key.
    """

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.markets = tables.markets
        self.areas = tables.areas
        self.municipalities = tables.municipalities
        self.terms = tables.terms
        self._market_by_name = {
            fold(name): market for market in self.markets.values() for name in market_names(market)
        }
        self._market_by_iri = {market.iri.value: market for market in self.markets.values()}
        self._towns_by_name = _towns(self.municipalities.values())
        self._towns_by_postcode = grouped(
            (code, town) for town in self.municipalities.values() for code in town.postcodes
        )

    @classmethod
    def load(cls, folder: Path) -> Reference:
        """Reads the tables of `data/reference`; the folder `data` above it will do as well.

        Raises:
            InputError: a table or a column of it is missing.
        """
        inner = folder / "reference"
        place = inner if inner.is_dir() else folder
        return cls(load_tables(place))

    def market(self, text: str) -> Market:
        """The country or region that a cell or a parameter means.

        Read are ISO 2 and 3, the IRI of the EU authority table, region codes, names in Dutch,
        English and French and common other names; case, accents, spaces, hyphens and points
        make no difference.

        Raises:
            UnknownValue: there is no such market; the nearest names are suggested.
        """
        found = self._market_by_iri.get(text.strip()) or self._market_by_name.get(fold(text))
        if found is None:
            near = (self._market_by_name[name] for name in _near(text, self._market_by_name))
            suggestions = (f"{market.labels['en']} ({market.code})" for market in near)
            raise _unknown("market", "no country or region of the world is called that", text, suggestions)
        return found

    def find_market(self, text: str) -> NamedNode:
        """The IRI of `market(text)`; raises as it does."""
        return self.market(text).iri

    def find_municipality(self, name: str, postcode: str = "") -> Municipality:
        """The Belgian municipality of a name, NIS code or postcode.

        A part of one (Kuringen) or a former one (Overpelt) gives the municipality of today.

        Args:
            name: in Dutch, French, English or German, or the NIS code; may be empty with a postcode.
            postcode: settles which one where a name is used twice.

        Raises:
            UnknownValue: there is none, more than one, or the postcode is another one's.
        """
        code = postcode.strip()
        coded = self._towns_by_postcode.get(code, ())
        named = self._named(name)
        if not name.strip():
            named = coded
        if len(coded) and not set(named) & set(coded):
            near = [f"{town.labels['nl']} ({code})" for town in coded]
            raise _unknown("postcode", f"is no postcode of {name.strip()}", code, near)
        fitting = [town for town in named if town in coded] if coded else list(named)
        if len(fitting) != 1:
            raise self._no_municipality(name, code, fitting)
        return fitting[0]

    def _named(self, name: str) -> tuple[Municipality, ...]:
        by_code = self.municipalities.get(name.strip())
        return (by_code,) if by_code else self._towns_by_name.get(fold(name), ())

    def _no_municipality(self, name: str, code: str, fitting: list[Municipality]) -> UnknownValue:
        if fitting:
            near = [f"{town.labels['nl']} ({town.nis})" for town in fitting]
            return _unknown("municipality", "more than one is called that; give the NIS code", name, near)
        towns = [town for near in _near(name, self._towns_by_name) for town in self._towns_by_name[near]]
        near = [town.labels["nl"] for town in towns]
        return _unknown("municipality", "no Belgian municipality is called that", name or code, near)

    def find_area(self, text: str) -> Area:
        """The province, region or country of a key (`limburg`), name or NIS code.

        Raises:
            UnknownValue: there is none; the keys are listed.
        """
        wanted = fold(text)
        for area in self.areas.values():
            if wanted in {area.nis, *map(fold, (area.key, *area.labels.values()))}:
                return area
        detail = f"no area of Belgium is called that; there are: {', '.join(sorted(self.areas))}"
        raise _unknown("area", detail, text, ())

    def find_nace(self, code: str) -> NamedNode:
        """The IRI of a NACE 2.1 code, with or without its dot.

        Sections and divisions must be those of the table; of finer codes the division is checked.

        Raises:
            UnknownValue: there is no such section or division.
        """
        plain = re.sub(r"[.\s]", "", code).upper()
        if re.fullmatch(r"[A-Z]|\d{2,4}", plain) is None or plain[:2] not in self.tables.nace:
            raise _unknown("nace", "is no section, division, group or class of NACE 2.1", code, ())
        return NACE[plain]

    def find_hs(self, code: str) -> NamedNode:
        """The IRI of an HS 2022 chapter.

        Raises:
            UnknownValue: there is no such chapter.
        """
        if code not in self.tables.hs or not code.isdigit():
            raise _unknown("hs", "is no chapter of HS 2022: write two digits", code, ())
        return HS[code]

    def term(self, scheme: str, key: str) -> dict[str, str]:
        """Labels of a product, sector, role, … by language; empty where the table does not have it."""
        known = self.terms.get((scheme, key))
        return dict(known.labels) if known else {}

    def graphs(self, minter: Minter) -> dict[NamedNode, set[Triple]]:
        """The triples of each graph `{base}graph/reference/{table}`."""
        return reference_graphs(self.tables, minter)


def market_names(market: Market) -> list[str]:
    """Everything by which a market is found, its IRI apart."""
    return [name for name in (market.code, market.iso3, *market.labels.values(), *market.others) if name]


def _towns(municipalities: Iterable[Municipality]) -> dict[str, tuple[Municipality, ...]]:
    """Municipalities by folded name; more than one where two share it in some language.

    A name in the place's own language comes first: Saint-Nicolas is the one near Liège, not
    Sint-Niklaas in French.
    """
    towns = list(municipalities)
    own = grouped((fold(town.labels["en"]), town) for town in towns)
    local = grouped((fold(town.labels[language]), town) for town in towns for language in ("nl", "fr"))
    rest = grouped((fold(name), town) for town in towns for name in (*town.others, town.labels["de"]))
    return {**rest, **local, **own}


def _near(text: str, names: Iterable[str]) -> list[str]:
    """The folded names most like a text, the nearest first; codes are like anything, so not they."""
    words = [name for name in names if len(name) > CODE_LENGTH]
    found = process.extract(fold(text), words, scorer=fuzz.WRatio, limit=4 * SUGGESTIONS, score_cutoff=NEAR)
    return [name for name, _, _ in found]


def _unknown(name: str, detail: str, value: str, near: Iterable[str]) -> UnknownValue:
    suggestions = ", ".join(list(dict.fromkeys(near))[:SUGGESTIONS])
    if suggestions:
        detail = f"{detail}; nearest: {suggestions}"
    return UnknownValue(f"{value!r}: {detail}", issues=(Issue(name, detail, value),))
