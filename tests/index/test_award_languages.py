"""An award is called by its name in the language of the answer, and its category is one text."""

from __future__ import annotations

import pytest

from graph.model.namespaces import RDF, RDFS, VERRE
from graph.model.terms import Literal
from tests.graphs import World
from tests.index.conftest import Made
from tests.index.list_fixtures import Odd, ask

NAMES = {"nl": "Exportprijs", "en": "Export Prize", "fr": "Prix de l'exportation"}
CATEGORIES = {"nl": "kleine ondernemingen", "en": "small companies"}


@pytest.mark.parametrize(
    ("lang", "category"),
    [("nl", "kleine ondernemingen"), ("en", "small companies"), ("fr", "kleine ondernemingen")],
)
def test_names_are_in_the_language_of_the_answer(indexed: Made, lang: str, category: str) -> None:
    world = World()
    award = world.minter.thing("award", "prize")
    world.fact(award, (RDF.type, VERRE.Award))
    world.fact(award, *((RDFS.label, Literal(text, language=tag)) for tag, text in NAMES.items()))
    world.fact(award, *((VERRE.category, Literal(text, language=tag)) for tag, text in CATEGORIES.items()))
    Odd(world).node("grant", "g", VERRE.AwardGrant, (VERRE.recipient, world.org("a")), (VERRE.award, award))
    index = indexed(world)
    (item,) = ask(index, "awards", lang=lang).items
    assert item["award"]["label"] == NAMES[lang]
    assert item["award"]["category"] == category
    for name in NAMES.values():
        assert ask(index, "awards", q=name).total == 1
    nodes = index.neighbourhood("a", depth=1, limit=10, lang=lang)["nodes"]
    assert NAMES[lang] in {node["label"] for node in nodes}
