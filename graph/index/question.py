"""A question about exporters in numbers."""

from __future__ import annotations

from dataclasses import dataclass

from graph.index.conditions import Condition
from graph.index.standings import ALL_SCORES


@dataclass(frozen=True)
class Question:
    """An `ExporterFilter` in numbers.

    Attributes:
        markets: None for each stated one.
        scores: what the strongest status may be, see `standings.allowed_scores`.
        day: the day asked about; with `as_of`, what had not begun by then is left out.
        companies: further conditions on the company, as SQL on `{company}` with its parameters.
    """

    markets: tuple[int, ...] | None
    scores: frozenset[int]
    day: int
    as_of: bool = False
    products: tuple[int, ...] = ()
    companies: tuple[Condition, ...] = ()

    @property
    def closed(self) -> bool:
        """Whether a stronger standing is never refused: then the first that is found is the best."""
        return all(score in self.scores for score in ALL_SCORES if score < max(self.scores))

    @property
    def precomputed(self) -> bool:
        """Whether the table `standing` has the answer."""
        return not (self.as_of or self.products)
