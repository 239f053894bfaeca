"""The properties of the service: what is compared with a row, and what a column can be filled with.

`weight` says how much a property counts in the score beside the name, which counts 1: see
`docs/reconciliation.md`. One without a weight is only for data extension.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from graph.index.nodes import LANGUAGES
from graph.reconciliation.types import TYPES, VALUES, Labels

Json = dict[str, Any]


@dataclass(frozen=True)
class Property:
    """A property of things.

    Attributes:
        labels, description: in nl, en, fr.
        kinds: the kinds of things that have it.
        weight: how much it counts in a score; 0: it is not compared.
        value: id of the type of its values, where these are things.
        decisive: whether two different values speak of two different things.
    """

    id: str
    labels: Labels
    description: Labels
    kinds: tuple[str, ...] = ("organization",)
    weight: float = 0.0
    value: str | None = None
    decisive: bool = False

    def label(self, lang: str) -> str:
        """Its name."""
        return self.labels[LANGUAGES.index(lang)]

    def told(self, lang: str, *, description: bool = True) -> Json:
        """As the specification writes a property."""
        told: Json = {"id": self.id, "name": self.label(lang)}
        if description:
            told["description"] = self.description[LANGUAGES.index(lang)]
        return told

    def meta(self, lang: str) -> Json:
        """As it heads a column that data extension fills."""
        told = self.told(lang, description=False)
        if self.value:
            labels = VALUES[self.value] if self.value in VALUES else TYPES[self.value].labels
            told["type"] = {"id": self.value, "name": labels[LANGUAGES.index(lang)]}
        return told


_EVERY = ("organization", "person", "market", "product", "mission")

_DECLARED = (
    Property(
        "enterpriseNumber",
        ("Ondernemingsnummer", "Enterprise number", "Numéro d'entreprise"),
        (
            "KBO- of btw-nummer, hoe ook geschreven",
            "KBO or VAT number of Belgium, in any spelling",
            "Numéro BCE ou de TVA, quelle que soit l'écriture",
        ),
        weight=3.0,
        decisive=True,
    ),
    Property(
        "lei",
        ("LEI", "LEI", "LEI"),
        ("Legal Entity Identifier, ISO 17442",) * 3,
        weight=3.0,
        decisive=True,
    ),
    Property(
        "country",
        ("Land", "Country", "Pays"),
        ("Naam of ISO-code van het land", "Name or ISO code of the country", "Nom ou code ISO du pays"),
        weight=0.25,
        value="Country",
        decisive=True,
    ),
    Property(
        "municipality",
        ("Gemeente", "Municipality", "Commune"),
        ("Belgische gemeente of plaats", "Belgian municipality or place", "Commune ou localité belge"),
        weight=0.25,
        value="Municipality",
    ),
    Property(
        "postcode",
        ("Postcode", "Postcode", "Code postal"),
        ("Postcode van een vestiging", "Postcode of a site", "Code postal d'un site"),
        weight=0.2,
    ),
    Property(
        "website",
        ("Website", "Website", "Site web"),
        ("Adres van de website", "Address of the website", "Adresse du site web"),
        weight=0.8,
    ),
    Property(
        "emailDomain",
        ("E-maildomein", "E-mail domain", "Domaine e-mail"),
        (
            "Een e-mailadres of wat na de @ staat, vergeleken met de website",
            "An e-mail address or what follows its @, compared with the website",
            "Une adresse e-mail ou ce qui suit le @, comparé au site web",
        ),
        weight=0.6,
    ),
    Property(
        "sector",
        ("Sector", "Sector", "Secteur"),
        ("Een of meer sectoren", "One or more sectors", "Un ou plusieurs secteurs"),
        weight=0.1,
        value="Sector",
    ),
    Property(
        "founded",
        ("Opgericht", "Founded", "Fondation"),
        ("Jaar van oprichting", "Year of foundation", "Année de fondation"),
        weight=0.1,
    ),
    Property(
        "organization",
        ("Organisatie", "Organization", "Organisation"),
        (
            "Waar een persoon een functie heeft; wie een missie organiseert",
            "Where a person has a role; who organizes a mission",
            "Où une personne a une fonction ; qui organise une mission",
        ),
        ("person", "mission"),
        0.5,
        "Organization",
    ),
    Property(
        "destination",
        ("Bestemming", "Destination", "Destination"),
        ("Landen van een missie", "Countries of a mission", "Pays d'une mission"),
        ("mission",),
        0.3,
        "Market",
    ),
    Property(
        "year",
        ("Jaar", "Year", "Année"),
        ("Jaar waarin een missie begon", "Year in which a mission began", "Année du début d'une mission"),
        ("mission",),
        0.3,
    ),
    Property(
        "iri",
        ("IRI", "IRI", "IRI"),
        ("Adres in de graaf", "Address in the graph", "Adresse dans le graphe"),
        _EVERY,
    ),
    Property(
        "name",
        ("Naam", "Name", "Nom"),
        ("De naam in de graaf", "The name in the graph", "Le nom dans le graphe"),
        _EVERY,
    ),
    Property(
        "otherName",
        ("Andere namen", "Other names", "Autres noms"),
        (
            "Vroegere, verkorte en handelsnamen",
            "Former, short and trade names",
            "Anciens noms, abréviations, noms commerciaux",
        ),
    ),
    Property(
        "kind",
        ("Soort", "Kind", "Type"),
        ("Soort organisatie", "Kind of organization", "Type d'organisation"),
    ),
    Property(
        "legalForm",
        ("Rechtsvorm", "Legal form", "Forme juridique"),
        ("Zoals nv of bv", "Such as nv or bv", "Telle que SA ou SRL"),
    ),
    Property(
        "activity",
        ("Activiteit", "Activity", "Activité"),
        ("Wat de organisatie doet", "What the organization does", "Ce que fait l'organisation"),
    ),
    Property(
        "area",
        ("In Limburg", "In Limburg", "Au Limbourg"),
        ("yes, no of unknown", "yes, no or unknown", "yes, no ou unknown"),
    ),
    Property(
        "exportsTo",
        ("Voert uit naar", "Exports to", "Exporte vers"),
        (
            "Markten met status active of leading; niet waar het heen wil",
            "Markets with status active or leading; not where it wants to go",
            "Marchés au statut active ou leading ; pas ceux qu'elle vise",
        ),
        value="Market",
    ),
    Property(
        "entersMarket",
        ("Betreedt markt", "Is entering", "Entre sur le marché"),
        ("Markten met status entering", "Markets with status entering", "Marchés au statut entering"),
        value="Market",
    ),
    Property(
        "targets",
        ("Wil uitvoeren naar", "Wants to export to", "Veut exporter vers"),
        (
            "Markten met status targets; geen verkoop bekend",
            "Markets with status targets; no sale is stated",
            "Marchés au statut targets ; aucune vente connue",
        ),
        value="Market",
    ),
    Property(
        "withdrawnFrom",
        ("Vertrokken uit", "Withdrawn from", "Retirée de"),
        ("Markten met status withdrawn", "Markets with status withdrawn", "Marchés au statut withdrawn"),
        value="Market",
    ),
    Property(
        "parent",
        ("Eigenaar", "Owner", "Propriétaire"),
        (
            "Wie haar volgens een bron bezit, minderheden niet",
            "Who owns it according to a source, minorities left out",
            "Qui la possède selon une source, hors minorités",
        ),
        value="Organization",
    ),
    Property(
        "ultimateParent",
        ("Hoogste eigenaar", "Ultimate owner", "Propriétaire ultime"),
        ("Het einde van de keten", "The end of the chain", "Le bout de la chaîne"),
        value="Organization",
    ),
    Property(
        "partner",
        ("Partners", "Partners", "Partenaires"),
        (
            "Verdelers, klanten, leveranciers … volgens een bron",
            "Distributors, customers, suppliers … according to a source",
            "Distributeurs, clients, fournisseurs … selon une source",
        ),
        value="Organization",
    ),
    Property(
        "presence",
        ("Vestigingen in", "Present in", "Présente en"),
        (
            "Landen met een bijkantoor, dochter of vestiging",
            "Countries with a branch, subsidiary or site",
            "Pays avec une succursale, une filiale ou un site",
        ),
        value="Country",
    ),
    Property(
        "source",
        ("Bronnen", "Sources", "Sources"),
        (
            "Titel, uitgever en datum van wie haar noemt",
            "Title, publisher and date of who names it",
            "Titre, éditeur et date de qui la cite",
        ),
    ),
)
PROPERTIES: dict[str, Property] = {each.id: each for each in _DECLARED}
"""Every property by its id, in the order in which they are proposed."""

SETTINGS: tuple[Json, ...] = (
    {
        "name": "limit",
        "label": "Limit",
        "type": "number",
        "default": 0,
        "help_text": "Most values of one cell; 0: all of them.",
    },
    {
        "name": "content",
        "label": "Content",
        "type": "select",
        "default": "entity",
        "help_text": "What values that are things come as.",
        "choices": [
            {"value": "entity", "name": "Things, reconciled"},
            {"value": "label", "name": "Names"},
            {"value": "iri", "name": "IRIs"},
        ],
    },
)
"""What one may set for each property of data extension."""


def of_kinds(kinds: frozenset[str]) -> list[Property]:
    """The properties that any of these kinds of things has."""
    return [each for each in _DECLARED if kinds & set(each.kinds)]
