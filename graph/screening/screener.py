"""Subjects against the lists that are loaded: entries found by index, compared, and told with why."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from graph.errors import InputError, Issue
from graph.screening import lists
from graph.screening.features import Taken, compare
from graph.screening.jobs import Found, Rules
from graph.screening.lists import SanctionsList, Version
from graph.screening.names import Prepared, is_general
from graph.screening.records import Hit, Json, Subject
from graph.settings import Settings

KEPT = 20_000
"""Entries kept taken apart, for the next name of a batch that is compared with them."""


class Screener:
    """Screens, with the lists open; one thread at a time.

    Args:
        home: of the installation.
        settings: the limits.
    """

    def __init__(self, home: Path, settings: Settings) -> None:
        self._home = home
        self._settings = settings
        self._open: dict[str, tuple[tuple[int, int], SanctionsList]] = {}
        self._taken: OrderedDict[tuple[str, int], Taken] = OrderedDict()

    def versions(self, names: Iterable[str] = ()) -> tuple[Version, ...]:
        """The lists with these names, or all, as they are now.

        Raises:
            InputError: one is not loaded.
            StoreError: one cannot be read.
        """
        return tuple(found.version for found in self._lists(tuple(names)))

    def screen(self, subjects: Sequence[Subject], rules: Rules) -> list[Found]:
        """What the lists have on each subject.

        Raises:
            InputError: a list is not loaded.
            StoreError: a list cannot be read.
        """
        opened = self._lists(rules.lists)
        return [self._one(subject, opened, rules) for subject in subjects]

    def close(self) -> None:
        """Closes the lists."""
        for _, opened in self._open.values():
            opened.close()
        self._open.clear()
        self._taken.clear()

    def _lists(self, names: tuple[str, ...]) -> list[SanctionsList]:
        """The lists, opened again where another file has the name now."""
        there = lists.names(self._home)
        unknown = [name for name in names if name not in there]
        if unknown:
            known = f"loaded are {', '.join(there)}" if there else "no list is loaded"
            raise InputError(
                "There is no such sanctions list.",
                issues=tuple(Issue("lists", known, name[:100]) for name in unknown),
            )
        for gone in set(self._open) - set(there):
            self._open.pop(gone)[1].close()
        return [self._opened(name, path) for name, path in there.items() if not names or name in names]

    def _opened(self, name: str, path: Path) -> SanctionsList:
        status = path.stat()
        stamp = (status.st_ino, status.st_mtime_ns)
        known = self._open.get(name)
        if known is None or known[0] != stamp:
            if known is not None:
                known[1].close()
                for key in [key for key in self._taken if key[0] == name]:
                    del self._taken[key]
            known = self._open[name] = (stamp, SanctionsList(path))
        return known[1]

    def _one(self, subject: Subject, opened: list[SanctionsList], rules: Rules) -> Found:
        names = Prepared(subject.names, subject.kind)
        hits: list[tuple[SanctionsList, Hit]] = []
        for each in opened:
            settings = self._settings
            numbers = each.candidates(subject, settings.screening_candidates, settings.screening_postings)
            compared = (compare(subject, names, self._take(each, number)) for number in numbers)
            hits += [(each, hit) for hit in compared if hit.score >= rules.cutoff]
        hits.sort(key=lambda pair: (-pair[1].score, pair[0].version.name, pair[1].entry.id))
        results = tuple(_result(each.version, hit, rules) for each, hit in hits[: rules.limit])
        general = bool(subject.names) and is_general(subject.names, subject.kind)
        return Found(results, general)

    def _take(self, opened: SanctionsList, number: int) -> Taken:
        key = (opened.version.name, number)
        taken = self._taken.get(key)
        if taken is None:
            taken = self._taken[key] = Taken.of(opened.entry(number))
            if len(self._taken) > KEPT:
                self._taken.popitem(last=False)
        return taken


def _result(version: Version, hit: Hit, rules: Rules) -> Json:
    """A hit as answers have it. Addresses are text: nothing here follows them."""
    entry = hit.entry
    return {
        "list": version.name,
        "listDate": version.dated,
        "id": entry.id,
        "name": entry.caption,
        "schema": entry.schema,
        "score": hit.score,
        "match": hit.score >= rules.threshold,
        "features": [feature.as_json() for feature in hit.features],
        "names": list(entry.names[:SHOWN]),
        "countries": list(entry.countries),
        "dates": list(entry.dates),
        "identifiers": list(entry.identifiers[:SHOWN]),
        "programs": list(entry.programs),
        "since": entry.since,
        "source": entry.source,
    }


SHOWN = 20
"""Names and identifiers of an entry that an answer shows; the comparison knows all."""


def run(screener: Screener, told: Json) -> Json:
    """Does a `job`; its answer is JSON too."""
    rules = Rules.of(told["rules"])
    found = screener.screen([Subject.of(each) for each in told["subjects"]], rules)
    return {
        "lists": [asdict(version) for version in screener.versions(rules.lists)],
        "found": [asdict(each) for each in found],
    }
