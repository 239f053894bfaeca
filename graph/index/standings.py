"""How a company stands in each market that is asked for, from its engagements.

The same rules as the table `standing`, applied to the few companies of one page, where the
engagements themselves are wanted as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.index.days import NEVER
from graph.model.statuses import RANK

WITHDRAWN = 4
"""The score of what was withdrawn, and of what a later withdrawal outweighs."""

OVER = 10
"""Added to the score of what has ended."""

ALL_SCORES = frozenset({*range(5), *range(OVER, OVER + 5)})


def score_of_rank(rank: int) -> int:
    """0 for leading … 4 for withdrawn: the lower, the stronger."""
    return 4 - rank


def rank_of_score(score: int) -> int:
    """The status behind a score, ended or not."""
    return 4 - score % OVER


def allowed_scores(statuses: Iterable[str], include_ended: bool) -> frozenset[int]:
    """The scores that a filter lets through.

    Without statuses: what goes on and is not withdrawn, or everything with `include_ended`.
    """
    ranks = {RANK[status] for status in statuses}
    if not ranks:
        return ALL_SCORES if include_ended else frozenset(range(WITHDRAWN))
    scores = {score_of_rank(rank) for rank in ranks}
    return frozenset(scores | {score + OVER for score in scores} if include_ended else scores)


@dataclass(frozen=True, slots=True)
class Engagement:
    """A row of the table `engagement`."""

    id: int
    iri: str
    company: int
    market: int
    product: int | None
    rank: int
    since: str | None
    until: str | None
    attested: str | None
    first: int
    last: int
    attested_first: int
    attested_last: int
    outweighed_until: int
    note: str | None

    @property
    def undated(self) -> bool:
        """Whether no start is known."""
        return self.first == NEVER


@dataclass(frozen=True)
class Rules:
    """What decides how an engagement stands.

    Attributes:
        day: the day asked about.
        as_of: whether what had not begun by then is left out.
        products: numbers of the only products that count; empty for all.
    """

    day: int
    as_of: bool = False
    products: frozenset[int] = frozenset()

    def counts(self, engagement: Engagement) -> bool:
        """Whether it takes part in the answer at all."""
        if self.as_of and engagement.first > self.day:
            return False
        return not self.products or engagement.product in self.products

    def outweighed(self, engagement: Engagement, others: Iterable[Engagement]) -> bool:
        """Whether a withdrawal from the same market, attested later, is in force on the day."""
        if engagement.outweighed_until < self.day or engagement.last < self.day:
            return False
        return any(
            other.rank == 0
            and other.market == engagement.market
            and other.attested_first > engagement.attested_last
            and other.last >= self.day
            and not (self.as_of and max(other.first, other.attested_first) > self.day)
            for other in others
        )

    def score(self, engagement: Engagement, others: Iterable[Engagement]) -> int:
        """How it stands on the day."""
        score = score_of_rank(engagement.rank)
        if engagement.last < self.day:
            return score + OVER
        return WITHDRAWN if self.outweighed(engagement, others) else score


@dataclass(frozen=True)
class Standing:
    """A company in a market that was asked for.

    Attributes:
        facts: its engagements with the score of each, those that the answer shows first to last.
    """

    market: int
    region_level: bool
    score: int
    facts: list[tuple[Engagement, int]]

    @property
    def bearers(self) -> list[Engagement]:
        """The engagements that carry the status."""
        same = [e for e, score in self.facts if score == self.score and score_of_rank(e.rank) == score % OVER]
        return same or [engagement for engagement, score in self.facts if score == self.score]


def standings(
    own: Sequence[Engagement],
    asked: Mapping[int, tuple[frozenset[int], frozenset[int]]] | None,
    rules: Rules,
) -> list[Standing]:
    """Where one company stands.

    Args:
        own: all its engagements in the markets that matter, whatever their product or dates.
        asked: for each market asked for, the stated markets that answer for it, and the regions
            around it that do so where nothing is stated of itself; None for each stated market.
    """
    scored = [(e, rules.score(e, own)) for e in own if rules.counts(e)]
    if asked is None:
        asked = {e.market: (frozenset({e.market}), frozenset()) for e in own}
    found = []
    for market, (parts, around) in asked.items():
        region_level = not any(engagement.market in parts for engagement in own)
        where = around if region_level else parts
        facts = [(e, score) for e, score in scored if e.market in where]
        if facts:
            found.append(Standing(market, region_level, min(score for _, score in facts), facts))
    return found
