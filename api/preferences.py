"""What a client would rather have: `Prefer` (RFC 7240)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request

LENIENT, STRICT, MINIMAL, REPRESENTATION = (
    "handling=lenient",
    "handling=strict",
    "return=minimal",
    "return=representation",
)
_KNOWN = frozenset({LENIENT, STRICT, MINIMAL, REPRESENTATION})


@dataclass(frozen=True)
class Preferences:
    """What is asked for, as far as it is known here.

    Attributes:
        applied: the preferences, each as it is written.
    """

    applied: tuple[str, ...] = ()

    @property
    def lenient(self) -> bool:
        """Whether warnings may pass."""
        return LENIENT in self.applied

    @property
    def minimal(self) -> bool:
        """Whether an answer without a body is enough."""
        return MINIMAL in self.applied

    def headers(self) -> Mapping[str, str]:
        """`Preference-Applied`, where there is anything to tell."""
        return {"Preference-Applied": ", ".join(self.applied)} if self.applied else {}


def preferences(request: Request) -> Preferences:
    """The preferences of a request: the first of each name counts, unknown ones are passed over."""
    found: dict[str, str] = {}
    for line in request.headers.getlist("prefer"):
        for part in line.split(",")[:32]:
            name, _, value = part.partition(";")[0].partition("=")
            name, value = name.strip().lower(), value.strip().strip('"').lower()
            found.setdefault(name, f"{name}={value}")
    return Preferences(tuple(each for each in found.values() if each in _KNOWN))
