"""The class diagram: an SVG with real text, boxes of properties, and a line to the box of each value.

Where a box stands is written down here; what is in it and where its lines go comes from the ontology.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from graph.quality.docs.model import Row, derived_terms, read, rows, short, tip
from graph.quality.docs.model import classes as all_classes

WIDTH, GAP, TOP, MARGIN = 290, 130, 24, 24
HEAD, LINE, PAD, BETWEEN = 34, 21, 10, 26

COLOURS = {
    "relation": "#0a6363",
    "organization": "#0067a3",
    "market": "#00735a",
    "person": "#9a4a78",
    "promotion": "#8a6100",
    "figure": "#b84a00",
    "source": "#55606e",
}

REUSED: dict[str, tuple[Row, ...]] = {
    "org:Organization": (
        Row("adms:identifier", ("adms:Identifier",)),
        Row("org:hasSite", ("org:Site",)),
        Row("rov:orgActivity", ("NACE",)),
    ),
    "org:ChangeEvent": (Row("org:originalOrganization", ("org:Organization",)),),
    "org:Membership": (
        Row("org:member", ("foaf:Person", "org:Organization")),
        Row("org:organization", ("org:Organization",)),
    ),
    "TradeMission": (Row("schema:organizer", ("org:Organization",)),),
    "relation": (
        Row("prov:hadPrimarySource", ("Source",)),
        Row("attested", ("xsd:date",)),
        Row("schema:startDate", ("xsd:date",)),
        Row("schema:endDate", ("xsd:date",)),
        Row("note", ("rdf:langString",)),
    ),
    "foaf:Person": (Row("foaf:name", ("xsd:string",)),),
    "org:Site": (Row("org:siteAddress", ("locn:Address",)),),
    "qb:Observation": (Row("note", ("rdf:langString",)),),
}
"""Properties of other vocabularies that the model page puts on these boxes; no definition of theirs is ours."""


@dataclass
class Box:
    """A class, or several that share their properties.

    Attributes:
        name: the class, short; `relation` stands for every relation node.
        kind: picks its colour.
        column: 0 to 2, from the left.
        kinds: subclasses that are written into the box.
        title: what stands at its head, if it is not the name.
    """

    name: str
    kind: str
    column: int
    kinds: tuple[str, ...] = ()
    title: str = ""
    rows: list[Row] = field(default_factory=list)
    x: int = 0
    y: int = 0

    @property
    def height(self) -> int:
        """In pixels, with its head."""
        lines = len(self.rows) + len(self.kinds)
        return HEAD + (lines * LINE + PAD if lines else 0)

    def row_y(self, index: int) -> int:
        """The middle of a row."""
        return self.y + HEAD + PAD // 2 + (len(self.kinds) + index) * LINE + LINE // 2


def boxes() -> list[Box]:
    """Every box, from the top of each column."""
    return [
        Box("Partnership", "relation", 0),
        Box("Ownership", "relation", 0),
        Box("org:ChangeEvent", "relation", 0),
        Box("org:Membership", "relation", 0),
        Box("ExportEngagement", "relation", 0),
        Box("relation", "source", 0, title="every relation node"),
        Box("Source", "source", 0),
        Box("foaf:Person", "person", 1),
        Box(
            "org:Organization",
            "organization",
            1,
            ("Company", "Subsidiary", "SupportOrganization", "ForeignBranch"),
        ),
        Box("org:Site", "organization", 1),
        Box("Sector", "market", 1),
        Box("Product", "market", 1),
        Box("Market", "market", 1, ("Country", "Region")),
        Box("Figure", "figure", 1),
        Box("AwardGrant", "promotion", 2),
        Box("Award", "promotion", 2),
        Box("MissionParticipation", "promotion", 2),
        Box("TradeMission", "promotion", 2),
        Box("Programme", "promotion", 2),
        Box("Need", "promotion", 2),
        Box("Area", "figure", 2, ("Municipality",)),
        Box("qb:Observation", "figure", 2),
        Box("Indicator", "figure", 2),
        Box("Period", "figure", 2),
    ]


def shown(folder: Path) -> list[Box]:
    """The boxes with their rows and their places."""
    graph, derived = read(folder), derived_terms(folder)
    found = boxes()
    bottom: dict[int, int] = defaultdict(lambda: TOP)
    for box in found:
        own = rows(graph, derived, (box.name, *box.kinds))
        box.rows = sorted(
            [*own, *REUSED.get(box.name, ())],
            key=lambda row: (row.derived, row.name.rpartition(":")[2].lower()),
        )
        box.x = MARGIN + box.column * (WIDTH + GAP)
        box.y = bottom[box.column]
        bottom[box.column] += box.height + BETWEEN
    return found


def missing(folder: Path) -> set[str]:
    """Our classes that the diagram leaves out: none, and a test sees to it."""
    drawn = {name for box in boxes() for name in (box.name, *box.kinds)}
    return {short(term) for term in all_classes(read(folder))} - drawn


def draw(folder: Path) -> str:
    """The diagram as SVG, the same text for the same ontology."""
    placed = shown(folder)
    width = max(box.x for box in placed) + WIDTH + MARGIN + GAP // 2
    height = max(box.y + box.height for box in placed) + TOP
    graph = read(folder)
    tips = {short(term): tip(graph, term) for term in all_classes(graph)}
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"'
        ' aria-labelledby="classes-title" font-family="Atkinson Hyperlegible Next, system-ui, sans-serif"'
        ' font-size="14">',
        '<title id="classes-title">Klassen en hun eigenschappen · Classes and their properties ·'
        " Classes et leurs propriétés</title>",
        f'<rect width="{width}" height="{height}" fill="#fbfaf7"/>',
        *_lines(placed),
        *(line for box in placed for line in _box(box, tips)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _lines(placed: list[Box]) -> list[str]:
    """From each row to the box of its values; where several end at one box, they share its side."""
    owner = {name: box for box in placed for name in (box.name, *box.kinds)}
    wanted = [
        (box, box.row_y(index), owner[value])
        for box in placed
        for index, row in enumerate(box.rows)
        for value in dict.fromkeys(row.ranges)
        if value in owner and not row.derived and owner[value] is not box
    ]
    sides: dict[tuple[str, str], list[tuple[int, Box]]] = defaultdict(list)
    for source, y, target in wanted:
        sides[target.name, _side(source, target)].append((y, source))
    lines = []
    for source, y, target in wanted:
        side = _side(source, target)
        ends = sorted(sides[target.name, side], key=lambda end: (end[0], end[1].column))
        room = min(target.height, HEAD + 6 * LINE)
        end_y = target.y + round(room * (ends.index((y, source)) + 1) / (len(ends) + 1))
        lines.append(_line(source, y, target, end_y))
    return lines


def _side(source: Box, target: Box) -> str:
    """Which side of the target a line ends at: the one that looks at the source."""
    return "left" if source.column < target.column else "right"


def _line(source: Box, y: int, target: Box, end_y: int) -> str:
    colour = COLOURS[source.kind]
    if source.column == target.column:
        start, end, bend = source.x + WIDTH, target.x + WIDTH, GAP * 2 // 3
        path = f"M{start} {y} C{start + bend} {y} {end + bend} {end_y} {end + 7} {end_y}"
        head = f"M{end + 8} {end_y - 4} L{end} {end_y} L{end + 8} {end_y + 4} Z"
    else:
        right = source.column < target.column
        start = source.x + (WIDTH if right else 0)
        end = target.x + (0 if right else WIDTH)
        back, bend = (-7, GAP // 2) if right else (7, -GAP // 2)
        path = f"M{start} {y} C{start + bend} {y} {end - bend} {end_y} {end + back} {end_y}"
        head = f"M{end + back} {end_y - 4} L{end} {end_y} L{end + back} {end_y + 4} Z"
    return (
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="1.3" opacity="0.75"/>'
        f'<path d="{head}" fill="{colour}"/>'
    )


def _box(box: Box, tips: dict[str, str]) -> list[str]:
    colour = COLOURS[box.kind]
    head = escape(box.title or box.name)
    lines = [
        f"<g><title>{escape(tips.get(box.name, box.title or box.name))}</title>"
        f'<rect x="{box.x}" y="{box.y}" width="{WIDTH}" height="{box.height}" rx="6" fill="#ffffff"'
        f' stroke="{colour}" stroke-width="1.5"/>'
        f'<rect x="{box.x}" y="{box.y}" width="{WIDTH}" height="{HEAD}" rx="6" fill="{colour}"/>'
        f'<text x="{box.x + 12}" y="{box.y + 23}" fill="#ffffff" font-size="16" font-weight="700">{head}</text></g>'
    ]
    for index, kind in enumerate(box.kinds):
        y = box.row_y(index - len(box.kinds)) + 5
        lines.append(
            f'<text x="{box.x + 12}" y="{y}" fill="{colour}" font-weight="700">'
            f"<title>{escape(tips[kind])}</title>{escape(kind)}</text>"
        )
    lines += [_row(box, index, row) for index, row in enumerate(box.rows)]
    return lines


def _row(box: Box, index: int, row: Row) -> str:
    y = box.row_y(index) + 5
    style = ' font-style="italic" fill="#55606e"' if row.derived else ' fill="#1b2430"'
    values = ", ".join(dict.fromkeys(map(_plain, row.ranges)))
    return (
        f'<text x="{box.x + 12}" y="{y}"{style}><title>{escape(row.tip or row.name)}</title>{escape(row.name)}</text>'
        f'<text x="{box.x + WIDTH - 12}" y="{y}" fill="#55606e" font-size="12" text-anchor="end">{escape(values)}</text>'
    )


def _plain(name: str) -> str:
    """What a reader calls a kind of value."""
    kinds = {
        "xsd:string": "text",
        "rdf:langString": "text",
        "xsd:decimal": "number",
        "xsd:integer": "number",
        "xsd:date": "date",
        "xsd:gYear": "date",
        "xsd:gYearMonth": "date",
        "skos:Concept": "code",
        "skos:ConceptScheme": "register",
    }
    return kinds.get(name, name.rpartition(":")[2])
