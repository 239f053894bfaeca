"""What a foreign buyer looks for, and the exporters that may have it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager

from rapidfuzz import fuzz, process

from graph.errors import UnknownValue
from graph.index.catalogue import MARKETS
from graph.index.text import fold
from graph.matching import candidates, load
from graph.matching.common import Search
from graph.matching.load import Reader
from graph.matching.question import Bounds, Question
from graph.matching.scene import Geography, Scene
from graph.matching.scoring import Match
from graph.matching.suppliers import Wanted, suppliers

LIKE = 88
"""From this likeness in percent another name of a product counts as what is meant."""
NAMES = 50_000
"""Names of products that are compared."""
MEANT = 5

Step = Callable[[str], AbstractContextManager[None]]


def seek(
    reader: Reader, question: Question, at: tuple[int, int | None, Geography], bounds: Bounds, step: Step
) -> list[Match]:
    """The exporters that fit, in no order.

    Args:
        at: the buyer (0 where it is only described), the market and which markets lie in which.

    Raises:
        UnknownValue: a sector or country that is not known.
    """
    company, market, around = at
    with step("scene"):
        made = load.scene(reader, [company] if company else [], around)
        wanted, market = _wanted(reader, question, made, at)
    with step("candidates"):
        found = _candidates(reader, wanted, market, around, bounds.candidates)
    with step("scene"):
        whole = load.scene(reader, [company, *found] if company else found, around)
        ends = {s.owned for each in whole.stakes.values() for s in each}
        ends |= {end for ties in whole.ties.values() for tie in ties for end in (tie.principal, tie.partner)}
        whole = load.with_orgs(reader, whole, sorted(ends)[: 2 * bounds.candidates])
        words = _words(reader, whole, found)
    with step("score"):
        weights = {**question.weights, **wanted.unasked(market)}
        return suppliers(Search(whole, company, market, weights), wanted, found, words)


def _wanted(
    reader: Reader, question: Question, made: Scene, at: tuple[int, int | None, Geography]
) -> tuple[Wanted, int | None]:
    company, market, _ = at
    catalogue = reader.catalogue
    buyer = made.orgs.get(company)
    sectors = frozenset(catalogue.find_all(("sector",), question.sectors, "sector"))
    if not sectors and buyer is not None:
        sectors = buyer.sectors
    if market is None and question.countries:
        market = catalogue.find(MARKETS, question.countries[0], "country")
    if market is None and buyer is not None:
        market = buyer.country
    products = _meant(reader, question.products)
    keywords = tuple(dict.fromkeys(word for word in map(fold, question.keywords) if word))
    return Wanted(products, sectors, keywords), market


def _meant(reader: Reader, texts: Iterable[str]) -> dict[str, Mapping[int, float]]:
    """By text the products that it may mean: that name, else names that are like it."""
    found: dict[str, Mapping[int, float]] = {}
    names: dict[str, int] | None = None
    for text in texts:
        try:
            found[text] = {reader.catalogue.find(("product",), text, "product"): 1.0}
            continue
        except UnknownValue:
            pass
        names = names if names is not None else _names(reader)
        near = process.extract(
            fold(text), names.keys(), scorer=fuzz.token_set_ratio, limit=MEANT, score_cutoff=LIKE
        )
        meant: dict[int, float] = {}
        for name, likeness, _ in near:
            meant[names[name]] = max(meant.get(names[name], 0.0), 0.9 * likeness / 100)
        found[text] = meant
    return found


def _sectors(reader: Reader, words: Iterable[str]) -> frozenset[int]:
    """The sectors among words."""
    found = set()
    for word in words:
        try:
            found.add(reader.catalogue.find(("sector",), word, "keyword"))
        except UnknownValue:
            continue
    return frozenset(found)


def _names(reader: Reader) -> dict[str, int]:
    rows = reader.db.rows(
        """SELECT folded, concept FROM concept_name WHERE kind = 'product' AND folded NOT LIKE 'http%'
           AND length(folded) > 2 LIMIT ?""",
        (NAMES,),
    )
    return dict(rows)


def _candidates(
    reader: Reader, wanted: Wanted, market: int | None, around: Geography, most: int
) -> list[int]:
    products = sorted({product for meant in wanted.products.values() for product in meant})
    products += [n for meant in _meant(reader, wanted.keywords).values() for n in meant]
    sectors = wanted.sectors | _sectors(reader, wanted.keywords)
    found: list[int] = []
    if market is not None:
        places = sorted(around.within(market) | around.around.get(market, frozenset()))
        found += candidates.with_products(reader, products, places, most)
        found += candidates.engaged_few(reader, places, sectors, most)
    found += candidates.with_products(reader, products, None, most)
    found += candidates.in_sectors(reader, sectors, most, members=True)
    if market is not None:
        found += candidates.engaged(reader, market, around, most)
    return list(dict.fromkeys(found))[:most]


def _words(reader: Reader, made: Scene, orgs: Iterable[int]) -> dict[int, str]:
    """By organization what it does and sells, folded, in all languages."""
    catalogue = reader.catalogue
    found = {}
    for number in orgs:
        org = made.orgs.get(number)
        if org is None:
            continue
        concepts = [*org.sectors, *made.products.get(number, ())]
        labels = [label for each in concepts for label in catalogue[each].labels if label]
        found[number] = f"{org.activity} {fold(' '.join(labels))}"
    return found
