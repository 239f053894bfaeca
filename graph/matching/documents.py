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


BEGIN = "<!-- features: make docs -->"
END = "<!-- end of features -->"


def updated(page: str) -> str:
    """The page with a table of the features of each kind between its marks.

    Raises:
        ValueError: the page has no marks.
    """
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError("the page has no marks for features")
    return f"{before}{BEGIN}\n\n{_tables()}\n{END}{after}"


def _tables() -> str:
    lines: list[str] = []
    for each in algorithms("en"):
        lines += [f"**{each['name']}**", "", "| Feature | Weight | Value |", "|---|--:|---|"]
        for one in each["features"]:
            weight = f"−{one['weight']:.2f}" if one["counter"] else f"{one['weight']:.2f}"
            lines.append(f"| `{one['name']}` | {weight} | {one['description']} |")
        lines.append("")
    return "\n".join(lines)


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
