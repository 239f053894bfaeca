"""The types of things that can be reconciled, as the model has them.

A type is a kind of thing of the index, for organizations perhaps with some of the codes of
`organization-kind`. `broader` names the next wider one, so that whoever asks for `Company` also
finds a subsidiary.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from graph.index.nodes import LANGUAGES

Json = dict[str, Any]
Labels = tuple[str, str, str]

KINDS = ("organization", "person", "market", "product", "mission")
"""The kinds of things that are matched."""

COMPANIES = ("company", "subsidiary", "parent", "foreign-partner", "other")
SUPPORT = ("chamber", "agency", "university", "government")


@dataclass(frozen=True)
class Type:
    """A type of the service.

    Attributes:
        id: a term of our ontology without its namespace, or the path of a code.
        labels: in nl, en, fr.
        description: in nl, en, fr.
        kind: one of `KINDS`.
        codes: kinds of organization, or of market, that belong to it; empty for all.
        partner: whether only organizations that are somebody's partner belong to it.
    """

    id: str
    labels: Labels
    description: Labels
    kind: str
    broader: str | None = None
    codes: tuple[str, ...] = ()
    partner: bool = False

    def told(self, lang: str, *, description: bool = False) -> Json:
        """As the specification writes a type, with the wider one in it."""
        number = LANGUAGES.index(lang)
        told: Json = {"id": self.id, "name": self.labels[number]}
        if description:
            told["description"] = self.description[number]
        if self.broader:
            told["broader"] = [TYPES[self.broader].told(lang)]
        return told


def _code(code: str, labels: Labels, broader: str) -> Type:
    words = (
        f"Soort organisatie: {labels[0]}",
        f"Kind of organization: {labels[1]}",
        f"Type d'organisation : {labels[2]}",
    )
    return Type(f"organization-kind/{code}", labels, words, "organization", broader, (code,))


_DECLARED = (
    Type(
        "Organization",
        ("Organisatie", "Organization", "Organisation"),
        (
            "Bedrijven, bijkantoren, kamers, agentschappen, partners",
            "Companies, branches, chambers, agencies, partners",
            "Entreprises, succursales, chambres, agences, partenaires",
        ),
        "organization",
    ),
    Type(
        "Company",
        ("Onderneming", "Company", "Entreprise"),
        (
            "Ondernemingen, ook dochters, moeders en buitenlandse partners",
            "Companies, also subsidiaries, parents and foreign partners",
            "Entreprises, aussi filiales, sociétés mères et partenaires étrangers",
        ),
        "organization",
        "Organization",
        COMPANIES,
    ),
    Type(
        "SupportOrganization",
        ("Ondersteunende organisatie", "Support organization", "Organisation de soutien"),
        (
            "Kamers, agentschappen, universiteiten, overheden",
            "Chambers, agencies, universities, governments",
            "Chambres, agences, universités, autorités publiques",
        ),
        "organization",
        "Organization",
        SUPPORT,
    ),
    Type(
        "Partner",
        ("Partner", "Partner", "Partenaire"),
        (
            "Organisaties die volgens een bron partner van een andere zijn: verdeler, klant, leverancier …",
            "Organizations that are another's partner according to a source: distributor, customer, supplier …",
            "Organisations partenaires d'une autre selon une source : distributeur, client, fournisseur …",
        ),
        "organization",
        "Organization",
        partner=True,
    ),
    _code("company", ("onderneming", "company", "entreprise"), "Company"),
    _code("subsidiary", ("dochteronderneming", "subsidiary", "filiale"), "Company"),
    _code("parent", ("moederonderneming", "parent company", "société mère"), "Company"),
    _code("foreign-partner", ("buitenlandse partner", "foreign partner", "partenaire étranger"), "Company"),
    _code("other", ("andere", "other", "autre"), "Company"),
    _code("branch", ("bijkantoor", "branch", "succursale"), "Organization"),
    _code(
        "chamber",
        ("kamer van koophandel", "chamber of commerce", "chambre de commerce"),
        "SupportOrganization",
    ),
    _code("agency", ("agentschap", "agency", "agence"), "SupportOrganization"),
    _code("university", ("universiteit", "university", "université"), "SupportOrganization"),
    _code("government", ("overheid", "government", "autorité publique"), "SupportOrganization"),
    Type(
        "Person",
        ("Persoon in een zakelijke functie", "Person in a business role", "Personne en fonction"),
        (
            "Personen in de functie waarin een openbare bron hen noemt",
            "People in the role in which a public source names them",
            "Personnes dans la fonction dans laquelle une source publique les cite",
        ),
        "person",
    ),
    Type(
        "Market",
        ("Markt", "Market", "Marché"),
        ("Landen en wereldregio's", "Countries and regions of the world", "Pays et régions du monde"),
        "market",
    ),
    Type(
        "Country",
        ("Land", "Country", "Pays"),
        ("Landen", "Countries", "Pays"),
        "market",
        "Market",
        ("country",),
    ),
    Type(
        "Region",
        ("Wereldregio", "Region of the world", "Région du monde"),
        (
            "Azië, ASEAN, de Europese Unie …",
            "Asia, ASEAN, the European Union …",
            "L'Asie, l'ASEAN, l'Union européenne …",
        ),
        "market",
        "Market",
        ("region",),
    ),
    Type(
        "Product",
        ("Product", "Product", "Produit"),
        ("Wat er verkocht wordt", "What is sold", "Ce qui est vendu"),
        "product",
    ),
    Type(
        "TradeMission",
        ("Handelsmissie", "Trade mission", "Mission commerciale"),
        ("Missies, bezoeken, beurzen", "Missions, visits, fairs", "Missions, visites, salons"),
        "mission",
    ),
)
TYPES: dict[str, Type] = {each.id: each for each in _DECLARED}
"""Every type by its id."""

DEFAULT = ("Organization", "Company", "Partner", "Person", "Market", "Product", "TradeMission")
"""What a client offers first."""

VALUES: dict[str, Labels] = {
    "Sector": ("Sector", "Sector", "Secteur"),
    "Municipality": ("Gemeente", "Municipality", "Commune"),
}
"""Types of values that are things, but that nothing is matched against."""


def named(kind: str, code: str | None, *, partner: bool = False) -> tuple[Type, ...]:
    """The types of one thing: the classes of the ontology that say most first, then the code.

    OpenRefine guesses the type of a column from the first ones.

    Args:
        kind: one of `KINDS`.
        code: the kind of an organization, or `country` or `region`.
        partner: whether an organization is somebody's partner.
    """
    fits = [each for each in _DECLARED if each.kind == kind and _fits(each, code, partner)]
    return tuple(sorted(fits, key=_rank))


def _rank(each: Type) -> int:
    if len(each.codes) > 1:
        return 0
    return 1 if each.codes else 2 if each.partner else 3


def _fits(each: Type, code: str | None, partner: bool) -> bool:
    return (not each.codes or code in each.codes) and (not each.partner or partner)


def wanted(ids: Iterable[str]) -> tuple[Type, ...]:
    """The types with these ids; one that is not known names nothing."""
    return tuple(TYPES[name] for name in ids if name in TYPES)
