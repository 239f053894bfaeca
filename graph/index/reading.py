"""The index of a release, opened for reading: every list, every single thing, every name."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from graph.errors import NotFound
from graph.index import (
    awards,
    companies,
    company,
    continents,
    exporters,
    group,
    markets,
    missions,
    partners,
    people,
    search,
    sources,
)
from graph.index.catalogue import Catalogue, Json
from graph.index.database import Cache, Database
from graph.index.filters import (
    AwardFilter,
    CompanyFilter,
    ExporterFilter,
    ListAnswer,
    MarketFilter,
    MissionFilter,
    PageRequest,
    PartnerFilter,
    PersonFilter,
    Resolved,
    SourceFilter,
    StatisticFilter,
)
from graph.index.find import Found
from graph.index.search import Question
from graph.index.shaping import Shaper

Made = TypeVar("Made")

_CACHED = 1024
"""Totals, pages and counts of facets kept for questions that were asked before; a page of facets is a dozen."""


class Index:
    """Answers from one index file; any thread may ask.

    Every list takes its filter, a page and a language (`nl`, `en`, `fr`), and raises `InputError` for an
    order that it does not know and `UnknownValue` for a name that it does not know.

    Raises:
        StoreError: the file is no index that this version can read.
    """

    def __init__(self, path: Path) -> None:
        self._db = Database(path)
        self._catalogue = Catalogue(self._db)
        self._cache = Cache(_CACHED)

    @property
    def release(self) -> str:
        """The name of the release that this is the index of."""
        return self._db.release

    def close(self) -> None:
        """Closes the file; the index is of no use afterwards."""
        self._db.close()

    def _shaper(self, lang: str, today: date | None) -> Shaper:
        return Shaper(self._db, self._catalogue, lang, (today or date.today()).toordinal())  # noqa: DTZ011

    def shaper(self, lang: str, today: date | None = None) -> Shaper:
        """The file, its concepts, a language and a day: what questions of other packages are asked with."""
        return self._shaper(lang, today)

    # Lists ----------------------------------------------------------------------------------

    def kept(self, key: tuple[Hashable, ...], make: Callable[[], Made]) -> Made:
        """What only the release and the key decide: made once, then kept while this index is open."""
        return self._cache.get(key, make)

    def exporters(self, f: ExporterFilter, page: PageRequest, lang: str) -> ListAnswer:
        """Companies by the markets where they sell or want to; own facts first, then the strongest status."""
        return exporters.list_exporters(self._db, self._catalogue, self._cache, (f, page), lang)

    def companies(self, f: CompanyFilter, page: PageRequest, lang: str) -> ListAnswer:
        """Organizations of any kind, by name."""
        return companies.list_companies(self._db, self._catalogue, f, page, lang)

    def partners(self, f: PartnerFilter, page: PageRequest, lang: str) -> ListAnswer:
        """Partnerships, by the partner's name."""
        return partners.list_partners(self._db, self._catalogue, f, page, lang)

    def people(self, f: PersonFilter, page: PageRequest, lang: str) -> ListAnswer:
        """Persons in business roles, by name."""
        return people.list_people(self._db, self._catalogue, f, page, lang)

    def awards(self, f: AwardFilter, page: PageRequest, lang: str) -> ListAnswer:
        """Awards and nominations, the latest first."""
        return awards.list_awards(self._db, self._catalogue, f, page, lang)

    def missions(self, f: MissionFilter, page: PageRequest, lang: str) -> ListAnswer:
        """Trade missions, the latest first."""
        return missions.list_missions(self._db, self._catalogue, f, page, lang)

    def sources(self, f: SourceFilter, page: PageRequest, lang: str) -> ListAnswer:
        """Sources, by key."""
        return sources.list_sources(self._db, self._catalogue, f, page, lang)

    def statistics(self, f: StatisticFilter, page: PageRequest, lang: str) -> ListAnswer:
        """Figures of an area, by indicator, market and time."""
        return sources.list_statistics(self._db, self._catalogue, f, page, lang)

    def markets(self, f: MarketFilter, page: PageRequest, lang: str) -> ListAnswer:
        """Countries and regions, by label."""
        return markets.list_markets(self._db, self._catalogue, f, page, lang)

    # Single things --------------------------------------------------------------------------

    def company(self, ref: str, lang: str, today: date | None = None) -> Json:
        """Everything known of one organization, by any spelling of its reference.

        Raises:
            NotFound: there is no such organization.
        """
        number = self._organization(ref)
        row = companies.find(self._db, number)
        if row is None:
            raise NotFound(f"there is no company {ref!r}")
        return company.company(self._shaper(lang, today), number, row)

    def group(self, ref: str, lang: str, today: date | None = None) -> Json | None:
        """The group of an organization as a tree from its top; None where it stands alone.

        Raises:
            NotFound: there is no such organization.
        """
        return group.group(self._shaper(lang, today), self._organization(ref))

    def continents(self, markets: Iterable[str], lang: str) -> dict[str, Json]:
        """The continent of each market that lies on one, by the market's code."""
        return continents.continents(self._shaper(lang, None), markets)

    def market(self, text: str, lang: str, today: date | None = None) -> Json:
        """One market by code, IRI or name, with its parts, partnerships, presence and missions.

        Raises:
            NotFound: there is no such market.
        """
        return markets.market(self._db, self._catalogue, text, today or date.today(), lang)  # noqa: DTZ011

    def mission(self, ref: str, lang: str) -> Json:
        """One mission by key or IRI.

        Raises:
            NotFound: there is no such mission.
        """
        return _there(missions.mission(self._shaper(lang, None), ref), "mission", ref)

    def source(self, ref: str, lang: str, page: PageRequest | None = None, today: date | None = None) -> Json:
        """One source by key or IRI, with the organizations that it mentions.

        Args:
            page: only a page of them, with `said`: what the source says of those.
            today: the day for which facts are `ended`.

        Raises:
            NotFound: there is no such source.
        """
        return _there(sources.source(self._shaper(lang, today), ref, page), "source", ref)

    def person(self, ref: str, lang: str, today: date | None = None) -> Json:
        """One person by IRI or the last part of it.

        Raises:
            NotFound: there is no such person.
        """
        return _there(people.person(self._shaper(lang, today), ref), "person", ref)

    # Names ----------------------------------------------------------------------------------

    def resolve(self, ref: str) -> Resolved:
        """What a reference to an organization means: a slug, `be/…`, a number with or without dots, a LEI, an IRI.

        Raises:
            NotFound: there is no such organization.
        """
        return search.resolve(self._db, ref)

    def find_market(self, text: str) -> str:
        """The code of the market with a code, EU IRI, or name in any of the three languages.

        Raises:
            UnknownValue: there is none; the issue suggests the nearest.
        """
        return markets.find_market(self._catalogue, text)

    def find(
        self,
        text: str,
        *,
        kinds: frozenset[str] | None = None,
        country: str | None = None,
        limit: int = 10,
        prefix: bool = False,
        lang: str = "en",
    ) -> list[Found]:
        """What has a name like this one, the best first; see `find_many`."""
        return self.find_many([text], kinds=kinds, country=country, limit=limit, prefix=prefix, lang=lang)[0]

    def find_many(
        self,
        texts: Sequence[str],
        *,
        kinds: frozenset[str] | None = None,
        country: str | None = None,
        limit: int = 10,
        prefix: bool = False,
        lang: str = "en",
    ) -> list[list[Found]]:
        """For each name what has one like it: typing errors, accents, word order, legal form, script.

        Args:
            kinds: of `graph.index.find.ALL_KINDS`; None for `KINDS`.
            country: by code, IRI or name; then only organizations of that country.
            prefix: the last word may be unfinished.
            lang: of the names of what is found.

        Raises:
            UnknownValue: a kind or a country that is not known.
            InputError: a name is too long.
        """
        return search.find_many(
            self._db, self._catalogue, texts, Question(kinds, country, limit, prefix), lang
        )

    def search(self, q: str, lang: str, limit: int = 20) -> list[dict[str, Any]]:
        """Companies, persons, markets, products, missions and sources by name, the best first."""
        return self.search_for(q, Question(limit=limit, prefix=True), lang)

    def search_for(self, q: str, question: Question, lang: str) -> list[dict[str, Any]]:
        """What has a name like this one, with who calls it so; see `find_many` for what may differ.

        Raises:
            UnknownValue: a kind or a country that is not known.
            InputError: the name is too long.
        """
        return self._cache.get(
            ("search", q, question, lang), lambda: search.search(self._shaper(lang, None), q, question)
        )

    def _organization(self, ref: str) -> int:
        return search.organization(self._db, ref)[0]

    # The whole ------------------------------------------------------------------------------

    def neighbourhood(self, ref: str, depth: int, limit: int, lang: str, today: date | None = None) -> Json:
        """What is around an organization, as `nodes`, `edges` and whether something was `truncated`.

        Args:
            depth: steps from the organization, at most 4.
            limit: most nodes.
            today: the day for which edges are `ended`.

        Raises:
            NotFound: there is no such organization.
        """
        from graph.index import network  # it stands on `graph.network`, which stands on the index

        return network.neighbourhood(self._shaper(lang, today), self._organization(ref), depth, limit)

    def counts(self, today: date | None = None) -> dict[str, int]:
        """How much the graph holds, by kind of thing."""
        day = (today or date.today()).toordinal()  # noqa: DTZ011
        return self._cache.get(("counts", day), lambda: search.counts(self._db, day))


def _there(found: Json | None, kind: str, ref: str) -> Json:
    if found is None:
        raise NotFound(f"there is no {kind} {ref!r}")
    return found
