"""The relations of a synthetic graph: who sells where, works with whom, owns whom, does what."""

from __future__ import annotations

from graph.model.namespaces import CURRENCY, FOAF, ORG, QB, REFNIS, SCHEMA, VERRE
from tests.bench.blocks import (
    END,
    LABEL,
    NOTATION,
    NOTE,
    NOTED,
    PARTNER_ROLES,
    ROLES,
    SOURCE,
    START,
    STATUS,
    TYPE,
    Pairs,
    Speaker,
    thing,
)
from tests.bench.pools import coded, literal, moment, quoted

ENGAGEMENT = quoted(VERRE.ExportEngagement)
EXPORTER = quoted(VERRE.exporter)
MARKET = quoted(VERRE.market)
ENGAGEMENT_STATUS = quoted(VERRE.engagementStatus)
FIGURE = quoted(VERRE.figure)
PERIOD = quoted(VERRE.period)
VALUE = quoted(VERRE.value)
UNIT = quoted(VERRE.unit)
EURO = quoted(CURRENCY.EUR)


def engagement(s: Speaker, org: str, market: str) -> str:
    """What a source says of a company in a market."""
    rng = s.draw.rng
    status = s.draw.status()
    pairs: Pairs = [
        (TYPE, ENGAGEMENT),
        (EXPORTER, org),
        (MARKET, market),
        (ENGAGEMENT_STATUS, STATUS[status]),
        *s.period(0.12),
        *s.provenance(),
    ]
    words = ""
    if rng.random() < 0.5:
        product, words = s.word("product", s.draw.product())
        pairs.append((quoted(VERRE["product"]), product))
    if status == "leading" or rng.random() < 0.05:
        pairs.append((NOTE, NOTED))
    return s.lines(s.node("engagement"), pairs) + words


def partnership(s: Speaker, principal: str, partner: str) -> str:
    """A foreign partner of a company."""
    rng = s.draw.rng
    pairs: Pairs = [
        (TYPE, quoted(VERRE.Partnership)),
        (quoted(VERRE.principal), principal),
        (quoted(VERRE.partner), partner),
        (quoted(VERRE.partnerRole), coded("partner-role", rng.choice(PARTNER_ROLES))),
        *s.period(0.15),
        *s.provenance(),
    ]
    if rng.random() < 0.7:
        pairs.append((quoted(VERRE.territory), s.draw.market()))
    if rng.random() < 0.2:
        pairs.append((quoted(VERRE.exclusivity), coded("exclusivity", "non-exclusive")))
    return s.named(partner) + s.lines(s.node("partnership"), pairs)


def ownership(s: Speaker, owner: str, owned: str) -> str:
    """A company and its one owner; at times it came by a takeover."""
    rng = s.draw.rng
    kind = rng.choice(("subsidiary", "subsidiary", "acquisition", "investment"))
    node = s.node("ownership")
    pairs: Pairs = [
        (TYPE, quoted(VERRE.Ownership)),
        (quoted(VERRE.owner), owner),
        (quoted(VERRE.owned), owned),
        (quoted(VERRE.basis), coded("relation-basis", "unknown")),
        (quoted(VERRE.ownershipKind), coded("ownership-kind", kind)),
        *s.provenance(),
    ]
    if rng.random() < 0.4:
        pairs.append((quoted(VERRE.shareExact), literal(rng.choice((25, 50, 51, 75.5, 100)), "decimal")))
    text = s.named(owner) + s.lines(node, pairs)
    if kind == "acquisition":
        change: Pairs = [
            (TYPE, quoted(ORG.ChangeEvent)),
            (quoted(VERRE.changeType), coded("change-type", "takeover")),
            (quoted(ORG.originalOrganization), owned),
            (quoted(VERRE.acquirer), owner),
            (quoted(VERRE.resultingOwnership), node),
            *s.provenance(),
        ]
        text += s.lines(s.node("change"), change)
    return text


def branch(s: Speaker, org: str, number: int, name: str) -> str:
    """A part of a company in another country; it owns nothing."""
    key, land = f"synthetic-branch-{number:07d}", s.draw.country()
    own = thing("organization", f"x/{key}")
    pairs = [(quoted(ORG.unitOf), org), (quoted(VERRE.hostCountry), land), *s.provenance()[1:]]
    return s.organization(own, f"{name} branch", key, "branch", land) + s.lines(own, pairs)


def person(s: Speaker, org: str, number: int) -> str:
    """A person who does not exist, in a business role."""
    who, name = s.node("person"), f'"Synthetic Person {number:07d}"'
    about = [(TYPE, quoted(FOAF.Person)), (quoted(FOAF.name), name), (LABEL, name)]
    roles = [(quoted(VERRE.roleName), role) for role in s.draw.rng.choice(ROLES)]
    return s.lines(who, about) + membership(s, who, org, roles)


def membership(s: Speaker, member: str, organization: str, roles: Pairs) -> str:
    """A person or company in an organization."""
    pairs = [
        (TYPE, quoted(ORG.Membership)),
        (quoted(ORG.member), member),
        (quoted(ORG.organization), organization),
        *roles,
        *s.provenance(),
    ]
    return s.lines(s.node("membership"), pairs)


def figure(s: Speaker, org: str) -> str:
    """How many work there, or what it turns over."""
    rng = s.draw.rng
    people = rng.random() < 0.5
    measure, unit = ("employees", coded("unit", "number")) if people else ("turnover", EURO)
    amount = int(rng.paretovariate(0.9) * (5 if people else 200_000)) % 10**10
    node = s.node("figure")
    return s.lines(org, [(FIGURE, node)]) + s.lines(
        node,
        [
            (TYPE, quoted(VERRE.Figure)),
            (quoted(VERRE.measure), coded("measure", measure)),
            (VALUE, literal(amount, "decimal")),
            (UNIT, unit),
            (PERIOD, literal(s.draw.year(), "gYear")),
            (quoted(VERRE.precision), coded("precision", "about")),
        ],
    )


def grant(s: Speaker, org: str, award: str) -> str:
    """A company that won, or nearly."""
    result = s.draw.rng.choice(("winner", "nominee"))
    pairs = [
        (TYPE, quoted(VERRE.AwardGrant)),
        (quoted(VERRE.recipient), org),
        (quoted(VERRE.award), award),
        (quoted(VERRE.awardResult), coded("award-result", result)),
        *s.provenance(),
    ]
    return s.lines(s.node("grant"), pairs)


def participation(s: Speaker, org: str, mission: str) -> str:
    """A company on a mission."""
    pairs = [
        (TYPE, quoted(VERRE.MissionParticipation)),
        (quoted(VERRE.mission), mission),
        (quoted(VERRE.participant), org),
        (quoted(VERRE.participationState), coded("participation-state", "attended")),
        *s.provenance(),
    ]
    return s.lines(s.node("participation"), pairs)


def award(s: Speaker, number: int, awarder: str) -> tuple[str, str]:
    """The award of a year: its IRI and its lines."""
    iri = s.node("award")
    pairs = [
        (TYPE, quoted(VERRE.Award)),
        (LABEL, f'"Synthetic Export Prize {number % 4}"'),
        (quoted(VERRE.edition), literal(2000 + number // 4 % 25, "gYear")),
        (quoted(VERRE.awarder), awarder),
    ]
    return iri, s.lines(iri, pairs)


def mission(s: Speaker, number: int, organizer: str) -> tuple[str, str]:
    """A trade mission: its IRI and its lines."""
    key = f"synthetic-mission-{number:04d}"
    iri, start = thing("mission", key), moment(s.draw.rng, s.draw.year())
    name = f"Synthetic mission {number:04d}"
    pairs = [
        (TYPE, quoted(VERRE.TradeMission)),
        *((LABEL, f'"{name}"@{language}') for language in ("nl", "en", "fr")),
        (quoted(VERRE.key), f'"{key}"'),
        (quoted(VERRE.missionType), coded("mission-type", "outbound")),
        (quoted(VERRE.destination), s.draw.market()),
        (quoted(SCHEMA.organizer), organizer),
        (START, start),
        (SOURCE, s.iri),
    ]
    return iri, s.lines(iri, pairs)


def observation(s: Speaker, number: int) -> str:
    """A figure of Limburg."""
    indicator = thing("indicator", "synthetic-indicator")
    name = '"Synthetic indicator"'
    year = 2000 + number % 25
    period = thing("period", str(year))
    days = [literal(f"{year}-01-01", "date"), literal(f"{year}-12-31", "date")]
    said = s.once(indicator, [(TYPE, quoted(VERRE.Indicator)), (LABEL, name), (NOTATION, name)])
    said += s.once(
        period,
        [(TYPE, quoted(VERRE.Period)), (NOTATION, f'"{year}"'), (START, days[0]), (END, days[1])],
    )
    pairs = [
        (TYPE, quoted(QB.Observation)),
        (quoted(QB.dataSet), thing("dataset", "statistics")),
        (quoted(VERRE.area), quoted(REFNIS["70000"])),
        (quoted(VERRE.indicator), indicator),
        (PERIOD, period),
        (quoted(VERRE.partnerArea), s.draw.market()),
        (VALUE, literal(s.draw.rng.randrange(10**7), "decimal")),
        (UNIT, EURO),
        (SOURCE, s.iri),
    ]
    return said + s.lines(s.node("observation"), pairs)
