"""The published schemas of the API 0.2, and its examples."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
from referencing import Registry
from referencing.jsonschema import DRAFT7

VERSION = Path("conformance", "reconciliation", "0.2")


@cache
def _registry(folder: Path) -> Registry[Any]:
    found: Registry[Any] = Registry()
    for path in sorted(folder.glob("*.json")):
        schema = json.loads(path.read_text("utf-8"))
        found = found.with_resource(schema["$id"].rstrip("#"), DRAFT7.create_resource(schema))
    return found


def validate(shared: Path, name: str, told: object) -> None:
    """Holds an answer against a schema.

    Args:
        shared: the folder of official material.
        name: of the schema, as `manifest`.
    """
    folder = shared / VERSION / "schemas"
    schema = json.loads((folder / f"{name}.json").read_text("utf-8"))
    jsonschema.Draft7Validator(schema, registry=_registry(folder)).validate(told)


def examples(shared: Path, name: str, kind: str) -> dict[str, str]:
    """The texts of the examples of a schema by file name; `kind` is valid or invalid."""
    found = sorted((shared / VERSION / "examples" / name / kind).glob("*.json"))
    return {path.stem: path.read_text("utf-8") for path in found}
