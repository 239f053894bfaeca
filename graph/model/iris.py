"""How IRIs are made.

Relation nodes get the hash of an ordered, length-tagged key, so that the same row gives the
same IRI on every machine, `a owns b` and `b owns a` differ, and `("ab", "c")` is not `("a", "bc")`.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import quote

from graph.model.terms import NamedNode

DEFAULT_BASE = "https://w3id.org/verre/"


def digest(kind: str, key: tuple[tuple[str, str], ...]) -> str:
    """A name for the node of class `kind` with this key: 32 hexadecimal digits.

    Args:
        kind: the class, as in `engagement`.
        key: (name, value) pairs; their order counts, an absent value is the empty string.
    """
    state = hashlib.sha256()
    for name, value in (("", kind), *key):
        for part in (name, value):
            raw = part.encode()
            state.update(len(raw).to_bytes(4, "big"))
            state.update(raw)
    return state.hexdigest()[:32]


def slug(text: str) -> str:
    """A word for an IRI out of a text: lower case, accents off, anything else a hyphen.

    Letters of other scripts are kept, percent-encoded by the caller. Never empty: a text without
    a letter or digit gives the start of its hash.
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold()).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    word = re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", plain)).strip("-")
    return word or hashlib.sha256(text.encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Minter:
    """Makes the IRIs of the things of one installation.

    Attributes:
        base: where they live, with the closing slash; the setting `VERRE_BASE_IRI`.
    """

    base: str = DEFAULT_BASE

    def thing(self, kind: str, ref: str) -> NamedNode:
        """`{base}id/{kind}/{ref}`; what IRIs cannot hold is percent-encoded."""
        return NamedNode(f"{self.base}id/{kind}/{quote(ref, safe='/-._~')}")

    def hashed(self, kind: str, *key: tuple[str, str]) -> NamedNode:
        """The relation node of class `kind` with this key."""
        return self.thing(kind, digest(kind, key))

    def organization(self, org_id: str, enterprise_number: str = "", lei: str = "") -> NamedNode:
        """By enterprise number (ten digits) if known, else by LEI, else by the sheet's key."""
        if enterprise_number:
            return self.thing("organization", f"be/{enterprise_number}")
        if lei:
            return self.thing("organization", f"lei/{lei}")
        return self.thing("organization", f"x/{slug(org_id)}")

    def graph(self, path: str) -> NamedNode:
        """The named graph `{base}graph/{path}`."""
        return NamedNode(f"{self.base}graph/{quote(path, safe='/-._~')}")

    @property
    def restricted(self) -> str:
        """What the IRIs of graphs begin with that not everyone may see."""
        return f"{self.base}graph/restricted/"

    def source_graph(self, source_id: str, *, restricted: bool = False) -> NamedNode:
        """The graph of what one source says."""
        return self.graph(f"restricted/source/{source_id}" if restricted else f"source/{source_id}")

    @property
    def inferred(self) -> NamedNode:
        """The graph of what is derived."""
        return self.graph("inferred")

    @property
    def void(self) -> NamedNode:
        """The graph that counts what the others hold."""
        return self.graph("void")

    @property
    def dataset(self) -> NamedNode:
        """All of an installation's facts as one dataset."""
        return self.thing("dataset", "verre")

    @property
    def meta(self) -> NamedNode:
        """The graph that describes the public sources."""
        return self.graph("meta")

    @property
    def restricted_meta(self) -> NamedNode:
        """The graph that describes the restricted sources."""
        return self.graph("restricted/meta")
