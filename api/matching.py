"""Matches over HTTP: the parameters, the batch, and the share of each step in `Server-Timing`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

from api import answers, bodies, parameters, single
from api.bodies import Most
from api.caching import VARY, Made, control
from api.deps import Context
from api.match_parameters import Asked, Batch, MatchQuery, check_results, check_words, read
from api.match_parameters import weights as weights_of
from graph.errors import InputError, NotFound, UnknownValue, VerreError
from graph.index import Index
from graph.matching import FEATURES, KINDS, Answer, Bounds, Matcher, Question, check, check_weights
from graph.matching.documents import algorithms
from graph.settings import Settings

Steps = dict[str, float]


def bounds(settings: Settings) -> Bounds:
    """How far a match of this installation looks."""
    return Bounds(settings.match_candidates, settings.match_relations, settings.match_nodes)


def timing(steps: Mapping[str, float]) -> str:
    """`Server-Timing` (W3C Server Timing): each step in milliseconds."""
    return ", ".join(f"{name};dur={seconds * 1000:.2f}" for name, seconds in steps.items())


# One company ------------------------------------------------------------------------------------


async def of_company(ctx: Context, ref: str, query: MatchQuery) -> Response:
    """The matches of an organization, kind after kind."""
    parameters.check_once(type(query), ctx.request.query_params)
    single.check_ref(ref)
    found = await single.resolve(ctx, ref)
    asked = [_question(query, kind, found.iri, ctx.settings) for kind in _kinds(query)]
    for each in asked:
        check(each)
    steps: Steps = {}

    def made(index: Index) -> bytes:
        results = {each.kind: _one(ctx, index, each, steps) for each in asked}
        first = next(iter(results.values()))
        return orjson.dumps(
            {
                "company": first.company,
                "market": first.market,
                "items": [item for answer in results.values() for item in answer.items],
                "total": {kind: answer.total for kind, answer in results.items()},
                "limit": query.limit,
            }
        )

    async def make() -> Made:
        return Made(await ctx.ask(made))

    response = await answers.conditional(ctx, make)
    if steps:
        response.headers["Server-Timing"] = timing(steps)
    return response


def _one(ctx: Context, index: Index, question: Question, steps: Steps) -> Answer:
    matcher = Matcher(index, question, ctx.lang, ctx.today, bounds(ctx.settings))
    answer = matcher.answer()
    for name, seconds in matcher.timing.steps.items():
        steps[name] = steps.get(name, 0.0) + seconds
    return answer


def _kinds(query: MatchQuery) -> tuple[str, ...]:
    if query.kind:
        return tuple(dict.fromkeys(query.kind))
    return ("partners", "peers", "markets" if query.market is None else "gateways")


def _question(query: MatchQuery, kind: str, company: str, settings: Settings) -> Question:
    check_results(query.limit, settings)
    weights = weights_of(query.weight)
    check_weights(weights, tuple(each for each in _kinds(query) if each in KINDS) or KINDS)
    words = {"product": query.product, "keyword": query.keyword, "sector": query.sector}
    check_words(words, settings)
    own = _features(kind)
    return Question(
        kind,
        company,
        query.market,
        sectors=tuple(query.sector),
        products=tuple(query.product),
        keywords=tuple(query.keyword),
        weights={name: weight for name, weight in weights.items() if name in own},
        limit=query.limit,
        as_of=query.as_of,
    )


def _features(kind: str) -> frozenset[str]:
    """The features of a kind; none of what is no kind, which `check` refuses."""
    return frozenset(each.name for each in FEATURES.get(kind, ()))


# A batch ----------------------------------------------------------------------------------------


async def batch(ctx: Context, request: Request) -> Response:
    """A batch of named queries, each answered for itself.

    Raises:
        InputError: the body is no batch, or larger than a setting allows.
    """
    most = Most(ctx.settings.body_bytes, "body_bytes")
    raw = await bodies.whole(request, most, ctx.in_thread)
    asked = await ctx.in_thread(lambda: read(raw, ctx.settings))
    steps: Steps = {}

    def made(index: Index) -> bytes:
        known = _known(index, asked)
        told = {
            name: _answered(ctx, index, (each, asked, known), steps) for name, each in asked.queries.items()
        }
        return orjson.dumps({"responses": told, "limit": asked.limit})

    body = await ctx.ask(made)
    headers = {
        "Release": ctx.release,
        "Vary": VARY,
        "Content-Language": ctx.lang,
        "Cache-Control": "no-store" if ctx.part == "public" else control(ctx.part),
        "Server-Timing": timing(steps),
    }
    return Response(body, 200, headers, ctx.format.content_type)


Query = tuple[Asked, Batch, Mapping[str, str]]
"""One query, the batch that it is of, and the companies that the batch names."""


def _answered(ctx: Context, index: Index, query: Query, steps: Steps) -> dict[str, Any]:
    asked, whole, known = query
    shown = asked.model_dump(exclude_defaults=True, by_alias=True)
    try:
        answer = _one(ctx, index, _of(asked, whole, known), steps)
    except NotFound as error:
        return _refused(404, error, shown)
    except InputError as error:
        return _refused(400, error, shown)
    total = {"value": answer.total, "relation": "eq"}
    return {"status": 200, "results": answer.items, "total": total, "query": shown, "detail": None}


def _refused(status: int, error: VerreError, shown: dict[str, Any]) -> dict[str, Any]:
    none = {"value": 0, "relation": "eq"}
    told = "; ".join(dict.fromkeys(f"{issue.name}: {issue.detail}" for issue in error.issues))
    detail = error.detail if isinstance(error, UnknownValue) or not told else told
    return {"status": status, "results": [], "total": none, "query": shown, "detail": detail}


def _of(asked: Asked, whole: Batch, known: Mapping[str, str]) -> Question:
    own = _features(asked.kind)
    weights = {name: weight for name, weight in whole.weights.items() if name in own} | asked.weights
    return Question(
        asked.kind,
        known.get(asked.company, asked.company) if asked.company is not None else None,
        asked.market,
        countries=tuple(asked.country),
        sectors=tuple(asked.sector),
        products=tuple(asked.product),
        keywords=tuple(asked.keyword),
        weights=weights,
        limit=asked.limit or whole.limit,
        as_of=whole.as_of,
    )


def _known(index: Index, asked: Batch) -> dict[str, str]:
    """The companies of a batch by what they were called: a reference, else a name that is like theirs."""
    found: dict[str, str] = {}
    names: list[str] = []
    for text in dict.fromkeys(each.company for each in asked.queries.values() if each.company is not None):
        try:
            found[text] = index.resolve(text).iri
        except NotFound:
            names.append(text)
    for text, hits in zip(names, index.find_many(names, kinds=ORGANIZATIONS, limit=1), strict=True):
        if hits and hits[0].score >= LIKE:
            found[text] = hits[0].iri
    return found


ORGANIZATIONS = frozenset({"company"})
LIKE = 0.9
"""How like a name has to be to be taken for it; below it nobody is guessed."""


def told_algorithms(ctx: Context) -> bytes:
    """`/v1/match/algorithms`."""
    return orjson.dumps({"algorithms": algorithms(ctx.lang)})
