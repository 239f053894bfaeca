"""The questions of the benchmark: real ones, bound with what the data has."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from graph import queries
from graph.model.terms import NamedNode
from graph.store.view import memory_view
from tests.bench.generate import write
from tests.bench.questions import (
    MIX,
    QUESTIONS,
    SAMPLE,
    Pools,
    Question,
    company_path,
    exporters_path,
    sample,
)


@pytest.fixture(scope="module")
def pools(tmp_path_factory: pytest.TempPathFactory) -> Pools:
    path = tmp_path_factory.mktemp("synthetic") / "synthetic.nq"
    write(path, 30_000)
    return sample(path, 1)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_each_question_is_sparql_with_other_values_each_time(question: Question, pools: Pools) -> None:
    first, second = question.text(pools, 0), question.text(pools, 1)
    assert first != second
    assert list(memory_view({}).select(first)) == []


def test_the_values_are_all_bound(pools: Pools) -> None:
    for question in QUESTIONS:
        required = {p.name for p in queries.load(question.stored).parameters if p.required}
        assert required <= {name for name, _ in question.values}


def test_a_limit_is_asked_for(pools: Pools) -> None:
    limited, whole = QUESTIONS[0], QUESTIONS[1]
    assert limited.text(pools, 0) == f"{whole.text(pools, 0)}LIMIT 50\n"


def test_clients_ask_what_is_asked_alone_too() -> None:
    assert len(MIX) == 5
    assert set(MIX) < set(QUESTIONS)


def test_values_come_as_often_as_the_data_has_them(pools: Pools) -> None:
    markets = Counter(str(market) for market in pools["market"])
    assert len(pools["market"]) == SAMPLE
    assert markets.most_common(1)[0][1] > 3 * SAMPLE / len(markets)
    assert len(set(map(str, pools["company"]))) > SAMPLE / 2


def test_the_same_seed_gives_the_same_values(tmp_path: Path) -> None:
    path = tmp_path / "synthetic.nq"
    write(path, 4_000)
    assert sample(path, 3) == sample(path, 3)
    assert sample(path, 3)["market"] != sample(path, 4)["market"]


def test_the_lists_of_verre_are_asked_by_the_same_values() -> None:
    market = NamedNode("http://publications.europa.eu/resource/authority/country/DEU")
    assert exporters_path(market).endswith(
        "market=http%3A%2F%2Fpublications.europa.eu%2Fresource%2Fauthority%2Fcountry%2FDEU"
    )
    org = NamedNode("https://w3id.org/verre/id/organization/x/synthetic-0000001")
    assert company_path(org) == "/v1/companies/synthetic-0000001"
