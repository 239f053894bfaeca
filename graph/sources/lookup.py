"""What the sheets ask of the reference tables; `graph.sources.reference.Reference` answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from graph.model.terms import NamedNode


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
        """Language -> label of a word; the key itself, as English, where the table does not have it."""
        ...
