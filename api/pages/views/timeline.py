"""The facts of a company on a line of years, as geometry for SVG: what nobody dates looks undated.

A line runs from a stated start to a stated end, or to when a source last said so. Dots stand for time
that nobody speaks of: before an undated fact was stated, and since the last statement of one that goes on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from api.pages import lettering
from api.pages.face import Face
from api.pages.views.facts import over
from graph.model.dates import PartialDate

Fact = Mapping[str, Any]

MOST = 40
"""Lines that are drawn; the table has all of them."""
LINE, HEAD, FOOT = 22.0, 30.0, 14.0
"""Height of a line, room above for the years, and below."""
TAIL = 26.0
"""Length of the dots before something undated."""
STEPS = (1, 2, 5, 10, 20, 25, 50, 100)


@dataclass(frozen=True)
class Entry:
    """One fact to draw.

    Attributes:
        label: what its line is called; empty on the further lines of one market.
        mark: a status, or `circle`, `square`, `triangle` for what is no engagement.
        words: the fact in words, for who points at it.
    """

    label: str
    mark: str
    fact: Fact
    words: str
    over: bool = False


@dataclass(frozen=True)
class Line:
    """A line of the drawing: its label, its strokes and its mark.

    Attributes:
        said: from and to where a source speaks.
        open: stretches that nobody speaks of.
        end: where it ended.
        stated: where a source said so.
        mark: where its mark stands, and which one.
    """

    label: str
    words: str
    y: float
    mark: tuple[float, str]
    over: bool
    said: tuple[float, float] | None = None
    open: list[tuple[float, float]] = field(default_factory=list)
    end: float | None = None
    stated: float | None = None


@dataclass(frozen=True)
class Timeline:
    """Everything that the template draws; sizes in SVG units.

    Attributes:
        undated: where the column of facts without any date stands, if there are some.
        split: y of the line between markets and other events, if there are both.
        more: facts that are not drawn.
    """

    width: float
    height: float
    left: float
    right: float
    years: list[tuple[float, str]]
    lines: list[Line]
    undated: float | None
    split: float | None
    more: int


def markets(face: Face, groups: Iterable[Mapping[str, Any]]) -> list[Entry]:
    """The engagements as the table of statements has them, each market's first under its name."""
    found = []
    for group in groups:
        held: dict[tuple[Any, ...], Fact] = {}
        for fact in group["facts"]:  # the same said by two sources is one line
            held.setdefault(
                tuple(fact.get(k) for k in ("status", "since", "until", "attested", "ended")), fact
            )
        for number, fact in enumerate(held.values()):
            label = str(group["market"]["label"])
            words = f"{label}: {face.word('status', fact['status'])}, {spoken(face, fact)}"
            found.append(Entry("" if number else label, str(fact["status"]), fact, words, over(fact)))
    return found


def events(face: Face, model: Mapping[str, Any]) -> list[Entry]:
    """Branches, owners and what it owns, missions and awards; what has no date at all is left to its table."""
    found = []
    for tie in model["family"]:
        label = f"{tie['other']['name']}, {tie['words']}"
        found.append(Entry(label, "circle", tie, f"{label}, {spoken(face, tie)}", bool(tie.get("ended"))))
    for mission in model["missions"]:
        fact = {"since": mission.get("start"), "until": mission.get("end")}
        label = str(mission["label"])
        found.append(Entry(label, "triangle", fact, f"{label}, {spoken(face, fact)}"))
    for award in model["awards"]:
        year = award["award"].get("edition")
        label = str(award["award"]["label"])
        found.append(Entry(label, "square", {"since": year}, f"{label}, {face.day(year)}"))
    dated = [entry for entry in found if any(_days(entry.fact))]
    return sorted(dated, key=lambda entry: next(day for day in _days(entry.fact) if day))


def spoken(face: Face, fact: Fact) -> str:
    """The dates of a fact in words."""
    since, until, attested = (fact.get(key) for key in ("since", "until", "attested"))
    text: object
    if since and until and since != until:
        text = face.fromto(since, until)
    elif since and until:
        text = face.day(since)
    elif since:
        text = face.since(since)
    elif until:
        text = face.t("when.until", until=face.day(until))
    else:
        text = face.t("when.undated")
    said = f", {face.t('when.attested', date=face.day(attested))}" if attested else ""
    return f"{text}{said}"


def _days(fact: Fact) -> tuple[date | None, date | None, date | None]:
    """Start, end and statement of a fact as days; what is no such date is none."""
    return _day(fact.get("since")), _day(fact.get("until"), last=True), _day(fact.get("attested"))


def _day(text: object, *, last: bool = False) -> date | None:
    try:
        found = PartialDate.parse(str(text))
    except ValueError:
        return None
    return found.last if last else found.first


def draw(entries: list[Entry], others: list[Entry], today: date, width: float = 860) -> Timeline | None:
    """The drawing; None where no fact has any date.

    Args:
        entries: engagements, by market.
        others: events, drawn below them.
        today: where the line of years ends.
        width: of the drawing; a narrow one (under 500) has its labels above the lines.
    """
    shown, more = [*entries, *others][:MOST], max(0, len(entries) + len(others) - MOST)
    every = [day for entry in shown for day in _days(entry.fact) if day and day <= today]
    if not every:
        return None
    return _Drawing(shown, today, width, min(every).year).made(min(len(entries), len(shown)), more)


def both(face: Face, model: Mapping[str, Any], today: date) -> dict[str, Timeline] | None:
    """The drawing for a wide and for a narrow screen; None where nothing has a date."""
    entries, others = markets(face, model["groups"]), events(face, model)
    wide, narrow = draw(entries, others, today), draw(entries, others, today, 340)
    return {"wide": wide, "narrow": narrow} if wide and narrow else None


class _Drawing:
    """One drawing in the making."""

    def __init__(self, shown: list[Entry], today: date, width: float, first: int) -> None:
        self.shown, self.today, self.width = shown, today, width
        self.narrow = width < 500
        self.first = min(first, today.year - 1)
        self.size = 12.0 if self.narrow else 13.0
        loose = any(not any(_days(entry.fact)) for entry in shown)
        self.label = 0.0 if self.narrow else 250.0
        self.undated = self.label + 36 if loose else None
        self.left = self.label + (84.0 if loose else 34.0)
        self.right = width - 16

    def x(self, day: date) -> float:
        """Where a day stands."""
        start, end = date(self.first, 1, 1).toordinal(), self.today.toordinal()
        part = (min(day.toordinal(), end) - start) / max(1, end - start)
        return round(self.left + (self.right - self.left) * max(0.0, part), 1)

    def made(self, split: int, more: int) -> Timeline:
        """All lines, from the top."""
        y, lines, border = HEAD, [], None
        for number, entry in enumerate(self.shown):
            if number == split and split:
                border, y = y + 4, y + 12
            if self.narrow and entry.label:
                y += 16
            lines.append(self._line(entry, y + LINE / 2))
            y += LINE
        return Timeline(
            self.width,
            y + FOOT,
            self.left,
            self.right,
            self._years(),
            lines,
            self.undated,
            border,
            more,
        )

    def _line(self, entry: Entry, y: float) -> Line:
        room = self.width if self.narrow else self.label - 8
        label = (lettering.lines(entry.label, self.size, room, 1) or [""])[0]
        since, until, attested = _days(entry.fact)
        begin = self.x(since) if since else None
        last = max((day for day in (since, attested) if day), default=None)
        now = self.x(self.today)
        if since is None and until is None and attested is None:
            return Line(label, entry.words, y, (self.undated or self.left, entry.mark), entry.over)
        if entry.mark == "square":  # an award is given once
            return Line(label, entry.words, y, (begin or now, entry.mark), entry.over)
        stop = self.x(until) if until else self.x(last) if last else now
        going = until is None and not entry.over
        loose = [(max(self.left - 20, stop - TAIL), stop)] if begin is None else []
        if going and now - stop > 8:
            loose.append((stop, now))
        return Line(
            label,
            entry.words,
            y,
            (begin if begin is not None else stop - (10 if until else 0), entry.mark),
            entry.over,
            (begin, stop) if begin is not None and stop > begin else None,
            loose,
            stop if until else None,
            self.x(attested) if attested and begin is not None else None,
        )

    def _years(self) -> list[tuple[float, str]]:
        room = 3 if self.narrow else 7
        span = self.today.year - self.first
        step = next((step for step in STEPS if span / step <= room), STEPS[-1])
        start = -(-self.first // step) * step
        return [(self.x(date(year, 1, 1)), str(year)) for year in range(start, self.today.year + 1, step)]
