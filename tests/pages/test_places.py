"""Which words a language puts before a market."""

from __future__ import annotations

import pytest

from api.pages import places

CASES = {
    ("CN", "China", "nl"): ("in China", "naar China"),
    ("US", "Verenigde Staten", "nl"): ("in de Verenigde Staten", "naar de Verenigde Staten"),
    ("GB", "Verenigd Koninkrijk", "nl"): ("in het Verenigd Koninkrijk", "naar het Verenigd Koninkrijk"),
    ("MIDDLE_EAST", "Midden-Oosten", "nl"): ("in het Midden-Oosten", "naar het Midden-Oosten"),
    ("ASEAN", "ASEAN", "nl"): ("in de ASEAN", "naar de ASEAN"),
    ("WORLD", "Wereld", "nl"): ("wereldwijd", "wereldwijd"),
    ("PH", "Philippines", "en"): ("in the Philippines", "to the Philippines"),
    ("ASIA", "Asia", "en"): ("in Asia", "to Asia"),
    ("WORLD", "World", "en"): ("worldwide", "worldwide"),
    ("CN", "Chine", "fr"): ("en Chine", "en Chine"),
    ("KR", "Corée du Sud", "fr"): ("en Corée du Sud", "en Corée du Sud"),
    ("IR", "Iran", "fr"): ("en Iran", "en Iran"),
    ("VN", "Viêt Nam", "fr"): ("au Viêt Nam", "au Viêt Nam"),
    ("JP", "Japon", "fr"): ("au Japon", "au Japon"),
    ("MX", "Mexique", "fr"): ("au Mexique", "au Mexique"),
    ("US", "États-Unis", "fr"): ("aux États-Unis", "aux États-Unis"),
    ("SG", "Singapour", "fr"): ("à Singapour", "à Singapour"),
    ("HK", "R.A.S. chinoise de Hong Kong", "fr"): (
        "dans la R.A.S. chinoise de Hong Kong",
        "dans la R.A.S. chinoise de Hong Kong",
    ),
    ("EU", "Union européenne", "fr"): ("dans l’Union européenne", "dans l’Union européenne"),
    ("AX", "Îles Åland", "fr"): ("aux Îles Åland", "aux Îles Åland"),
}


@pytest.mark.parametrize(("key", "words"), CASES.items())
def test_in_and_to(key: tuple[str, str, str], words: tuple[str, str]) -> None:
    code, label, lang = key
    market = {"code": code, "label": label}
    assert (places.into(market, lang), places.to(market, lang)) == words


def test_second_of_a_list_has_its_article_only() -> None:
    assert places.bare({"code": "US", "label": "Verenigde Staten"}, "nl") == "de Verenigde Staten"
    assert places.bare({"code": "US", "label": "États-Unis"}, "fr") == "aux États-Unis"


def test_a_market_without_a_label_is_its_code() -> None:
    assert places.into({"code": "XK"}, "nl") == "in XK"
