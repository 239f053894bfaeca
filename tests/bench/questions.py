"""The product's own questions, bound with many values that the data really has."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from graph import queries
from graph.model.namespaces import VERRE
from graph.model.terms import Literal, NamedNode, Term
from tests.bench.pools import TRADES

Pools = dict[str, list[Term]]
SAMPLE = 400
"""Values that are kept of each kind."""

SEEN = {
    "market": f" <{VERRE.market.value}> <",
    "company": f" <{VERRE.exporter.value}> <",
    "partner": f" <{VERRE.partner.value}> <",
    "owned": f" <{VERRE.owned.value}> <",
}
"""Kind of value -> what stands before it in a line."""


@dataclass(frozen=True)
class Question:
    """A stored question and what its parameters are drawn from.

    Attributes:
        name: in the table.
        stored: of the file in `graph/queries`.
        values: parameter -> kind of value.
        limit: rows that are asked for; 0 for all.
    """

    name: str
    stored: str
    values: tuple[tuple[str, str], ...] = ()
    limit: int = 0

    def text(self, pools: Pools, number: int) -> str:
        """Its text with the n-th values."""
        bound = {name: [pools[kind][number % len(pools[kind])]] for name, kind in self.values}
        text = queries.load(self.stored).bind(bound)
        return f"{text}LIMIT {self.limit}\n" if self.limit else text


QUESTIONS = (
    Question("exporters of a market, first 50", "exporters", (("market", "market"),), 50),
    Question("exporters of a market, all", "exporters", (("market", "market"),)),
    Question("shortcuts of a market", "shortcuts", (("market", "market"),)),
    Question("facts on a market", "market", (("market", "market"),)),
    Question("missions to a market", "missions", (("market", "market"),)),
    Question("sectors of a market", "sector-dependence", (("market", "market"),)),
    Question("what sources say of a company", "company", (("company", "company"),)),
    Question("where a company stands", "standings", (("company", "company"),)),
    Question("presence of a company", "presence", (("company", "company"),)),
    Question("people of a company", "people", (("company", "company"),)),
    Question("partners of a company", "partners", (("company", "partner"),)),
    Question("who shares a partner", "shared-partners", (("company", "partner"),)),
    Question("neighbours of a company", "neighbourhood", (("company", "company"),)),
    Question("ultimate owner of a company", "ultimate-parents", (("company", "owned"),)),
    Question("contradictions on a company", "contradictions", (("company", "company"),)),
    Question("companies by a part of the name", "companies", (("text", "text"),), 50),
)
MIX = tuple(q for q in QUESTIONS if q.stored in {"shortcuts", "company", "standings", "people", "missions"})
"""What clients ask together: the short ones, as pages do."""

HOSTILE = (
    "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i",
    "SELECT (COUNT(*) AS ?n) WHERE { ?a (<x:a>|!<x:a>)* ?b . ?b (<x:a>|!<x:a>)* ?c }",
    'SELECT ?a WHERE { ?a ?b ?c . ?d ?e ?f FILTER(REGEX(CONCAT(STR(?c), STR(?f)), "(a+)+z$")) }',
)
"""Three that no engine can finish."""


def sample(path: Path, seed: int) -> Pools:
    """Values from a file of N-Quads, each as often as the data has it: the heavy ones come often."""
    rng = random.Random(seed)
    kept: dict[str, list[str]] = {kind: [] for kind in SEEN}
    seen = dict.fromkeys(SEEN, 0)
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            for kind, mark in SEEN.items():
                if mark in line:
                    value = line.partition(mark)[2].partition(">")[0]
                    seen[kind] += 1
                    _keep(rng, kept[kind], value, seen[kind])
                    break
    pools: Pools = {kind: [NamedNode(value) for value in values] for kind, values in kept.items()}
    for values in pools.values():
        rng.shuffle(values)
    texts = [trade.lower() for trade in TRADES] + [f"{n:03d}" for n in range(0, 1000, 31)]
    rng.shuffle(texts)
    return pools | {"text": [Literal(text) for text in texts]}


def _keep(rng: random.Random, kept: list[str], value: str, seen: int) -> None:
    """Every value stays with the same chance, however many there are."""
    if len(kept) < SAMPLE:
        kept.append(value)
    elif (place := rng.randrange(seen)) < SAMPLE:
        kept[place] = value


def exporters_path(market: Term) -> str:
    """The list of Verre that answers the first question."""
    return f"/v1/exporters?market={quote(market.value, safe='')}" if isinstance(market, NamedNode) else ""


def company_path(company: Term) -> str:
    """The page of a company in the API."""
    ref = company.value.rpartition("/")[2] if isinstance(company, NamedNode) else ""
    return f"/v1/companies/{ref}"
