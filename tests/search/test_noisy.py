"""The real organizations found by noisy spellings and by their transliterations; the figures are printed."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from graph.index import Index
from graph.index.build import build
from graph.resources import data
from tests.search.alphabets import SCRIPTS, plain
from tests.search.noise import Noisy, noisy

SEED = 20261123
EACH = 4
COMPANIES = frozenset({"company"})


@pytest.fixture(scope="session")
def real(real_index: Index) -> Index:
    """The index of the data that comes with Verre."""
    return real_index


def names() -> dict[str, str]:
    """The organizations of the sheet by key, each with the first of its names."""
    found: dict[str, str] = {}
    with (Path(data()) / "organizations.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["org_id"], row["name"])
    return found


@dataclass
class Score:
    """How often the right one was first, and among the first five."""

    asked: int = 0
    first: int = 0
    five: int = 0
    missed: Counter[str] = field(default_factory=Counter)

    def of_first(self) -> float:
        """The share that was first."""
        return self.first / self.asked

    def of_five(self) -> float:
        """The share that was among the first five."""
        return self.five / self.asked


def score(index: Index, table: Iterable[Noisy], kinds: frozenset[str] | None = COMPANIES) -> Score:
    """Asks for each spelling."""
    cases, result = list(table), Score()
    found = index.find_many([case.text for case in cases], kinds=kinds, limit=5, prefix=True)
    for case, hits in zip(cases, found, strict=True):
        right = index.resolve(case.ref).iri
        iris = [hit.iri for hit in hits]
        result.asked += 1
        result.first += iris[:1] == [right]
        result.five += right in iris
        result.missed[case.rule] += iris[:1] != [right]
    return result


def told(what: str, result: Score) -> str:
    """A line of the table."""
    missed = {rule: count for rule, count in sorted(result.missed.items()) if count}
    return f"{what:10} {result.asked:5} {result.of_first():7.2%} {result.of_five():7.2%}  not first: {missed}"


def test_noisy_spellings_find_the_right_organization(real: Index, capsys: pytest.CaptureFixture[str]) -> None:
    table = list(noisy(names(), SEED, EACH))
    result, among_all = score(real, table), score(real, table, None)
    with capsys.disabled():
        print(f"\nwhat       asked   first  in five\n{told('noisy', result)}\n{told('all kinds', among_all)}")  # noqa: T201
    assert len(table) >= 300
    assert set(Counter(case.rule for case in table)) == {
        *("swap", "drop", "double", "key", "accents", "order", "form", "front", "asian", "case"),
        *("beginning", "short", "punctuation"),
    }
    assert result.of_first() >= 0.95
    assert result.of_five() >= 0.99
    assert among_all.of_first() >= 0.90
    assert among_all.of_five() >= 0.95


@pytest.mark.parametrize("script", SCRIPTS)
def test_names_in_another_script_find_the_right_organization(
    real: Index, script: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write = SCRIPTS[script]
    table = [
        Noisy(script, write(name), ref)
        for ref, name in names().items()
        if len(plain(name).replace(" ", "")) >= 4
    ]
    result = score(real, table)
    with capsys.disabled():
        print(f"\n{told(script, result)}")  # noqa: T201
    assert len(table) >= 150
    assert not any(letter.isascii() and letter.isalpha() for case in table for letter in case.text)
    assert result.of_first() >= 0.90


def test_a_name_in_another_script_is_found_by_its_latin_spelling(tmp_path: Path) -> None:
    from tests.graphs import World

    world = World()
    written = {
        "lumi": "ルミネックス株式会社",
        "hyun": "현대자동차",
        "siam": "บริษัท สยาม จำกัด",
        "gaz": "ООО Газпром",
        "shen": "深圳华为有限公司",
        "qatar": "شركة قطر ش.م.م",
    }
    for ref, name in written.items():
        world.org(ref, name)
    build(world.view(), tmp_path / "index.sqlite", "r1")
    index = Index(tmp_path / "index.sqlite")
    asked = ["Luminex", "Hyeondae Jadongcha", "Siam", "Gazprom", "Shenzhen Huawei", "Qatar"]
    found = index.find_many(asked, kinds=COMPANIES)
    assert [hits[0].ref if hits else None for hits in found] == list(written)
    index.close()
