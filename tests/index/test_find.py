"""Finding by name: kinds, countries, batches, what is everywhere, what is hostile; and after a change."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import InputError, UnknownValue
from graph.index import Index, find
from graph.index.change import build_change
from graph.model.namespaces import RDFS, SKOS
from graph.model.terms import Literal, Quad
from tests.graphs import World
from tests.index.change_cases import State, names_of, quads_of, whole
from tests.index.conftest import Made
from tests.index.list_fixtures import statements


def cast() -> World:
    world = World()
    luminex = world.org("luminex", "Luminex Network Intelligence", place="Genk")
    world.org("lumi-nl", "Luminox Network Intelligence", country="NL")
    world.org("hyundai", "(주)현대", country="KR")
    world.person("Piet Stockmans", luminex, "CEO")
    world.mission("thai", ["TH"], luminex, start="2019")
    world.says("s9", title="Luminex zet Limburg op de kaart")
    world.grant(luminex, "Exportprijs", "2019")
    return world


@pytest.mark.parametrize(
    ("text", "kind", "ref"),
    [
        ("Lumniex Network Inteligence", "company", "luminex"),
        ("Hyeondae", "company", "hyundai"),
        ("현대 주식회사", "company", "hyundai"),
        ("Stokmans Piet", "person", None),
        ("Zuid Koera", "market", "KR"),
        ("Luminex zet Limbrug op kaart", "source", "s9"),
    ],
)
def test_the_nearest_comes_first(indexed: Made, text: str, kind: str, ref: str | None) -> None:
    best = indexed(cast()).find(text)[0]
    assert (best.kind, 0.6 <= best.score < 1.0 or best.exact) == (kind, True)
    assert ref in {None, best.ref}


def test_what_is_found_says_how_well(indexed: Made) -> None:
    (best, *_) = indexed(cast()).find("LUMINEX network intelligence")
    assert (best.score, best.exact, best.matched) == (1.0, True, "Luminex Network Intelligence")
    (form, *_) = indexed(cast()).find("Luminex Network Intelligence NV")
    assert (form.score, form.exact, form.ref) == (0.98, False, "luminex")


def test_a_score_does_not_depend_on_what_else_there_is(indexed: Made) -> None:
    alone = World()
    alone.org("luminex", "Luminex Network Intelligence")
    text = "lumniex netwrok intelligence"
    assert indexed(alone).find(text)[0].score == indexed(cast()).find(text)[0].score


@pytest.mark.parametrize("kind", sorted(find.ALL_KINDS))
def test_only_the_kinds_asked_for_are_found(indexed: Made, kind: str) -> None:
    index = indexed(cast())
    texts = ["luminex", "stockmans", "korea", "exportprijs", "zending thai", "software"]
    found = index.find_many(texts, kinds=frozenset({kind}), prefix=True)
    assert {each.kind for hits in found for each in hits} <= {kind}
    if kind not in {"product", "sector"}:
        assert any(found), kind


def test_awards_and_sectors_are_found_when_asked_for(indexed: Made) -> None:
    index = indexed(cast())
    assert not [hit for hit in index.find("exportprijs") if hit.kind == "award"]
    (award,) = index.find("exportprjis", kinds=frozenset({"award"}))
    assert (award.kind, award.name) == ("award", "Exportprijs")
    assert award.ref == award.iri.rpartition("/")[2]


def test_a_country_narrows_to_its_organizations(indexed: Made) -> None:
    index = indexed(cast())
    assert [each.ref for each in index.find("luminex network", country="NL", prefix=True)] == ["lumi-nl"]
    assert [each.ref for each in index.find("hyeondae", country="Zuid-Korea")] == ["hyundai"]
    with pytest.raises(UnknownValue, match="Nowhere"):
        index.find("luminex", country="Nowhere")


def test_an_unknown_kind_is_refused(indexed: Made) -> None:
    with pytest.raises(UnknownValue, match="planet"):
        indexed(cast()).find("luminex", kinds=frozenset({"planet"}))


def asked(ran: list[str]) -> list[str]:
    """Statements of ours; FTS5 runs some of its own inside."""
    return [sql for sql in ran if not sql.startswith("--")]


def test_a_batch_gives_what_its_names_give_alone_in_as_many_statements(indexed: Made) -> None:
    index = indexed(cast())
    texts = ["luminex", "hyeondae", "", "stockmans", "korea", "nothing like it"] * 10
    assert index.find_many(texts) == [index.find(text) for text in texts]
    with statements(index) as one:
        index.find_many(["luminex network"])
    with statements(index) as many:
        index.find_many(["luminex network"] * 50)
    assert len(asked(many)) == len(asked(one)) > 0
    assert index.find_many([]) == []


@pytest.mark.parametrize(
    "text", ["", "  ", "\ud800", "%", "\0", "\u202e", '"', "' OR 1=1 --", "NEAR(a b)", "a* OR b", "#company"]
)
def test_odd_names_find_nothing_that_is_not_like_them(indexed: Made, text: str) -> None:
    assert [each for each in indexed(cast()).find(text) if each.kind == "company"] == []


def test_marks_of_direction_do_not_count(indexed: Made) -> None:
    assert indexed(cast()).find("\u202eLuminex\u200f Network Intelligence\u202c")[0].score == 1.0


def test_a_name_that_is_too_long_is_refused_with_its_length(indexed: Made) -> None:
    with pytest.raises(InputError, match="100,000") as caught:
        indexed(cast()).find("x" * 100_000)
    assert len(caught.value.issues[0].value or "") < 100


def test_a_huge_name_in_the_graph_is_found_by_its_beginning(indexed: Made) -> None:
    world = World()
    world.org("huge", "Zangersheide " + "x" * 100_000)
    world.org("other", "Other")
    index = indexed(world)
    assert [each.ref for each in index.find("zangersheide", prefix=True)] == ["huge"]


def test_what_many_names_have_is_found_with_members_first(
    indexed: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World()
    for number in range(60):
        world.org(f"b{number}", f"Banka Trading {number:03}", country="NL")
    world.org("ours", "Banka Trading Genk", place="Genk")
    index = indexed(world)
    monkeypatch.setattr(find, "_PER_PIECE", 20)
    found = index.find("banka trading genk", limit=5)
    assert found[0].ref == "ours"
    assert index.find("banka", prefix=True, limit=3)[0].ref == "ours"


def test_names_follow_a_change_as_if_the_index_were_made_again(tmp_path: Path) -> None:
    world = cast()
    before = State(quads_of(world.graphs))
    index = whole(before, tmp_path / "before.sqlite")
    index.close()
    org = world.minter.organization("luminex")
    old = {
        quad
        for quad in before.quads
        if quad.subject == org and quad.predicate in (RDFS.label, SKOS.prefLabel)
    }
    graph = next(iter(old)).graph_name
    new = {Quad(org, RDFS.label, Literal("Zonneveld Systems"), graph)}
    stated = {quad for quad in quads_of(world.graphs) if quad not in old} | new
    after = State(stated)
    path = tmp_path / "after.sqlite"
    assert build_change(tmp_path / "before.sqlite", after.view(), after.since(before), path, "r2")
    changed, made = Index(path), whole(after, tmp_path / "whole.sqlite")
    assert names_of(changed) == names_of(made)
    assert [each.ref for each in changed.find("zoneveld systems")] == ["luminex"]
    assert "luminex" not in [each.ref for each in changed.find("luminex network intelligence")]
    counted: dict[str, int] = dict(changed._db.rows("SELECT gram, names FROM gram_count"))
    for piece, count in counted.items():
        (have,) = changed._db.rows("SELECT COUNT(*) FROM gram WHERE gram MATCH ?", (f'"{piece}"',))
        assert have == (count,), piece
    changed.close()
    made.close()
