"""What the added columns and the second sheet say, in Dutch, English and French."""

from __future__ import annotations

from collections.abc import Mapping

from graph.index.nodes import LANGUAGES

_TEXTS: Mapping[str, tuple[str, str, str]] = {
    "status": ("Verre: resultaat", "Verre: result", "Verre : résultat"),
    "name": ("Verre: naam", "Verre: name", "Verre : nom"),
    "score": ("Verre: score (0-100)", "Verre: score (0-100)", "Verre : score (0-100)"),
    "iri": ("Verre: adres", "Verre: IRI", "Verre : IRI"),
    "number": (
        "Verre: ondernemingsnummer",
        "Verre: enterprise number",
        "Verre : numéro d'entreprise",
    ),
    "other": ("Verre: kandidaat {n}", "Verre: candidate {n}", "Verre : candidat {n}"),
    "market": ("Verre: in {name}", "Verre: in {name}", "Verre : en {name}"),
    "exportsTo": ("Verre: voert uit naar", "Verre: exports to", "Verre : exporte vers"),
    "entersMarket": ("Verre: betreedt", "Verre: is entering", "Verre : entre en"),
    "targets": ("Verre: wil uitvoeren naar", "Verre: wants to export to", "Verre : veut exporter vers"),
    "group": ("Verre: groep", "Verre: group", "Verre : groupe"),
    "twins": ("Verre: zelfde als rij", "Verre: same as row", "Verre : même que la ligne"),
    "problems": ("Verre: opmerkingen", "Verre: remarks", "Verre : remarques"),
    "sources": ("Verre: bronnen", "Verre: sources", "Verre : sources"),
    "status.match": ("zeker", "sure", "sûr"),
    "status.check": ("na te kijken", "to be checked", "à vérifier"),
    "status.none": ("niet gevonden", "not found", "non trouvé"),
    "status.empty": ("niets om te zoeken", "nothing to look for", "rien à chercher"),
    "group.rows": ("{name} (rijen {rows})", "{name} (rows {rows})", "{name} (lignes {rows})"),
    "unknown": ("niets bekend", "nothing known", "rien de connu"),
    "about": ("Over dit bestand", "About this file", "À propos"),
    "about.file": ("Bestand", "File", "Fichier"),
    "about.release": ("Release", "Release", "Version"),
    "about.day": ("Dag", "Day", "Jour"),
    "about.rows": ("Rijen", "Rows", "Lignes"),
    "about.column": ("Kolom {letter}", "Column {letter}", "Colonne {letter}"),
    "about.others": ("Niet gelezen bladen", "Sheets not read", "Feuilles non lues"),
    "about.remark": ("Opmerking", "Remark", "Remarque"),
    "about.explain": ("Uitleg", "Explanation", "Explication"),
    "about.explain.text": (
        "Alleen een zeker resultaat staat buiten twijfel: hetzelfde nummer, of dezelfde naam zonder iets dat ertegen spreekt. "
        "Al het andere is een voorstel. Willen uitvoeren en uitvoeren staan in aparte kolommen.",
        "Only what is sure is beyond doubt: the same number, or the same name with nothing against it. "
        "All else is a proposal. Wanting to export and exporting stand in columns of their own.",
        "Seul un résultat sûr est hors de doute : le même numéro, ou le même nom sans rien qui le contredise. "
        "Tout le reste est une proposition. Vouloir exporter et exporter ont chacun leur colonne.",
    ),
    "by.heading": ("volgens de kop", "by its heading", "d'après l'en-tête"),
    "by.content": ("volgens de inhoud", "by its content", "d'après le contenu"),
    "by.option": ("zoals opgegeven", "as given", "comme indiqué"),
    "field.name": ("naam", "name", "nom"),
    "field.enterpriseNumber": ("ondernemingsnummer", "enterprise number", "numéro d'entreprise"),
    "field.lei": ("LEI", "LEI", "LEI"),
    "field.country": ("land", "country", "pays"),
    "field.municipality": ("gemeente", "municipality", "commune"),
    "field.postcode": ("postcode", "postcode", "code postal"),
    "field.website": ("website", "website", "site web"),
    "field.emailDomain": ("e-mail", "e-mail", "e-mail"),
}


def word(key: str, lang: str, **values: object) -> str:
    """A text with its gaps filled."""
    return _TEXTS[key][LANGUAGES.index(lang)].format(**values)
