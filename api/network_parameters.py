"""The parameters of `/v1/network`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pydantic import Field

from api.errors import suggestion
from api.negotiation import JSON, Format
from api.parameters import Common, Day, Text, Texts
from graph.errors import InputError, Issue
from graph.model.statuses import RANK
from graph.network import RELATIONS, Limits
from graph.network.view import View
from graph.settings import Settings

FORMS: tuple[Format, ...] = (
    JSON,
    Format("cyjs", "application/vnd.cytoscape+json", other_names=("cytoscape",)),
    Format("graphml", "application/graphml+xml"),
    Format("gexf", "application/gexf+xml", other_names=("gexf13",)),
    Format("gexf12", "application/gexf+xml"),
    Format("csv", "text/csv", charset=True),
    Format("svg", "image/svg+xml"),
)
"""What a network comes as; `Accept` gets the newer GEXF."""

_OF = "Where it begins: an organization in any spelling, a market by code or name, the IRI of a person or mission."


class Formed(Common):
    """What comes in the forms of a network."""

    format: Text | None = Field(
        None,
        description="json (node-link), cyjs (Cytoscape), graphml, gexf, gexf12, csv (edges) or svg; before `Accept`.",
        examples=["json"],
    )


class NetworkCommon(Formed):
    """What every network takes."""

    relation: Texts = Field(
        [], description=f"Only these relations: {', '.join(RELATIONS)}.", examples=[["partnership"]]
    )
    include_ended: bool = Field(
        False, description="Follow relations that are over too, marked.", examples=[False]
    )
    as_of: Day | None = Field(
        None, description="Relations that held on this day; undated ones are marked.", examples=["2018-02-19"]
    )


class Bounded(NetworkCommon):
    """What bounds a walk."""

    depth: int | None = Field(
        None, ge=0, description="Steps from the start; VERRE_NETWORK_DEPTH at most.", examples=[1]
    )
    per_relation: int | None = Field(
        None,
        ge=1,
        description="Relations of one kind that one node gives; VERRE_NETWORK_RELATIONS at most.",
        examples=[40],
    )
    nodes: int | None = Field(None, ge=1, description="Most nodes in all.", examples=[40])
    through: Texts = Field(
        [],
        description="Kinds of node that the walk goes on through: organization, person, market, mission, award.",
        examples=[["organization"]],
    )


class NeighbourhoodQuery(Bounded):
    """What is around some things."""

    of: Texts = Field(description=_OF, min_length=1, examples=[["luminex"]])


class RelationsQuery(Common):
    """How many relations of which kind."""

    of: Texts = Field(description=_OF, min_length=1, examples=[["luminex"]])
    include_ended: bool = Field(False, description="Count relations that are over too.", examples=[False])
    as_of: Day | None = Field(None, description="Count what held on this day.", examples=["2018-02-19"])


class PathQuery(NetworkCommon):
    """How two things are linked."""

    from_: Text = Field(alias="from", description=f"One end. {_OF}", examples=["luminex"])
    to: Text = Field(description=f"The other end. {_OF}", examples=["JP"])
    paths: int = Field(3, ge=1, description="Most paths; VERRE_NETWORK_PATHS at most.", examples=[3])
    length: int | None = Field(
        None, ge=1, description="Most steps of a path; VERRE_NETWORK_PATH_LENGTH at most.", examples=[4]
    )
    through: Texts = Field(
        [],
        description="Kinds of node that a path may lead through: organization, person, mission (these unless given), market, award.",
        examples=[["organization", "person"]],
    )


class ViewQuery(NeighbourhoodQuery):
    """A network as someone has put it together."""

    expand: Texts = Field(
        [],
        description="Things whose relations are added: as in `of`, or of one kind only, `partnership~luminex-japan`.",
        examples=[["luminex-japan"]],
    )
    from_: Text | None = Field(
        None, alias="from", description="Where the path begins; the first of `of` unless given.", examples=[]
    )
    to: Text | None = Field(
        None, description="Adds the shortest paths to this thing.", examples=["market:CN"]
    )
    hide: Texts = Field(
        [],
        description="Things left out: an organization's `ref`, `market:JP`, or an IRI; what is not there does no harm.",
        examples=[["market:KR"]],
    )
    status: Texts = Field(
        [],
        description=f"Only engagements of these statuses: {', '.join(RANK)}. Other relations stay.",
        examples=[["targets"]],
    )
    source: Texts = Field([], description="Only what one of these sources says.", examples=[["s001"]])


class AnalysisQuery(Bounded):
    """A bounded part of the graph: around some things, or of a market."""

    of: Texts = Field([], description=f"{_OF} Or give `market`.", examples=[["luminex"]])
    market: Text | None = Field(
        None,
        description="Everybody in or for a market (code, name or IRI; a region with its parts). Or give `of`.",
        examples=["JP"],
    )


class CentralityQuery(AnalysisQuery):
    """Who stands in the middle."""

    measure: Literal["degree", "betweenness", "pagerank"] = Field(
        "pagerank", description="What the ranking goes by; all three are told.", examples=["pagerank"]
    )
    top: int = Field(20, ge=1, le=200, description="How many the ranking names.", examples=[20])


class CommunityQuery(AnalysisQuery):
    """Who belongs together."""


class BrokerQuery(Formed):
    """Who connects an area with a market."""

    market: Text = Field(description="Market: code, name or IRI; a region with its parts.", examples=["JP"])
    top: int = Field(20, ge=1, le=200, description="Most brokers.", examples=[20])
    as_of: Day | None = Field(None, description="What held on this day.", examples=["2018-02-19"])
    include_ended: bool = Field(False, description="Count relations that are over too.", examples=[False])


_THROUGH = frozenset({"organization", "person", "market", "mission", "award"})


def too_much(name: str, given: int, most: int, setting: str) -> None:
    """Refuses more than a setting allows.

    Raises:
        InputError: naming the parameter and the setting.
    """
    if given > most:
        issue = Issue(name, f"at most {most}", str(given))
        raise InputError("A network cannot be that large.", issues=(issue,), setting=setting)


def starts(query_of: Sequence[str], settings: Settings) -> list[str]:
    """Where a network begins.

    Raises:
        InputError: at more things than `VERRE_NETWORK_STARTS`.
    """
    too_much("of", len(query_of), settings.network_starts, "network_starts")
    return list(query_of)


def through(given: Sequence[str], default: frozenset[str]) -> frozenset[str]:
    """The kinds of node that are gone through.

    Raises:
        InputError: one that there is not.
    """
    for word in given:
        if word not in _THROUGH:
            near = suggestion(word, sorted(_THROUGH))
            hint = f"did you mean {near}?" if near else f"write {', '.join(sorted(_THROUGH))}"
            raise InputError("There is no such kind of node.", issues=(Issue("through", hint, word),))
    return frozenset(given) or default


def limits(query: Bounded, settings: Settings, default: Limits, most: tuple[int, str]) -> Limits:
    """What bounds a walk, where nothing was asked as `default` has it.

    Args:
        most: nodes that may be asked for, and the setting that says so.

    Raises:
        InputError: more than a setting allows, named; an unknown relation or kind.
    """
    depth = default.depth if query.depth is None else query.depth
    nodes = query.nodes or min(default.nodes, most[0])
    too_much("depth", depth, settings.network_depth, "network_depth")
    too_much("nodes", nodes, *most)
    too_much("perRelation", query.per_relation or 1, settings.network_relations, "network_relations")
    return Limits(
        relations=tuple(query.relation) or default.relations,
        per_relation=query.per_relation or default.per_relation,
        depth=depth,
        nodes=nodes,
        through=through(query.through, default.through),
        ended=query.include_ended,
    )


def view(query: ViewQuery, settings: Settings) -> View:
    """What a network is put together from.

    Raises:
        InputError: a status that there is not; more things than a setting allows, named.
    """
    too_much("expand", len(query.expand), settings.network_nodes, "network_nodes")
    for word in query.status:
        if word not in RANK:
            near = suggestion(word, sorted(RANK))
            hint = f"did you mean {near}?" if near else f"write one of {', '.join(RANK)}"
            raise InputError("There is no such status.", issues=(Issue("status", hint, word),))
    of = tuple(starts(query.of, settings))
    return View(
        of=of,
        expand=tuple(query.expand),
        ends=(query.from_ or of[0], query.to) if query.to else None,
        hide=frozenset(query.hide),
        status=frozenset(query.status),
        source=frozenset(query.source),
    )
