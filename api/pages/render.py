"""Templates to bytes. Autoescape is always on: whatever the graph says is shown as text."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

from api.pages import assets, loads
from api.pages.catalogue import LANGUAGES, LOCALES
from api.pages.face import Face

FORMATS = (
    ("json", "application/json", "JSON"),
    ("csv", "text/csv", "CSV"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX"),
    ("ttl", "text/turtle", "Turtle"),
    ("jsonld", "application/ld+json", "JSON-LD"),
)
"""What the data of a page comes as: `format=`, media type, name for people."""

LONGEST = 24
"""Letters that a word may have before it is broken where it need not be."""


@cache
def environment() -> Environment:
    """The one Jinja2 environment."""
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.tests["unbroken"] = unbroken
    made.globals |= {
        "asset": assets.address,
        "found": assets.found,
        "LANGUAGES": LANGUAGES,
        "LOCALES": LOCALES,
    }
    return made


def unbroken(text: object) -> bool:
    """Whether a text has a word that is too long for a column, so that it must break anywhere."""
    return any(len(word) > LONGEST for word in str(text or "").split())


def alternates(face: Face, path: str, query: Any = ()) -> list[dict[str, str]]:
    """The data behind a page, in every format: for `<link rel=alternate>` and for its foot."""
    return [
        {"href": face.data(path, query, form), "type": media_type, "name": name}
        for form, media_type, name in FORMATS
    ]


def render(face: Face, template: str, model: dict[str, Any]) -> bytes:
    """One page as UTF-8."""
    given = {"face": face, "t": face.t, "loads": loads.of(template)}
    text = environment().get_template(template).render(**given, **model)
    return text.encode("utf-8", "replace")
