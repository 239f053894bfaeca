"""The sentences of reasons, counter-reasons and what is missing, in Dutch, English and French.

Gaps in braces are names of organizations, markets, sectors, products and missions, or texts. A text that
is empty takes its brackets with it: `left {market} [({when})]`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from graph.index.nodes import LANGUAGES

_OPTIONAL = re.compile(r" ?\[([^\]]*)\]")

SENTENCES: dict[str, tuple[str, str, str]] = {
    "sector.shared": ("Zelfde sector: {sector}", "Same sector: {sector}", "Même secteur : {sector}"),
    "sector.none": ("Geen gedeelde sector bekend", "No shared sector is known", "Aucun secteur commun connu"),
    "sector.unknown": ("Sector van {org} onbekend", "The sector of {org} is not known", "Secteur de {org} inconnu"),
    "sector.wanted": ("{org} werkt in de sector {sector}", "{org} works in the sector {sector}", "{org} travaille dans le secteur {sector}"),
    "sector.notwanted": ("{org} werkt in een andere sector", "{org} works in another sector", "{org} travaille dans un autre secteur"),
    "product.shared": ("Zelfde product: {product}", "Same product: {product}", "Même produit : {product}"),
    "product.none": ("{org} verkoopt andere producten", "{org} sells other products", "{org} vend d’autres produits"),
    "product.unknown": ("Product van {org} onbekend", "The product of {org} is not known", "Produit de {org} inconnu"),
    "product.sells": ("{org} verkoopt {product}", "{org} sells {product}", "{org} vend {product}"),
    "product.partly": ("{org} verkoopt {product}; ontbreekt: {lacking}", "{org} sells {product}; missing: {lacking}", "{org} vend {product} ; manque : {lacking}"),
    "product.missing": ("Product ontbreekt bij {org}: {product}", "Missing product at {org}: {product}", "Produit manquant chez {org} : {product}"),
    "keywords.found": ("{org} noemt: {words}", "{org} mentions: {words}", "{org} mentionne : {words}"),
    "keywords.none": ("Geen van de trefwoorden bij {org}", "None of the keywords at {org}", "Aucun des mots-clés chez {org}"),
    "standing.leading": ("{org} is er leidend: {market} [bekend voor {region}] [({product})] [sinds {when}]", "{org} is leading: {market} [known for {region}] [({product})] [since {when}]", "{org} est en tête : {market} [connu pour {region}] [({product})] [depuis {when}]"),
    "standing.active": ("{org} verkoopt er: {market} [bekend voor {region}] [({product})] [sinds {when}]", "{org} sells there: {market} [known for {region}] [({product})] [since {when}]", "{org} y vend : {market} [connu pour {region}] [({product})] [depuis {when}]"),
    "standing.entering": ("{org} start er: {market} [bekend voor {region}] [({product})] [sinds {when}]", "{org} is entering: {market} [known for {region}] [({product})] [since {when}]", "{org} s’y lance : {market} [connu pour {region}] [({product})] [depuis {when}]"),
    "standing.targets": ("{org} wil erheen exporteren: {market} [bekend voor {region}] [({product})]", "{org} wants to export there: {market} [known for {region}] [({product})]", "{org} souhaite y exporter : {market} [connu pour {region}] [({product})]"),
    "standing.withdrawn": ("{org} verliet deze markt: {market} [in {when}]", "{org} left this market: {market} [in {when}]", "{org} a quitté ce marché : {market} [en {when}]"),
    "standing.left": ("{org} verliet deze markt: {market} [in {when}]", "{org} left this market: {market} [in {when}]", "{org} a quitté ce marché : {market} [en {when}]"),
    "standing.ended": ("{org}: plannen voorbij voor {market}", "{org}: plans that have ended for {market}", "{org} : projets terminés pour {market}"),
    "standing.unknown": ("Niet bekend of {org} er verkoopt: {market}", "Not known whether {org} sells there: {market}", "On ignore si {org} y vend : {market}"),
    "place.in": ("{org} zit er: {market}", "{org} is there: {market}", "{org} y est : {market}"),
    "place.territory": ("{org} werkt er voor {other}: {market}", "{org} works there for {other}: {market}", "{org} y travaille pour {other} : {market}"),
    "place.presence": ("{org} heeft er {other}: {market}", "{org} has {other} there: {market}", "{org} y a {other} : {market}"),
    "place.region": ("{org} werkt in de regio: {region}", "{org} works in the region: {region}", "{org} travaille dans la région : {region}"),
    "place.near": ("{org} zit in dezelfde regio ({region}): {market}", "{org} is in the same region ({region}): {market}", "{org} est dans la même région ({region}) : {market}"),
    "place.sells": ("{org} zit in {market}, waar {company} verkoopt", "{org} is in {market}, where {company} sells", "{org} est établi : {market}, où {company} vend"),
    "place.wants": ("{org} zit in {market}, waar {company} wil verkopen", "{org} is in {market}, where {company} wants to sell", "{org} est établi : {market}, où {company} souhaite vendre"),
    "place.elsewhere": ("Markt waar het bedrijf niet staat: {market}", "A market where the company does not stand: {market}", "Marché où l’entreprise n’est pas présente : {market}"),
    "place.unknown": ("Land van {org} onbekend", "The country of {org} is not known", "Pays de {org} inconnu"),
    "place.none": ("Niet bekend dat {org} er werkt", "It is not known that {org} works there", "On ne sait pas si {org} y travaille"),
    "peers.works": ("{org} werkt met {other}, een gelijkaardig bedrijf", "{org} works with {other}, a company like this one", "{org} travaille avec {other}, une entreprise semblable"),
    "peers.none": ("Geen gelijkaardig bedrijf als partner bekend", "No similar company is known as its partner", "Aucune entreprise semblable connue comme partenaire"),
    "network.near": ("{org} staat dicht in het netwerk", "{org} is near in the network", "{org} est proche dans le réseau"),
    "network.none": ("Geen band in het netwerk bekend", "No tie in the network is known", "Aucun lien connu dans le réseau"),
    "role.distributor": ("{org} is al verdeler voor {other}", "{org} is a distributor already, for {other}", "{org} est déjà distributeur pour {other}"),
    "role.agent": ("{org} is al agent voor {other}", "{org} is an agent already, for {other}", "{org} est déjà agent pour {other}"),
    "role.importer": ("{org} is al invoerder voor {other}", "{org} is an importer already, for {other}", "{org} est déjà importateur pour {other}"),
    "role.customer": ("{org} is al klant van {other}", "{org} is a customer of {other}", "{org} est client de {other}"),
    "role.licensee": ("{org} is licentiehouder van {other}", "{org} is a licensee of {other}", "{org} est licencié de {other}"),
    "role.franchisee": ("{org} is franchisenemer van {other}", "{org} is a franchisee of {other}", "{org} est franchisé de {other}"),
    "role.joint-venture": ("{org} heeft een joint venture met {other}", "{org} has a joint venture with {other}", "{org} a une coentreprise avec {other}"),
    "role.partner": ("{org} werkt al samen met {other}", "{org} works with {other}", "{org} collabore avec {other}"),
    "role.unknown": ("Geen bron noemt {org} partner van iemand", "No source names {org} as a partner of anybody", "Aucune source ne cite {org} comme partenaire"),
    "exclusive.rival": ("{org} is exclusief met concurrent {other} [tot {when}]", "{org} is exclusive with a competitor, {other} [until {when}]", "{org} a l’exclusivité avec un concurrent, {other} [jusqu’à {when}]"),
    "exclusive.other": ("{org} is exclusief met {other}, sector niet te vergelijken [tot {when}]", "{org} is exclusive with {other}, whose sector cannot be compared [until {when}]", "{org} a l’exclusivité avec {other}, secteur non comparable [jusqu’à {when}]"),
    "exclusive.bound": ("{org} heeft er een exclusieve partner: {other} [tot {when}]", "{org} has an exclusive partner there: {other} [until {when}]", "{org} y a un partenaire exclusif : {other} [jusqu’à {when}]"),
    "rival.group": ("{org} hoort bij een bedrijf uit dezelfde sector: {other}", "{org} belongs to a company in the same sector: {other}", "{org} appartient à une entreprise du même secteur : {other}"),
    "rival.owned": ("{org} hoort bij {other}", "{org} belongs to {other}", "{org} appartient à {other}"),
    "rival.exporter": ("{org} exporteert zelf uit dezelfde sector", "{org} is an exporter in the same sector itself", "{org} exporte elle-même dans le même secteur"),
    "former.ended": ("{company} en {org} werkten samen [tot {when}]", "{company} and {org} worked together [until {when}]", "{company} et {org} ont collaboré [jusqu’à {when}]"),
    "tells.partner": ("{org} kent er {other}: {market}", "{org} knows {other} there: {market}", "{org} y connaît {other} : {market}"),
    "tells.place": ("{org} heeft er {other}: {market}", "{org} has {other} there: {market}", "{org} y a {other} : {market}"),
    "tells.missions": ("{org} ging mee op missie: {market}", "{org} went on a mission: {market}", "{org} a participé à une mission : {market}"),
    "tells.none": ("Geen partners, vestigingen of missies van {org} bekend: {market}", "No partners, places or missions of {org} are known: {market}", "Aucun partenaire, site ou mission de {org} connu : {market}"),
    "wants.only": ("{org} verkoopt er nog niet, wil er alleen heen: {market}", "{org} does not sell there yet, it only wants to: {market}", "{org} n’y vend pas encore, il le souhaite seulement : {market}"),
    "introduction.direct": ("Rechtstreekse band", "A direct tie", "Lien direct"),
    "introduction.chain": ("Keten van {steps} stappen, te beginnen bij {other}", "A chain of {steps} steps that begins with {other}", "Chaîne de {steps} étapes, à commencer par {other}"),
    "introduction.none": ("Geen keten van introducties bekend", "No chain of introductions is known", "Aucune chaîne d’introductions connue"),
    "introduction.went": ("Het bedrijf ging zelf mee", "The company went along itself", "L’entreprise y a participé elle-même"),
    "introduction.host": ("Te bereiken via {other}", "To be reached through {other}", "Joignable via {other}"),
    "bond.branch": ("{org} is een vestiging van {company}", "{org} is a branch of {company}", "{org} est une succursale de {company}"),
    "bond.subsidiary": ("{org} is een dochter van {company}", "{org} is a subsidiary of {company}", "{org} est une filiale de {company}"),
    "bond.owner": ("{org} is eigenaar van {company}", "{org} owns {company}", "{org} est propriétaire de {company}"),
    "bond.sister": ("{org} hoort bij dezelfde groep", "{org} belongs to the same group", "{org} appartient au même groupe"),
    "bond.partner": ("{org} is partner van {company}", "{org} is a partner of {company}", "{org} est partenaire de {company}"),
    "bond.introduced": ("{org} is te bereiken via anderen", "{org} can be reached through others", "{org} est joignable par d’autres"),
    "mission.to": ("{mission} [({when})]: {market}", "{mission} [({when})]: {market}", "{mission} [({when})] : {market}"),
    "mission.host": ("{mission}: georganiseerd door {org}", "{mission}: organized by {org}", "{mission} : organisé par {org}"),
    "mission.nobody": ("{mission}: organisator onbekend", "{mission}: the organizer is not known", "{mission} : organisateur inconnu"),
    "past.mission": ("{mission} is voorbij [({when})]", "{mission} is over [({when})]", "{mission} est passée [({when})]"),
    "market.peers": ("Gelijkaardige bedrijven die er verkopen: {count}, zoals {other}", "Similar companies that sell there: {count}, as {other}", "Entreprises semblables qui y vendent : {count}, dont {other}"),
    "market.nopeers": ("Geen gelijkaardig bedrijf bekend: {market}", "No similar company is known there: {market}", "Aucune entreprise semblable connue : {market}"),
    "market.near": ("{market} ligt dicht bij {company} in het netwerk van bedrijven, sectoren en producten", "{market} is near {company} in the network of companies, sectors and products", "{market} : proche de {company} dans le réseau d’entreprises, de secteurs et de produits"),
    "market.far": ("Geen band met deze markt in het netwerk: {market}", "No tie with this market in the network: {market}", "Aucun lien avec ce marché dans le réseau : {market}"),
    "market.region": ("{company} verkoopt in dezelfde regio ({region}): {market}", "{company} sells in the same region ({region}): {market}", "{company} vend dans la même région ({region}) : {market}"),
    "market.inregion": ("{company} verkoopt in de regio: {region}", "{company} sells in the region: {region}", "{company} vend dans la région : {region}"),
    "market.noregion": ("Geen verkoop in de regio bekend", "No sales in the region are known", "Aucune vente connue dans la région"),
    "market.group": ("{other} hoort bij de groep en zit er: {market}", "{other} is of the group and is there: {market}", "{other} fait partie du groupe et y est : {market}"),
    "market.partner": ("{other} is er partner: {market}", "{other} is a partner there: {market}", "{other} y est partenaire : {market}"),
    "mission.went": ("{org} ging mee: {mission} [({when})]", "{org} took part: {mission} [({when})]", "{org} y a participé : {mission} [({when})]"),
    "mission.neverwent": ("Geen bron noemt {org} bij een eerdere missie daarheen", "No source names {org} on an earlier mission there", "Aucune source ne cite {org} lors d’une mission antérieure"),
    "region.targets": ("{org} wil exporteren naar de regio ({region}) [({product})]; over {market} zelf zegt geen bron iets", "{org} wants to export to the region ({region}) [({product})]; no source speaks of {market} itself", "{org} souhaite exporter vers la région ({region}) [({product})] ; aucune source ne parle de {market} même"),
    "region.entering": ("{org} start in de regio ({region}) [({product})]; over {market} zelf zegt geen bron iets", "{org} is entering the region ({region}) [({product})]; no source speaks of {market} itself", "{org} se lance dans la région ({region}) [({product})] ; aucune source ne parle de {market} même"),
    "region.active": ("{org} verkoopt in de regio ({region}) [({product})]; over {market} zelf zegt geen bron iets", "{org} sells in the region ({region}) [({product})]; no source speaks of {market} itself", "{org} vend dans la région ({region}) [({product})] ; aucune source ne parle de {market} même"),
    "region.leading": ("{org} is leidend in de regio ({region}) [({product})]; over {market} zelf zegt geen bron iets", "{org} is leading in the region ({region}) [({product})]; no source speaks of {market} itself", "{org} est en tête dans la région ({region}) [({product})] ; aucune source ne parle de {market} même"),
    "way.partner": ("{org} heeft er een partner, {other}: {market}", "{org} has a partner there, {other}: {market}", "{org} y a un partenaire, {other} : {market}"),
    "way.own": ("{org} heeft er {other}: {market}", "{org} has {other} there: {market}", "{org} y a {other} : {market}"),
    "way.near": ("{other} van {org} zit in dezelfde regio ({region}): {market}", "{other} of {org} is in the same region ({region}): {market}", "{other} de {org} est dans la même région ({region}) : {market}"),
    "way.none": ("Geen vestiging of partner van {org} bekend: {market}", "No branch or partner of {org} is known there: {market}", "Aucune succursale ni partenaire connu de {org} : {market}"),
    "market.noreach": ("Geen vestiging of partner bekend: {market}", "No branch or partner is known there: {market}", "Aucune succursale ni partenaire connu : {market}"),
    "market.visited": ("Bedrijven die verkopen in {market}: {count}", "Companies known to sell in {market}: {count}", "Entreprises qui y vendent ({market}) : {count}"),
    "market.unvisited": ("Geen verkoper bekend: {market}", "Nobody is known to sell there: {market}", "Aucun vendeur connu : {market}"),
    "market.noaim": ("Geen bron zegt dat {company} erheen wil", "No source says that {company} wants to go there", "Aucune source ne dit que {company} le souhaite"),
    "market.peersleft": ("{other} verliet deze markt: {market} [in {when}]", "{other} left this market: {market} [in {when}]", "{other} a quitté ce marché : {market} [en {when}]"),
}  # fmt: skip
"""By key, in the order of `LANGUAGES`."""


def sentence(key: str, lang: str, gaps: Mapping[str, str]) -> str:
    """A sentence with its gaps filled; optional pieces whose gap is empty or absent are left out.

    Raises:
        KeyError: there is no such sentence, or a gap that it needs is not given.
    """
    text = SENTENCES[key][LANGUAGES.index(lang)]
    kept = _OPTIONAL.sub(lambda found: _piece(found[0], gaps), text)
    return kept.format_map(gaps)


def _piece(piece: str, gaps: Mapping[str, str]) -> str:
    inner = piece.replace("[", "").replace("]", "")
    names = re.findall(r"\{(\w+)\}", inner)
    return inner if all(gaps.get(name) for name in names) else ""
