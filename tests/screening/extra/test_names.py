"""How near names are, and what each feature adds to a score or takes from it."""

from __future__ import annotations

import pytest

from graph.screening.features import Taken, compare
from graph.screening.names import Prepared, best, is_general
from graph.screening.records import Entry, Feature, Hit, Kind, Subject

LEI = "INVENTED000000000190"


def near(one: str, other: str, kind: Kind | None) -> float:
    return best(Prepared([one], kind), Prepared([other], kind)).score


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Vydumov, Ivan Petrovich", "Ivan Petrovich Vydumov", "person"),
        ("Иван Выдумов", "Ivan Petrovich Vydumov", "person"),
        ("ООО Вымышленная Сталь", "Vymyshlennaya Stal LLC", "organization"),
        ("Verzinsel Tractor Alpha", "Alpha Verzinsel Tractor", "organization"),
        ("習近幻", "Jinhuan Xi", "person"),
        ("北京虚构钢铁有限公司", "Beijing Xugou Gangtie Co., Ltd.", "organization"),
        ("محمد الوهمي", "Muhammad al-Wahmi", "person"),
        ("Imaginaire Holdings Ltd", "Imaginaire Holding Limited", "organization"),
        ("Central Bank of Iran", "Iran Central Bank", "organization"),
        ("Abdul Rahman Alfiktivi", "Abd al-Rahman al Fiktivi", "person"),
    ],
)
def test_the_same_name_in_other_words_is_near(one: str, other: str, kind: Kind) -> None:
    assert near(one, other, kind) >= 0.7
    assert near(other, one, kind) >= 0.7


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Bank", "Bank Verzinsel", "organization"),
        ("Bank", "Bank", "organization"),
        ("Trading Co", "Trading Co", "organization"),
        ("Trading Co", "Verzinsel Trading Co", "organization"),
        ("Zuiderlicht Trading Co", "Verzinsel Trading Co", "organization"),
        ("Ivan Vydumov", "Ivan Zuiderlicht", "person"),
        ("Vydumov", "Ivan Vydumov", "person"),
        ("Verzinsel Fund 17", "Verzinsel Fund 18", "organization"),
        ("北京", "Beijing Xugou Gangtie", "organization"),
        ("", "Verzinsel", "organization"),
    ],
)
def test_another_name_is_not(one: str, other: str, kind: Kind) -> None:
    assert near(one, other, kind) < 0.7


@pytest.mark.parametrize(
    ("name", "general"),
    [
        ("Bank", True),
        ("Trading Co", True),
        ("ООО Банк", True),
        ("Holding NV", True),
        ("Verzinsel", False),
        ("Central Bank of Iran", False),
        ("虚构", False),
    ],
)
def test_general_words_mean_nobody(name: str, general: bool) -> None:
    assert is_general([name], "organization") is general


def test_the_same_pair_has_the_same_score_whatever_else_there_is() -> None:
    alone = best(Prepared(["Ivan Vydumov"], "person"), Prepared(["Ivan Petrovich Vydumov"], "person"))
    among = best(
        Prepared(["Ivan Vydumov"], "person"),
        Prepared(["Zuiderlicht", "Ivan Petrovich Vydumov", "Hazelwood"], "person"),
    )
    assert alone == among
    assert "only in the list: petrovich" in alone.detail


ENTRY = Entry(
    "e",
    "Person",
    "Ivan Vydumov",
    names=("Ivan Vydumov",),
    weak=("Vanya",),
    countries=("ru",),
    dates=("1961-07-03",),
    identifiers=("P-998 877",),
)


def hit(subject: Subject, entry: Entry = ENTRY) -> Hit:
    return compare(subject, Prepared(subject.names, subject.kind), Taken.of(entry))


def feature(found: Hit, name: str) -> Feature:
    return next(each for each in found.features if each.feature == name)


def test_what_is_not_said_counts_neither_way() -> None:
    found = hit(Subject(("Ivan Vydumov",)))
    assert found.score == 1.0
    assert {each.feature for each in found.features if each.value is None} == {
        "identifier",
        "country",
        "date",
        "kind",
    }


@pytest.mark.parametrize(
    ("more", "score"),
    [
        ({"countries": ("ru", "be")}, 1.0),
        ({"countries": ("be",)}, 0.8),
        ({"dates": ("1961",)}, 1.0),
        ({"dates": ("1961-07-03",)}, 1.0),
        ({"dates": ("1961-03-07",)}, 0.875),
        ({"dates": ("1961-01-01",)}, 0.75),
        ({"dates": ("1981",)}, 0.6),
        ({"kind": "organization"}, 0.9),
        ({"countries": ("be",), "dates": ("1981",)}, 0.4),
    ],
)
def test_what_speaks_against_it_is_taken_off(more: dict[str, object], score: float) -> None:
    subject = Subject(names=("Ivan Vydumov",), **more)  # type: ignore[arg-type]
    assert hit(subject).score == pytest.approx(score)


def test_a_number_is_enough_and_one_with_check_digits_is_more() -> None:
    assert hit(Subject(("Zuiderlicht",), identifiers=("p 998877",))).score == 0.85
    company = Entry("c", "Company", "Verzinsel", names=("Verzinsel",), identifiers=(LEI,))
    found = hit(Subject(identifiers=(LEI.lower(),)), company)
    assert found.score == 0.95
    assert "LEI" in feature(found, "identifier").detail
    short = Entry("s", "Company", "Verzinsel", names=("Verzinsel",), identifiers=("123",))
    assert hit(Subject(identifiers=("123",)), short).score == 0.0
    assert feature(hit(Subject(identifiers=("999999",)), company), "identifier").value == 0.0


def test_a_weak_alias_weighs_less() -> None:
    weak = Entry("w", "Organization", "Zuiderlicht", names=("Zuiderlicht",), weak=("Verzinsel Tractor",))
    found = hit(Subject(("Verzinsel Tractor",), "organization"), weak)
    assert found.score == 0.8
    assert feature(found, "weakAlias").as_json()["contribution"] == 0.8
