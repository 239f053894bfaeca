"""What a template knows of who reads it: language, release, address, and how to make links that keep them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, urlencode

from markupsafe import Markup

from api.pages import catalogue, formats, places

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Face:
    """One reader of one page.

    Attributes:
        lang: nl, en or fr.
        path: path of the page on this host.
        query: its query string in pieces, without `lang` and `release`.
        chosen: whether the reader chose the language; links then keep it.
        release: name of the release that answers.
        pinned: the release that the reader asked for; links then keep it.
        whole: whether the reader also sees what not everyone may see.
    """

    lang: str
    path: str = "/"
    query: Pairs = ()
    chosen: bool = False
    release: str = ""
    pinned: str = ""
    whole: bool = False

    def t(self, key: str, /, **values: object) -> Markup:
        """A text of the catalogue in the reader's language."""
        return catalogue.translate(self.lang, key, **values)

    def href(self, *segments: str, **params: Any) -> str:
        """A path of ours: `href("companies", id)`, `href("exporters", market=["CN", "TH"])`."""
        path = "/" + "/".join(quote(str(part), safe="~") for part in segments)
        return self._address(path, pairs(params))

    def here(self, **changes: Any) -> str:
        """This page with some parameters changed; None takes one away."""
        kept = [(name, value) for name, value in self.query if name not in changes]
        return self._address(self.path, (*kept, *pairs(changes)))

    def data(self, path: str, query: Iterable[tuple[str, str]], form: str) -> str:
        """The data of a page in another format, in the same language."""
        return _join(path, (*query, ("format", form), ("lang", self.lang), *self._release))

    def switch(self, lang: str) -> str:
        """The same page in another language."""
        return _join(self.path, (*self.query, ("lang", lang), *self._release))

    def unpinned(self) -> str:
        """This page as the current release has it."""
        return replace(self, pinned="").here()

    def _address(self, path: str, query: Iterable[tuple[str, str]]) -> str:
        return _join(path, (*query, *((("lang", self.lang),) if self.chosen else ()), *self._release))

    @property
    def _release(self) -> Pairs:
        return (("release", self.pinned),) if self.pinned else ()

    def day(self, value: object) -> str:
        """A date in words."""
        return formats.day(value, self.lang)

    def since(self, value: object) -> str:
        """`sinds 8 maart 2026`, `depuis le 8 mars 2026`, `depuis 2021`."""
        return formats.since(value, self.lang)

    def fromto(self, since: object, until: object) -> str:
        """`8 maart 2026 tot 2027`, `du 8 mars 2026 à 2027`."""
        return formats.fromto(since, until, self.lang)

    def number(self, value: object) -> str:
        """A number as the language writes it."""
        return formats.number(value, self.lang)

    def percent(self, value: object) -> str:
        """A share in percent."""
        return formats.percent(value, self.lang)

    def change(self, value: object) -> str:
        """A change in percent, with its sign."""
        return formats.change(value, self.lang)

    def figure(self, fact: Mapping[str, Any]) -> str:
        """A figure or statistic in words."""
        return formats.figure(fact, self.lang)

    def into(self, market: Mapping[str, Any]) -> str:
        """`in China`, `aux États-Unis`."""
        return places.into(market, self.lang)

    def to(self, market: Mapping[str, Any]) -> str:
        """`naar China`, `aux États-Unis`."""
        return places.to(market, self.lang)

    def word(self, family: str, code: object, label: object = None) -> str:
        """Our word for a code of a list, else the label that the graph gives, else the code."""
        key = f"{family}.{formats.code_of(code)}"
        return str(self.t(key)) if catalogue.known(self.lang, key) else str(label or formats.code_of(code))


def pairs(params: Mapping[str, Any]) -> Pairs:
    """Query pieces out of keywords; lists repeat, None and "" are left out."""
    found: list[tuple[str, str]] = []
    for name, value in params.items():
        values = value if isinstance(value, (list, tuple)) else [value]
        found += [(name, str(one)) for one in values if one is not None and one != ""]
    return tuple(found)


def _join(path: str, query: Iterable[tuple[str, str]]) -> str:
    text = urlencode(list(query))
    path = f"/{path.lstrip('/')}"  # two slashes in front would be another host
    return f"{path}?{text}" if text else path
