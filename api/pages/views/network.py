"""The page of a network: its filters with counts, the drawing for who has no script, and the table beside the picture."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from api.network_parameters import ViewQuery
from api.pages import catalogue, network
from api.pages.face import Face
from api.pages.views import company, facts
from api.pages.views.search import path
from graph.network import RELATIONS, Network
from graph.network.view import counts, sources, word

DRAWN = 40
"""Nodes of the drawing; the picture of the script and the table have them all."""
ROWS = 400
"""Relations that the table shows; the files have them all."""
MORE = 24
"""Things that are offered to be expanded where there is no script."""
SEEN = 8
"""Sources of the filter that are seen without unfolding."""

Model = dict[str, Any]


@dataclass(frozen=True)
class Seen:
    """A network and what it was narrowed down from.

    Attributes:
        whole: before statuses, sources and hidden things were left out; the filters count it.
        shown: what is left, with `more`.
        offered: how many relations of which kind what it begins at has, whichever are asked for.
        years: how many relations begin in each year, whatever day is asked for.
    """

    query: ViewQuery
    whole: Network
    shown: Network
    offered: Mapping[str, int]
    years: Mapping[int, int]


def model(face: Face, seen: Seen) -> Model:
    """What the page shows of a network."""
    shown, query = seen.shown, seen.query
    starts = [shown.nodes[iri] for iri in shown.graph["starts"] if iri in shown]
    rows = ties(face, shown)
    return {
        "starts": [{**thing(face, each), "word": word(each)} for each in starts],
        "headline": headline(face, starts),
        "size": face.t(
            "net.size", things=face.t("net.things", n=len(shown)), ties=face.t("net.ties", n=len(rows))
        ),
        "drawing": drawn(face, shown) if len(shown) > 1 else None,
        "cut": len(shown) > DRAWN,
        "rows": rows[:ROWS],
        "beyond": max(0, len(rows) - ROWS),
        "total": len(rows),
        "truncated": shown.graph["truncated"],
        "paths": ways(face, shown) if query.to else None,
        "more": more(face, shown, query)[:MORE],
        "hidden": hidden(face, seen),
        "years": years(face, seen),
        **choices(face, seen),
    }


def headline(face: Face, starts: Iterable[Mapping[str, Any]]) -> Markup:
    """`Network around Luminex Network Intelligence and Japan`."""
    names = [Markup("<bdi>{}</bdi>").format(each["label"]) for each in starts]
    return (
        face.t("network.label", name=catalogue.join(face.lang, names, "and"))
        if names
        else face.t("net.title")
    )


def thing(face: Face, facts: Mapping[str, Any]) -> Model:
    """A node with its page."""
    kind = company.page_kind(str(facts["kind"]))
    return {"label": facts["label"], "path": path(face, kind, str(facts["ref"])), "kind": facts["kind"]}


def drawn(face: Face, shown: Network) -> network.Drawing:
    """The nearest of the network as the drawing of a company's page has it."""
    nearest = list(shown)[:DRAWN]
    part = shown.subgraph(nearest)
    found = {
        "nodes": [{**part.nodes[iri], "id": part.nodes[iri]["ref"]} for iri in nearest],
        "edges": [{"source": a, "target": b, **facts} for a, b, facts in part.edges(data=True)],
    }
    return network.draw(found, nearest[0], words=company.statuses(face))


def ties(face: Face, shown: Network) -> list[Model]:
    """The table: each relation in words, with when and who says so."""
    rows = []
    for a, b, each in shown.edges(data=True):
        kind, status = str(each["kind"]), str(each.get("status") or "")
        rows.append(
            {
                **each,
                "start": thing(face, shown.nodes[a]),
                "stop": thing(face, shown.nodes[b]),
                "words": label(face, each),
                "status": status,
                "over": bool(each.get("ended")),
                "sort": (not status, kind),
            }
        )
    return sorted(rows, key=lambda row: (str(row["start"]["label"]), str(row["stop"]["label"])))


def label(face: Face, tie: Mapping[str, Any]) -> str:
    """A relation in a word or two, with what it is about."""
    kind, role = str(tie["kind"]), tie.get("role")
    known = face.word("role", role, tie.get("label")) if kind == "partnership" and role else tie.get("label")
    parts = [str(known or kind), str(tie.get("product") or ""), str(tie.get("territoryLabel") or "")]
    return ", ".join(part for part in parts if part)


def ways(face: Face, shown: Network) -> list[list[Model]]:
    """The paths that were found, as things one after the other."""
    found = shown.graph.get("paths") or []
    return [[thing(face, shown.nodes[iri]) for iri in way["nodes"] if iri in shown] for way in found]


def more(face: Face, shown: Network, query: ViewQuery) -> list[Model]:
    """What is not shown around things, with the address that shows it."""
    found = []
    for _, node in shown.nodes(data=True):
        for relation, count in (node.get("more") or {}).items():
            asked = [*query.expand, f"{relation}~{word(node)}"]
            told = {"relation": face.t(f"net.relation.{relation}"), "count": count}
            found.append({**thing(face, node), **told, "href": face.here(expand=asked)})
    return found


def hidden(face: Face, seen: Seen) -> list[Model]:
    """What is left out, by name, with the address that shows it again."""
    names = {word(facts): facts["label"] for _, facts in seen.whole.nodes(data=True)}
    return [
        {"word": each, "label": names[each], "href": face.here(hide=_without(seen.query.hide, each))}
        for each in seen.query.hide
        if each in names
    ]


def choices(face: Face, seen: Seen) -> Model:
    """The filters: each value with how many relations it has, and whether it is chosen."""
    query = seen.query
    statuses = counts(seen.whole, "status")
    who = sources(seen.whole)
    listed = [
        {
            "value": source["id"],
            "label": ", ".join(
                filter(
                    None,
                    (
                        str(source.get("publisher") or source.get("title") or source["id"]),
                        face.day(source.get("date")),
                    ),
                )
            ),
            "title": source.get("title") or "",
            "count": count,
            "chosen": source["id"] in query.source,
        }
        for source, count in who
    ]
    return {
        "relations": [
            {
                "value": kind,
                "label": face.t(f"net.relation.{kind}"),
                "count": seen.offered.get(kind, 0),
                "chosen": kind in query.relation,
            }
            for kind in RELATIONS
            if seen.offered.get(kind) or kind in query.relation
        ],
        "statuses": [
            {"value": code, "count": statuses.get(code, 0), "chosen": code in query.status}
            for code in facts.RUNGS
            if code in statuses or code in query.status
        ],
        "who": {
            "seen": [each for place, each in enumerate(listed) if place < SEEN or each["chosen"]],
            "folded": [each for place, each in enumerate(listed) if place >= SEEN and not each["chosen"]],
        },
    }


def years(face: Face, seen: Seen) -> Model | None:
    """What the slider over time spans: from the first year that somebody gives, and how much begins in each."""
    if len(seen.years) < 2:
        return None
    return {"first": min(seen.years), "counts": dict(seen.years)}


def _without(values: Iterable[str], one: str) -> list[str]:
    return [each for each in values if each != one]
