"""The kinds of match and their features as data, for `/v1/match/algorithms` and docs/matching.md."""

from __future__ import annotations

from graph.index.catalogue import Json, best
from graph.matching.features import FEATURES, KINDS

ABOUT: dict[str, tuple[str, str, str]] = {
    "partners": (
        "Organisaties in of voor een markt die verdeler, agent, klant of partner kunnen zijn",
        "Organizations in or for a market that could be distributor, agent, customer or joint-venture partner",
        "Organisations dans un marché ou pour lui, distributeur, agent, client ou partenaire possible",
    ),
    "peers": (
        "Limburgse bedrijven die er al zijn, en wat zij kunnen vertellen",
        "Companies of Limburg that are there already, and what they could tell",
        "Entreprises limbourgeoises déjà présentes, et ce qu’elles peuvent raconter",
    ),
    "gateways": (
        "Eigen groep, vestigingen, partners en missies die de weg openen",
        "Own group, branches, partners and missions that open the way",
        "Groupe, succursales, partenaires et missions qui ouvrent la voie",
    ),
    "markets": (
        "Waar het bedrijf hierna heen kan",
        "Where the company could go next",
        "Où l’entreprise peut aller ensuite",
    ),
    "suppliers": (
        "Exporteurs die passen bij een buitenlandse koper",
        "Exporters that fit a foreign buyer",
        "Exportateurs qui conviennent à un acheteur étranger",
    ),
}
FORMULA = "sum(weight * value of supporting features) / sum(their weights) * product(1 - weight * value of counter features)"


def algorithms(lang: str) -> list[Json]:
    """Each kind with its features and their standard weights."""
    return [
        {
            "name": kind,
            "description": best(ABOUT[kind], lang),
            "formula": FORMULA,
            "features": [
                {
                    "name": each.name,
                    "label": best(each.label, lang),
                    "description": each.about,
                    "weight": each.weight,
                    "counter": each.counter,
                }
                for each in FEATURES[kind]
            ],
        }
        for kind in KINDS
    ]
