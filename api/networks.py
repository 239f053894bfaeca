"""`/v1/network`: from parameters to a network, in whatever form was asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson
from starlette.responses import Response

from api import answers, gone, parameters
from api import network_parameters as p
from api.caching import Made
from api.deps import Context
from api.matching import timing
from api.parameters import Common
from graph.errors import NotFound
from graph.index import Index
from graph.model.iris import Minter
from graph.network import Limits, Network, fetch
from graph.network.brokers import BrokerLimits, brokers
from graph.network.counting import count, remaining
from graph.network.formats import WRITERS
from graph.network.measures import centrality, communities
from graph.network.paths import THROUGH, PathLimits, paths
from graph.network.projection import DEFAULT, Scope, project
from graph.network.timing import Steps, step, timed
from graph.network.view import View, gather, narrow

Question = Callable[[Index], Network]

DRAWN = 40
"""Nodes of a drawing unless more are asked: what can be read on a page."""
SHOWN = frozenset({"json", "svg"})
"""Forms that a browser shows; it saves the others."""


async def _answer(ctx: Context, query: Common, question: Question, refs: list[str]) -> Response:
    """The network in the form that was negotiated; the share of each step stands in `Server-Timing`."""
    parameters.check_once(type(query), ctx.request.query_params)
    name = ctx.request.url.path.rpartition("/")[2]

    taken: Steps = {}

    def made(index: Index) -> Made:
        with timed() as steps:
            with step("network"):
                network = question(index)
            _drawable(ctx, network)
            network.graph["release"] = ctx.release
            with step("write"):
                body = WRITERS[ctx.format.name](network)
        taken.update(steps)
        return Made(body, {} if ctx.format.name in SHOWN else _saved(ctx, name))

    try:
        response = await answers.conditional(ctx, lambda: ctx.ask(made))
        if taken:
            response.headers["Server-Timing"] = timing(taken)
        return response
    except NotFound:
        for ref in refs:
            await gone.check(ctx, gone.organizations(Minter(ctx.base), ref))
        raise


def _saved(ctx: Context, name: str) -> dict[str, str]:
    """A browser saves what it cannot show."""
    ending = "gexf" if ctx.format.name == "gexf12" else ctx.format.name
    return {"Content-Disposition": f'attachment; filename="verre-{name}.{ending}"'}


def _drawable(ctx: Context, network: Network) -> None:
    """Refuses a drawing that nobody could read."""
    if ctx.format.name == "svg":
        p.too_much("nodes", len(network), ctx.settings.network_drawn, "network_drawn")


def _nodes(ctx: Context, most: int) -> int:
    return min(DRAWN, most) if ctx.format.name == "svg" else most


async def neighbourhood(ctx: Context, query: p.NeighbourhoodQuery) -> Response:
    """What is around some things, and what more there is around each of them."""
    settings = ctx.settings
    refs = p.starts(query.of, settings)
    default = Limits(nodes=_nodes(ctx, settings.network_nodes))
    limits = p.limits(query, settings, default, (settings.network_nodes, "network_nodes"))

    def question(index: Index) -> Network:
        found = fetch(index, refs, limits, query.as_of, ctx.lang, ctx.today)
        remaining(index, found, (limits, settings.network_more), query.as_of, ctx.today)
        return found

    return await _answer(ctx, query, question, refs)


def gathering(ctx: Context, query: p.ViewQuery) -> tuple[View, tuple[Limits, PathLimits]]:
    """What a view is put together from, and what bounds it.

    Raises:
        InputError: more than a setting allows, named.
    """
    settings = ctx.settings
    default = Limits(nodes=_nodes(ctx, settings.network_nodes))
    limits = p.limits(query, settings, default, (settings.network_nodes, "network_nodes"))
    along = PathLimits(
        paths=1,
        length=settings.network_path_length,
        nodes=settings.network_analysed,
        relations=limits.relations,
        ended=limits.ended,
    )
    return p.view(query, settings), (limits, along)


async def viewed(ctx: Context, query: p.ViewQuery) -> Response:
    """A network as someone has put it together: expanded, narrowed down, with a path."""
    view, limits = gathering(ctx, query)

    def question(index: Index) -> Network:
        found = narrow(gather(index, view, limits, query.as_of, ctx.lang, ctx.today), view)
        remaining(index, found, (limits[0], ctx.settings.network_more), query.as_of, ctx.today)
        return found

    return await _answer(ctx, query, question, [*query.of, *filter(None, (query.from_, query.to))])


async def relations(ctx: Context, query: p.RelationsQuery) -> Response:
    """How many relations of which kind some things have, before anybody asks for them."""
    parameters.check_once(type(query), ctx.request.query_params)
    refs = p.starts(query.of, ctx.settings)
    limits, most = Limits(ended=query.include_ended), ctx.settings.network_counted

    def made(index: Index) -> Made:
        items = count(index, refs, (limits, most), query.as_of, ctx.lang, ctx.today)
        told: dict[str, Any] = {"items": items, "total": len(items), "page": 1}
        return Made(orjson.dumps(told | {"pageSize": max(len(items), 1), "next": None}))

    return await answers.conditional(ctx, lambda: ctx.ask(made))


async def chains(ctx: Context, query: p.PathQuery) -> Response:
    """The shortest paths between two things."""
    settings = ctx.settings
    length = query.length or settings.network_path_length
    p.too_much("paths", query.paths, settings.network_paths, "network_paths")
    p.too_much("length", length, settings.network_path_length, "network_path_length")
    limits = PathLimits(
        paths=query.paths,
        length=length,
        nodes=settings.network_analysed,
        relations=tuple(query.relation) or PathLimits.relations,
        through=p.through(query.through, THROUGH),
        ended=query.include_ended,
    )

    def question(index: Index) -> Network:
        return paths(index, (query.from_, query.to), limits, query.as_of, ctx.lang, ctx.today)

    return await _answer(ctx, query, question, [query.from_, query.to])


def _projected(ctx: Context, query: p.AnalysisQuery) -> Question:
    settings = ctx.settings
    refs = p.starts(query.of, settings)
    most = settings.network_analysed
    limits = p.limits(
        query, settings, DEFAULT, (_nodes(ctx, most) if query.nodes is None else most, "network_analysed")
    )
    scope = Scope(tuple(refs), query.market)
    return lambda index: project(index, scope, limits, query.as_of, ctx.lang, ctx.today)


async def central(ctx: Context, query: p.CentralityQuery) -> Response:
    """Who stands in the middle."""
    projected = _projected(ctx, query)

    def question(index: Index) -> Network:
        found = projected(index)
        centrality(found, query.measure, query.top)
        return found

    return await _answer(ctx, query, question, query.of)


async def grouped(ctx: Context, query: p.CommunityQuery) -> Response:
    """Who belongs together."""
    projected = _projected(ctx, query)

    def question(index: Index) -> Network:
        found = projected(index)
        communities(found)
        return found

    return await _answer(ctx, query, question, query.of)


async def between(ctx: Context, query: p.BrokerQuery) -> Response:
    """Who connects Limburg with a market."""
    limits = BrokerLimits(query.top, _nodes(ctx, ctx.settings.network_analysed), query.include_ended)

    def question(index: Index) -> Network:
        return brokers(index, query.market, limits, query.as_of, ctx.lang, ctx.today)

    return await _answer(ctx, query, question, [])
