"""What can be asked of a match, and how much of the graph may be looked at for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from graph.errors import InputError, Issue
from graph.matching.features import FEATURES, KINDS


@dataclass(frozen=True)
class Bounds:
    """How far one match looks; nothing beyond is fetched.

    Attributes:
        candidates: organizations that are weighed.
        relations: relations of one kind that are read of one organization.
        nodes: things around the company that are ranked by nearness.
    """

    candidates: int = 200
    relations: int = 15
    nodes: int = 300


@dataclass(frozen=True)
class Question:
    """One match.

    Attributes:
        kind: partners, peers, gateways, markets or suppliers.
        company: any spelling of a reference to the company that asks; for suppliers it may be a foreign
            buyer, or None where the buyer is only described.
        market: code, IRI or name of a market; None for any.
        countries, sectors, products, keywords: what a buyer is and looks for.
        weights: by feature, in place of the standard ones.
        as_of: only facts that held on this day.
    """

    kind: str
    company: str | None = None
    market: str | None = None
    countries: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    weights: Mapping[str, float] = field(default_factory=dict)
    limit: int = 10
    as_of: date | None = None


def check(question: Question) -> None:
    """Whether it can be asked.

    Raises:
        InputError: an unknown kind or feature, a weight out of range, or something is missing.
    """
    if question.kind not in KINDS:
        raise _wrong("kind", f"is no kind of match: write {', '.join(KINDS)}", question.kind)
    if question.kind == "suppliers":
        if not (question.company or question.products or question.keywords or question.sectors):
            raise _wrong("product", "say what is looked for: a product, keyword or sector, or who is looking")
    elif question.company is None:
        raise _wrong("company", f"say for which company to look for {question.kind}")
    if question.kind == "gateways" and question.market is None:
        raise _wrong("market", "say to which market a gateway is looked for")
    check_weights(question.weights, (question.kind,))


def check_weights(weights: Mapping[str, float], kinds: tuple[str, ...]) -> None:
    """Whether each weight is that of a feature of one of these kinds, and in its range.

    Raises:
        InputError: one of them is not.
    """
    known = {each.name: each for kind in kinds for each in FEATURES[kind]}
    for name, weight in weights.items():
        if name not in known:
            raise _wrong("weight", f"there is no such feature: write {', '.join(sorted(known))}", name)
        most = 1.0 if known[name].counter else 100.0
        if not 0 <= weight <= most:
            raise _wrong("weight", f"that of {name} lies between 0 and {most:g}", f"{name}:{weight}")


def _wrong(name: str, detail: str, value: str | None = None) -> InputError:
    return InputError(f"{name}: {detail}", issues=(Issue(name, detail, value),))
