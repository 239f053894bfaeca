"""Writes one generation of facts after the other until it is killed: `python -m tests.store.endless_writer HOME`."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from graph.model.namespaces import XSD
from graph.model.terms import Literal, NamedNode, Triple
from graph.store.releases import Release, Releases
from graph.store.view import GraphView
from graph.store.writer import Derive
from tests.store.small import EX, ONE, TWO, thing

GENERATION = NamedNode(EX + "generation")
THINGS = 150


def facts(generation: int) -> set[Triple]:
    mark = Literal(str(generation), datatype=XSD.integer)
    return {Triple(thing(f"t{number}"), GENERATION, mark) for number in range(THINGS)}


def index(view: GraphView, path: Path, name: str) -> None:
    path.write_text(f"{name} {sum(1 for _ in view.triples())}")


def write(releases: Releases, generation: int) -> Release:
    with releases.write(wait=20) as writer:
        writer.replace({ONE: facts(generation), TWO: facts(generation)}, built=True)
        return writer.commit("build", Derive(index=index))


if __name__ == "__main__":
    store = Releases(Path(sys.argv[1]), keep=3)
    print("begins", flush=True)  # noqa: T201
    while True:
        write(store, time.time_ns())
        print("wrote", flush=True)  # noqa: T201
