"""What all schemas share: camelCase names, nothing undocumented, an example made of the fields' own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel


def example(model: type[BaseModel]) -> dict[str, Any]:
    """The example of a schema: each field's first example."""
    told: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        if not field.examples:
            raise TypeError(f"{model.__name__}.{name} has no example")
        told[field.alias or name] = field.examples[0]
    return told


def _put(schema: dict[str, Any], model: type[BaseModel]) -> None:
    schema["examples"] = [example(model)]


class Shape(BaseModel):
    """A documented JSON object."""

    model_config = ConfigDict(alias_generator=to_camel, extra="forbid", json_schema_extra=_put)

    @classmethod
    def every(cls) -> Iterator[type[Shape]]:
        """All schemas below this one."""
        for below in cls.__subclasses__():
            yield below
            yield from below.every()
