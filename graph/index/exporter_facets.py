"""How many exporters there are by each value of each filter, with all other filters applied."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from graph.index.catalogue import Catalogue, Json
from graph.index.columns import Counts, Numbers, counted, members
from graph.index.conditions import MEMBERSHIPS
from graph.index.database import Cache, Database
from graph.index.filters import ExporterFilter
from graph.index.question import Question
from graph.index.text import fold
from graph.index.weighing import Weighing
from graph.model.statuses import RANK

if TYPE_CHECKING:
    from graph.index.exporters import Asked

T = TypeVar("T")

Understand = Callable[[Database, Catalogue, ExporterFilter], "Asked"]

JOINED = {
    "sector": "sectors",
    "municipality": "municipalities",
    "partnerCountry": "partner_countries",
    "hasPresenceIn": "presence_in",
}
"""Facets that are columns of the companies that are found: each with its field of the filter."""


@dataclass(frozen=True)
class Facets:
    """Counts for one filter, each kept under the filter without its own field.

    So the markets of an unfiltered list are counted once, whichever market is asked for.

    Attributes:
        weighing: one for all, as most facets differ only in what they leave out of the companies.
        f: the filter, without a day that does not count.
    """

    weighing: Weighing
    catalogue: Catalogue
    understand: Understand
    f: ExporterFilter

    @property
    def db(self) -> Database:
        """The file that is asked."""
        return self.weighing.db

    @property
    def cache(self) -> Cache:
        """What is counted already."""
        return self.weighing.cache

    def all(self, lang: str) -> dict[str, list[Json]]:
        """Every facet by the name of its parameter, with labels."""
        markets = self._kept("market", self._by_market, markets=())
        products = self._kept("product", self._by_product, products=())
        found = {
            "status": self._statuses(lang),
            "market": self._labelled(markets, lang),
            "product": self._labelled(products, lang),
        }
        for name, own in JOINED.items():
            found[name] = self._labelled(self._joined(name, own), lang)
        ended = self._kept("includeEnded", self._total, include_ended=True)
        return {
            **found,
            "areaMembership": self._members(),
            "includeEnded": [{"value": "true", "label": "true", "count": ended}] if ended else [],
        }

    def _kept(self, name: str, count: Callable[[Question], T], **changed: Any) -> T:
        """A count for the filter with some fields changed, made where it is not kept."""
        f = replace(self.f, **changed)
        return self.cache.get(
            ("facet", name, f), lambda: count(self.understand(self.db, self.catalogue, f).question)
        )

    def _joined(self, name: str, own: str) -> Counts:
        f = replace(self.f, **{own: ()})  # type: ignore[arg-type]
        day = (f.as_of or f.today).toordinal()
        return self.cache.get(
            ("facet", name, f), lambda: counted(self.db, self.cache, name, self._companies(f), day)
        )

    def _members(self) -> list[Json]:
        f = replace(self.f, area=None, area_membership=())
        counts = self.cache.get(
            ("facet", "areaMembership", f), lambda: members(self.db, self.cache, self._companies(f))
        )
        return [{"value": w, "label": w, "count": counts[w]} for w in MEMBERSHIPS if w in counts]

    def _companies(self, f: ExporterFilter) -> Numbers:
        """The companies that a filter finds: most facets are counted over the same ones."""
        question = self.understand(self.db, self.catalogue, f).question
        found: Numbers = self.weighing.ids[self.weighing.answers(question).companies()]
        return found

    def _total(self, question: Question) -> int:
        return len(self.weighing.answers(question).companies())

    def _by_product(self, question: Question) -> Counts:
        return self.weighing.by_product(question).scored(question.scores).counts()

    def _by_market(self, question: Question) -> Counts:
        return self.weighing.by_market(question).scored(question.scores).counts()

    def _statuses(self, lang: str) -> list[Json]:
        """How many the filter by each status would find: one company may stand differently in two markets."""
        found = []
        for word, rank in sorted(RANK.items(), key=lambda each: -each[1]):
            count = self._kept(word, self._total, statuses=(word,))
            if count:
                label = str(self.catalogue.status(rank, lang)["statusLabel"])
                found.append({"value": word, "label": label, "count": count})
        return found

    def _labelled(self, counts: Counts, lang: str) -> list[Json]:
        found = [(self.catalogue[number], count) for number, count in counts]
        return most_first([(c.code, c.label(lang), count) for c, count in found])


def most_first(values: list[tuple[str, str, int]]) -> list[Json]:
    """(value, label, count) as dicts, most first, then by label."""
    ordered = sorted(values, key=lambda each: (-each[2], fold(each[1]), each[0]))
    return [{"value": value, "label": label, "count": count} for value, label, count in ordered]
