"""What the sheets ask of the reference tables; `graph.sources.reference.Reference` answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol, TypeVar

from graph.errors import UnknownValue
from graph.model.terms import NamedNode

Found = TypeVar("Found")
Key = TypeVar("Key")


class Place(Protocol):
    """A Belgian municipality."""

    @property
    def nis(self) -> str:
        """Its NIS code, five digits."""
        ...


class Lookup(Protocol):
    """Countries, regions, municipalities and the names of words."""

    def find_market(self, text: str) -> NamedNode:
        """A country or a region by code or name.

        Raises:
            UnknownValue: there is none; the detail suggests the nearest.
        """
        ...

    def find_municipality(self, name: str, postcode: str) -> Place:
        """A municipality by its name, or that of a part of it, and a postcode, which may be empty.

        Raises:
            UnknownValue: there is none; the detail suggests the nearest.
        """
        ...

    def find_nace(self, code: str) -> NamedNode:
        """A NACE 2.1 code, with or without its dot.

        Raises:
            UnknownValue: there is no such section or division.
        """
        ...

    @property
    def terms(self) -> Mapping[tuple[str, str], object]:
        """The (scheme, key) of every word that the table of terms names."""
        ...

    def term(self, scheme: str, key: str) -> Mapping[str, str]:
        """Language -> label of a word; empty where the table does not have it."""
        ...


class Remembered:
    """A lookup that asks another one only once, also for what it does not find.

    Suggestions for an unknown name cost a search through all names; a sheet may hold it a thousand times.
    """

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup
        self._markets: dict[str, NamedNode | UnknownValue] = {}
        self._places: dict[tuple[str, str], Place | UnknownValue] = {}

    def find_market(self, text: str) -> NamedNode:
        """As `Lookup.find_market`."""
        return _once(self._markets, text, lambda: self._lookup.find_market(text))

    def find_municipality(self, name: str, postcode: str) -> Place:
        """As `Lookup.find_municipality`."""
        return _once(self._places, (name, postcode), lambda: self._lookup.find_municipality(name, postcode))

    def find_nace(self, code: str) -> NamedNode:
        """As `Lookup.find_nace`."""
        return self._lookup.find_nace(code)

    @property
    def terms(self) -> Mapping[tuple[str, str], object]:
        """As `Lookup.terms`."""
        return self._lookup.terms

    def term(self, scheme: str, key: str) -> Mapping[str, str]:
        """As `Lookup.term`."""
        return self._lookup.term(scheme, key)


def _once(known: dict[Key, Found | UnknownValue], key: Key, find: Callable[[], Found]) -> Found:
    answer = known.get(key)
    if answer is None:
        try:
            answer = find()
        except UnknownValue as error:
            answer = error
        known[key] = answer
    if isinstance(answer, UnknownValue):
        raise UnknownValue(answer.detail, issues=answer.issues)
    return answer
