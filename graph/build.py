"""From sheets, or from RDF, to a ready release: import, merge, derive, index, switch."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache, partial
from itertools import chain
from pathlib import Path

import graph.index
import graph.inference
from graph import resources, stores
from graph.errors import InputError, NotFound
from graph.index.build import build as build_index
from graph.index.change import build_change
from graph.inference import infer, infer_change
from graph.model.iris import Minter
from graph.model.terms import NamedNode, Quad
from graph.settings import Settings
from graph.sources.importer import ImportOptions, ImportResult, import_sheets, write_rejects
from graph.sources.reference import Reference
from graph.sources.vocabulary import vocabulary_graphs
from graph.store.bulk import told
from graph.store.releases import Release, Releases
from graph.store.view import Graphs
from graph.store.writer import Derive, Writer
from graph.void import refresh

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done and how much there is (0: not known)."""


@dataclass(frozen=True)
class Built:
    """What a build made.

    Attributes:
        release: the release that is now current.
        changed: False where the same input gave the same graph, and no release was made.
        result: what the import read, took in and set aside.
        rejects: files of the rows set aside, to be mended and imported again.
    """

    release: Release
    changed: bool
    result: ImportResult
    rejects: list[Path]


def open_releases(settings: Settings) -> Releases:
    """The releases in the home folder of `settings`, or the states of the endpoint that they name."""
    return stores.open_releases(settings)


def current_release(settings: Settings) -> Release:
    """The release that answers now.

    Raises:
        NotFound: nothing has been built yet.
    """
    release = open_releases(settings).current()
    if release is None:
        raise NotFound(f"there is no release in {settings.home}: run `verre build` first")
    return release


def ensure_release(settings: Settings) -> Release:
    """The current release; in the bare profile an empty first one is made where there is none.

    Raises:
        NotFound: nothing has been built yet, in the full profile.
        Locked: another process is writing.
    """
    releases = open_releases(settings)
    if settings.profile == "bare" and releases.current() is None:
        with releases.write(wait=settings.write_lock_wait) as writer:
            if writer.base is None:
                writer.commit("empty", Derive())
    return current_release(settings)


def today() -> date:
    """The day on which this runs, in universal time."""
    return datetime.now(UTC).date()


def derive(settings: Settings, day: date | None = None) -> Derive:
    """What every release has beside its sources: the inferred graph and the list index; a bare one nothing."""
    minter, chosen = Minter(settings.base_iri), day or today()
    if settings.profile == "bare":
        return Derive(today=chosen)
    return Derive(
        infer=lambda view: infer(view, minter, chosen),
        index=build_index,
        today=chosen,
        version=_rules(),
        describe=lambda view, change, release: refresh(view, minter, change, release),
        infer_change=lambda view, change: infer_change(view, minter, chosen, change),
        index_change=partial(build_change, largest_log=settings.index_log),
        change_quads=settings.change_quads,
    )


@cache
def _rules() -> str:
    """The code that derives, as a hash: another version of it makes another release of the same facts."""
    state = hashlib.sha256()
    for package in (graph.index, graph.inference):
        for path in sorted(Path(package.__path__[0]).glob("*.py")):
            state.update(path.name.encode() + b"\0" + path.read_bytes())
    return state.hexdigest()[:16]


def _reference() -> Reference:
    return Reference.load(resources.data() / "reference")


def base_graphs(settings: Settings, reference: Reference) -> Graphs:
    """The graphs that every store has: the vocabulary and the reference tables."""
    minter = Minter(settings.base_iri)
    return vocabulary_graphs(resources.ontologies(), minter) | reference.graphs(minter)


def build_release(
    settings: Settings,
    paths: Sequence[Path] = (),
    *,
    strict: bool = False,
    progress: Progress | None = None,
) -> Built:
    """Builds a release from sheets and switches to it.

    Args:
        settings: where the releases are, and every limit.
        paths: folders of CSV, CSV files and workbooks; none: the data that comes with Verre.
        strict: refuse the whole import where a row has a fault.
        progress: told how far the work has come.

    Returns:
        What was built. Graphs of an earlier build that these sheets no longer give are gone; edits stay.

    Raises:
        InputError: a file that cannot be read, or faults under `strict`; the graph is as it was.
        Locked: another process is writing.
    """
    reference = _reference()
    options = ImportOptions(
        minter=Minter(settings.base_iri),
        reference=reference,
        settings=settings,
        strict=strict,
        progress=progress,
    )
    result = import_sheets(list(paths) or [settings.data or resources.data()], options)
    rejects = write_rejects(result, settings.home / "rejects")
    releases = open_releases(settings)
    before = releases.current()
    with releases.write() as writer:
        if progress:
            progress("writing the release", 0, 0)
        writer.replace(base_graphs(settings, reference) | result.graphs, built=True)
        release = writer.commit("build", derive(settings), inputs=result.inputs)
    return Built(release, before is None or before.name != release.name, result, rejects)


def load_graphs(settings: Settings, loaded: Iterable[Graphs]) -> Release:
    """`load_quads` for triples by graph."""
    return load_quads(settings, (quad for graphs in loaded for quad in _quads(graphs)))


def _quads(graphs: Graphs) -> Iterator[Quad]:
    for name, triples in graphs.items():
        for t in triples:
            yield Quad(t.subject, t.predicate, t.object, name)


def load_quads(settings: Settings, quads: Iterable[Quad], progress: Progress | None = None) -> Release:
    """Adds statements to their graphs, as one new release; what is there stays.

    Where there is no release yet they go through to the engine one by one, so that a file may be larger
    than the memory.

    Args:
        settings: where the releases are.
        quads: statements of named graphs.
        progress: told how many have been read.

    Raises:
        InputError: a graph that is derived: it would be overwritten by what is derived again.
        Locked: another process is writing.
    """
    taken = _loadable(quads, Minter(settings.base_iri))
    if progress is not None:
        taken = told(taken, progress)
    with open_releases(settings).write() as writer:
        base = base_graphs(settings, _reference()) if writer.base is None else {}
        if base and isinstance(writer, Writer):
            writer.pour(chain(_quads(base), taken), base.keys())
        else:
            if base:
                writer.replace(base, built=True)
            writer.add(taken)
        if progress is not None:
            progress("writing the release", 0, 0)
        return writer.commit("load", derive(settings))


def _loadable(quads: Iterable[Quad], minter: Minter) -> Iterator[Quad]:
    derived = {minter.inferred, minter.void}
    for quad in quads:
        name = quad.graph_name
        if name in derived and isinstance(name, NamedNode):
            raise InputError(f"{name.value} is derived and cannot be loaded; load what it follows from")
        yield quad
