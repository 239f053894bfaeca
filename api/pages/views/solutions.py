"""The answer to a stored question as a table: what has a page is called by its name and leads to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from api.exports.titles import title
from api.pages.face import Face
from api.pages.formats import decimal
from api.pages.views.sources import web_address
from graph.index.labels import labels
from graph.index.shaping import Shaper
from graph.model.namespaces import PREFIXES, XSD

SHOWN = 200
"""Rows that a page shows; the downloads have all of them."""

Term = Mapping[str, str]
Named = Mapping[str, tuple[str, str | None]]
"""By IRI: a name, and the path of its page if it has one."""

_NUMBERS = frozenset(
    XSD[kind].value for kind in ("integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger")
)
_DATES = frozenset(XSD[kind].value for kind in ("date", "gYear", "gYearMonth"))
_PAGES = {
    "company": "companies",
    "source": "sources",
    "person": "people",
    "mission": "missions",
    "market": "markets",
}
_STATUS = "/engagement-status/"
_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")


def table(face: Face, found: Mapping[str, Any], named: Named) -> dict[str, Any]:
    """The columns, the first rows, and how many there are.

    Args:
        face: the reader.
        found: an answer in SPARQL's JSON.
        named: what `names` gives for the IRIs of these rows.
    """
    if "boolean" in found:
        rows = [[_plain(str(face.t("answer.yes" if found["boolean"] else "answer.no")))]]
        return {"columns": [str(face.t("col.value"))], "rows": rows, "total": 1}
    keys: Sequence[str] = found["head"]["vars"]
    every = found["results"]["bindings"]
    return {
        "columns": [_title(face, key) for key in keys],
        "rows": [[cell(face, row.get(key), named) for key in keys] for row in every[:SHOWN]],
        "total": len(every),
    }


def _title(face: Face, key: str) -> str:
    """A column as our tables call it, else in words of its own."""
    known = title(key, face.lang)
    return known if known != key else face.word("column", key, _WORD.sub(" ", key).lower())


def cell(face: Face, term: Term | None, named: Named) -> dict[str, Any]:
    """One value: its text, whether it is a number, its language; or where it leads."""
    if term is None:
        return _plain("")
    value = term["value"]
    addresses = [value] if term["type"] == "uri" else _listed(term)
    if addresses:
        return {**_plain(""), "links": [_link(iri, named) for iri in addresses]}
    kind = term.get("datatype", "")
    if kind in _NUMBERS and decimal(value) is not None:
        return {**_plain(face.number(value)), "number": True}
    if kind in _DATES:
        return _plain(face.day(value))
    if kind == XSD.boolean.value:
        return _plain(str(face.t("answer.yes" if value in ("true", "1") else "answer.no")))
    return {**_plain(value), "lang": term.get("xml:lang", "")}


def _plain(text: str) -> dict[str, Any]:
    return {"text": text, "number": False, "lang": "", "links": []}


def _link(iri: str, named: Named) -> dict[str, Any]:
    label, path = named.get(iri, (short(iri), web_address(iri)))
    return {"text": label, "href": path, "outside": iri not in named}


def _listed(term: Term) -> list[str]:
    """The addresses in a text that holds nothing else: several sources of one row come so."""
    parts = term["value"].split() if term["type"] == "literal" else []
    return parts if parts and all(web_address(part) for part in parts) else []


def short(iri: str) -> str:
    """An IRI with a prefix of ours, or as it is."""
    for prefix, beginning in sorted(PREFIXES.items(), key=lambda each: -len(each[1])):
        if iri.startswith(beginning) and "/" not in iri[len(beginning) :]:
            return f"{prefix}:{iri[len(beginning) :]}"
    return iri


def iris(found: Mapping[str, Any]) -> set[str]:
    """The IRIs of the rows that are shown."""
    rows = found.get("results", {}).get("bindings", ())[:SHOWN]
    terms = [term for row in rows for term in row.values()]
    return {iri for term in terms for iri in ([term["value"]] if term["type"] == "uri" else _listed(term))}


def names(face: Face, shaper: Shaper, wanted: Iterable[str]) -> dict[str, tuple[str, str | None]]:
    """What the index calls these IRIs, and their pages."""
    return {
        iri: (
            face.word("status", label.ref, label.text) if _STATUS in iri else label.text,
            face.href(_PAGES[label.kind], label.ref) if label.kind in _PAGES else None,
        )
        for iri, label in labels(shaper, wanted).items()
    }
