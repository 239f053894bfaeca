"""Answers that say when they change: ETag, Vary, Cache-Control, 304; and a small store of ready ones.

An answer is settled by the release, the part of it that the client may see, the day ("ended" depends
on it), the language, the format and the URL. So its tag is known before it is made. Where the bytes may differ from one making to the
next (the engine orders triples as it likes, a workbook is a zip), the tag is a weak one.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from starlette.responses import Response

from graph.store.parts import Part

CACHE_CONTROL = "public, no-cache"
"""Anyone may keep it, and asks each time whether it still holds: a new release shows at once."""
VARY = "Accept, Accept-Language, Authorization"


def control(part: Part) -> str:
    """`Cache-Control` of an answer; what not everyone may see is kept by nobody."""
    return CACHE_CONTROL if part == "public" else "private, no-store"


@dataclass(frozen=True)
class Facts:
    """What settles an answer, and the headers that follow from it.

    Attributes:
        strong: whether the same facts always make the same bytes.
    """

    release: str
    part: Part
    day: str
    language: str
    format: str
    url: str
    version: str
    strong: bool = True

    @cached_property
    def etag(self) -> str:
        """The value of `ETag`."""
        parts = (self.version, self.release, self.part, self.day, self.language, self.format, self.url)
        state = hashlib.blake2b(digest_size=16)
        for part in parts:
            raw = part.encode(errors="replace")
            state.update(len(raw).to_bytes(4, "big") + raw)
        tag = f'"{state.hexdigest()}"'
        return tag if self.strong else f"W/{tag}"

    def headers(self) -> dict[str, str]:
        """The headers of the answer, 304 included."""
        return {
            "ETag": self.etag,
            "Vary": VARY,
            "Cache-Control": control(self.part),
            "Content-Language": self.language,
            "Release": self.release,
        }


def matches(if_none_match: str | None, etag: str) -> bool:
    """Whether the client has this answer already (weak comparison, RFC 9110, 13.1.2)."""
    if not if_none_match:
        return False
    if if_none_match.strip() == "*":
        return True
    own = etag.removeprefix("W/")
    return any(tag.strip().removeprefix("W/") == own for tag in if_none_match.split(","))


def not_modified(headers: Mapping[str, str]) -> Response:
    """304 with the headers that a cache may renew."""
    return Response(status_code=304, headers=dict(headers))


@dataclass(frozen=True)
class Made:
    """A finished answer: its bytes, and headers of its own."""

    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class ReadyAnswers:
    """Answers that were made lately, up to a number of bytes; the oldest go first.

    Used from the event loop only.
    """

    limit: int
    held: int = 0
    _held: OrderedDict[str, Made] = field(default_factory=OrderedDict)

    def get(self, etag: str) -> Made | None:
        """The answer with this tag, if it is still here."""
        made = self._held.get(etag)
        if made is not None:
            self._held.move_to_end(etag)
        return made

    def put(self, etag: str, made: Made) -> None:
        """Keeps an answer; one of more than a sixteenth of the room is not worth the others."""
        if len(made.body) * 16 > self.limit or etag in self._held:
            return
        self._held[etag] = made
        self.held += len(made.body)
        while self.held > self.limit:
            _, oldest = self._held.popitem(last=False)
            self.held -= len(oldest.body)
