"""What someone has put together while walking the graph: some things, what was expanded, a path, without what was hidden."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from graph.network.fetch import Network, fetch
from graph.network.limits import RELATIONS, Limits
from graph.network.paths import PathLimits, paths
from graph.network.starts import find_all

if TYPE_CHECKING:
    from graph.index import Index


@dataclass(frozen=True)
class View:
    """What a network is put together from.

    Attributes:
        of: things that it begins at.
        expand: things whose relations were asked for: `luminex-japan`, or of one kind `partnership~luminex-japan`.
        ends: both ends of a path, where one was asked for.
        hide: words of things that are left out, as `word` writes them; what is not there does no harm.
        status: only engagements of these statuses; other relations stay.
        source: only what one of these sources says.
    """

    of: tuple[str, ...]
    expand: tuple[str, ...] = ()
    ends: tuple[str, str] | None = None
    hide: frozenset[str] = frozenset()
    status: frozenset[str] = frozenset()
    source: frozenset[str] = frozenset()


def word(facts: Mapping[str, Any]) -> str:
    """What an address calls a node, so that nothing else is meant by it."""
    kind = facts["kind"]
    if kind == "market":
        return f"market:{facts['ref']}"
    return str(facts["iri"] if kind in {"person", "mission", "award"} else facts["ref"])


def gather(
    index: Index,
    view: View,
    limits: tuple[Limits, PathLimits],
    as_of: date | None = None,
    lang: str = "nl",
    today: date | None = None,
) -> Network:
    """Everything that a view asks for, before anything of it is left out; at most `limits.nodes` nodes.

    The graph has `paths` where ends were given (see `paths`); `truncated` says that there is more.

    Raises:
        NotFound: a thing is not known here; the issue names `of`, `expand`, `from` or `to`.
        InputError: both ends of the path are the same.
    """
    most, along = limits
    day = today or date.today()  # noqa: DTZ011
    made = fetch(index, view.of, most, as_of, lang, today)
    shaper = index.shaper(lang, as_of or day)
    for relation, refs in _expansions(view.expand).items():
        find_all(shaper, refs, "expand")
        if relation and relation not in most.relations:
            continue
        relations = (relation,) if relation else most.relations
        near = fetch(index, refs, replace(most, depth=1, relations=relations), as_of, lang, today)
        _add(made, near, most.nodes)
        made.graph["truncated"] |= near.graph["truncated"]
    if view.ends is not None:
        way = paths(index, view.ends, along, as_of, lang, today)
        _add(made, way, most.nodes + along.length * along.paths)
        made.graph |= {"paths": way.graph["paths"], "ends": way.graph["starts"]}
    return made


def _expansions(expand: Iterable[str]) -> dict[str, list[str]]:
    """The things to expand by the relation that is asked for; an empty text stands for all."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for each in expand:
        relation, _, thing = each.partition("~")
        known = relation in RELATIONS and thing
        found[relation if known else ""].append(thing if known else each)
    return dict(found)


def _add(made: Network, more: Network, most: int) -> None:
    """Takes in another network as far as there is room."""
    for iri, facts in more.nodes(data=True):
        if iri not in made:
            if len(made) >= most:
                made.graph["truncated"] = True
                continue
            made.add_node(iri, **facts)
    for a, b, key, facts in more.edges(keys=True, data=True):
        if a in made and b in made:
            made.add_edge(a, b, key, **facts)


def narrow(network: Network, view: View) -> Network:
    """The network without what a view leaves out; what then has no relation left goes too, but for where it begins."""
    made: Network = network.copy()
    made.remove_nodes_from([iri for iri, facts in network.nodes(data=True) if _hidden(facts, view.hide)])
    made.remove_edges_from(
        [(a, b, key) for a, b, key, facts in made.edges(keys=True, data=True) if not _says(facts, view)]
    )
    stay = {*made.graph["starts"], *made.graph.get("ends", ())}
    made.remove_nodes_from([iri for iri in list(made) if iri not in stay and not made.degree(iri)])
    return made


def _hidden(facts: Mapping[str, Any], hide: frozenset[str]) -> bool:
    return word(facts) in hide or str(facts["iri"]) in hide


def _says(facts: Mapping[str, Any], view: View) -> bool:
    status = str(facts.get("status") or "")
    if view.status and status and status not in view.status:
        return False
    return not view.source or any(str(source["id"]) in view.source for source in facts.get("sources", ()))


def sources(network: Network) -> list[tuple[dict[str, Any], int]]:
    """Who says what is in a network: each source and how many relations it states, most first."""
    found: dict[str, dict[str, Any]] = {}
    count: Counter[str] = Counter()
    for *_, facts in network.edges(data=True):
        for source in facts.get("sources", ()):
            found.setdefault(str(source["id"]), source)
            count[str(source["id"])] += 1
    return [(found[key], n) for key, n in sorted(count.items(), key=lambda each: (-each[1], each[0]))]


def counts(network: Network, name: str) -> dict[str, int]:
    """How many relations have each value of an attribute, as `kind` or `status`."""
    found = Counter(str(facts[name]) for *_, facts in network.edges(data=True) if facts.get(name))
    return dict(found)


def years(network: Network) -> dict[int, int]:
    """How many relations begin in each year that somebody gives."""
    since = (str(facts.get("since", ""))[:4] for *_, facts in network.edges(data=True))
    return dict(sorted(Counter(int(year) for year in since if year.isdecimal()).items()))
