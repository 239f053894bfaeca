"""Where the files that come with Verre are: beside the packages in a clone, inside them in a wheel."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).parent


def _folder(name: str) -> Path:
    packaged = _HERE / "resources" / name
    return packaged if packaged.is_dir() else _HERE.parent / name


def ontologies() -> Path:
    """The folder of the ontology, its code lists, shapes and hygiene queries."""
    return _folder("ontologies")


def data() -> Path:
    """The folder of the curated facts and the reference tables."""
    return _folder("data")
