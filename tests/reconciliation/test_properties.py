"""What holds for any query, any name and any candidate, not for chosen ones only."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.errors import InputError
from graph.index import Index
from graph.reconciliation import matching
from graph.reconciliation.properties import PROPERTIES
from graph.reconciliation.queries import clean, decode, read_batch, read_extension
from graph.reconciliation.scoring import Likeness, is_match, score, slips
from graph.settings import Settings

T = TypeVar("T")
SETTINGS = Settings()
FEW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**60), 2**60)
    | st.floats(allow_nan=False)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
KEYS = st.sampled_from(["query", "type", "limit", "properties", "type_strict", "props"])
QUERIES = st.dictionaries(st.text(max_size=5), st.dictionaries(KEYS, JSON, max_size=4) | JSON, max_size=3)
NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
WEIGHED = sorted(name for name, each in PROPERTIES.items() if each.weight)
COMPARED = st.dictionaries(st.sampled_from(WEIGHED), st.booleans(), max_size=4)


def tried(read: Callable[[], T]) -> tuple[T | None, tuple[str, ...]]:
    """What is read, or the names of what is at fault."""
    try:
        return read(), ()
    except InputError as error:
        return None, tuple(issue.name for issue in error.issues) or ("nothing is named",)


@FEW
@given(QUERIES)
def test_whatever_is_sent_is_read_or_refused_by_name(told: dict[str, Any]) -> None:
    found, at_fault = tried(lambda: read_batch(told, SETTINGS))
    assert all(name.startswith("queries.") for name in at_fault)
    if found is not None:
        assert list(found) == list(told)
        assert all(1 <= query.limit <= SETTINGS.reconcile_candidates for query in found.values())


@FEW
@given(st.dictionaries(st.sampled_from(["ids", "properties", "x"]), JSON, max_size=3))
def test_whatever_is_asked_of_extension_is_read_or_refused_by_name(told: dict[str, Any]) -> None:
    found, at_fault = tried(lambda: read_extension(told, SETTINGS))
    assert all(name.startswith("extend.") for name in at_fault)
    assert found is None or len(set(found.ids)) == len(found.ids)


@FEW
@given(st.text(max_size=40))
def test_whatever_text_comes_is_an_object_or_refused(text: str) -> None:
    found, at_fault = tried(lambda: decode("queries", text))
    assert isinstance(found, dict) or at_fault == ("queries",)


@FEW
@given(st.text())
def test_a_text_that_is_clean_stays_so(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert once == once.strip()
    assert "\n" not in once


@FEW
@given(st.floats(0, 1), COMPARED)
def test_a_score_is_between_0_and_100_and_grows_with_what_fits(
    name: float, compared: dict[str, bool]
) -> None:
    def scored(fits: dict[str, bool]) -> float:
        asked = {each: frozenset[Hashable]({1}) for each in fits}
        facts: dict[str, set[Hashable]] = {each: {int(fit)} for each, fit in fits.items()}
        return score(Likeness(name), asked, facts, None).score

    own = scored(compared)
    assert 0 <= own <= 100
    assert scored(dict.fromkeys(compared, True)) >= own >= scored(dict.fromkeys(compared, False))


@FEW
@given(NAMES, NAMES)
def test_slips_are_the_same_both_ways_and_a_name_has_none_to_itself(one: str, other: str) -> None:
    assert slips(one, other) is slips(other, one)
    assert slips(one, one) or len(one) < 8 or not one.isascii() or not one.isalpha()


@FEW
@given(st.lists(st.tuples(st.floats(0, 1), COMPARED), min_size=1, max_size=4))
def test_no_more_than_one_is_sure_and_never_against_a_decisive_property(
    candidates: list[tuple[float, dict[str, bool]]],
) -> None:
    ranked = []
    for name, compared in candidates:
        asked = {each: frozenset[Hashable]({1}) for each in compared}
        facts: dict[str, set[Hashable]] = {each: {int(fit)} for each, fit in compared.items()}
        ranked.append(score(Likeness(name), asked, facts, None))
    ranked.sort(key=lambda each: -each.score)
    if is_match("Some name", ranked):
        assert not ranked[0].conflicts
        assert ranked[0].identified or ranked[0].same


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(NAMES, min_size=1, max_size=5))
def test_any_names_get_an_answer_each_and_the_company_of_others_does_not_matter(
    index: Index, names: list[str]
) -> None:
    queries = read_batch({str(place): {"query": name} for place, name in enumerate(names)}, SETTINGS)
    together = matching.results(index, queries, "en")
    assert list(together) == [str(place) for place in range(len(names))]
    alone = matching.results(index, {"0": queries["0"]}, "en")
    assert alone["0"] == together["0"]
    for own in together.values():
        scores = [each["score"] for each in own["result"]]
        assert scores == sorted(scores, reverse=True)
        assert sum(each["match"] for each in own["result"]) <= 1
        assert not any(each["match"] for each in own["result"][1:])
