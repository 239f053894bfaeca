"""Edits of 1,000 quads by SPARQL Update, each timed until it is written, until SPARQL and until the lists show it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from graph.keys import Keys, Role
from graph.model.iris import Minter
from graph.model.namespaces import ORG, RDF, RDFS, VERRE
from graph.model.terms import Literal, NamedNode
from tests.bench.clients import Ask, Client, Reply
from tests.bench.engines import Engine
from tests.bench.questions import company_path

EDITS = 7
"""Edits one after the other; the first wakes the writer and is told apart."""
COMPANIES = 200
"""Companies of an edit, five quads each."""


@dataclass(frozen=True)
class Edited:
    """Seconds since an edit was sent: until its answer, until SPARQL shows it, until the lists do."""

    written: float
    sparql: float
    lists: float


def edits(engine: Engine, home: Path, patience: float = 600.0) -> list[Edited]:
    """Sends them; each is looked for until it is seen.

    Raises:
        RuntimeError: one was refused, or is not seen after `patience` seconds.
    """
    _, secret = Keys(home).create(Role.STEWARD, f"benchmark of {engine.name}")
    client = Client(engine.url, patience)
    try:
        return [_edit(client, engine, secret, number, patience) for number in range(EDITS)]
    finally:
        client.close()


def text(minter: Minter, orgs: list[NamedNode], label: str) -> str:
    """The update: companies with name, key and note in a graph of their own."""
    lines = []
    for number, org in enumerate(orgs):
        for predicate, value in (
            (RDF.type, VERRE.Company),
            (RDF.type, ORG.Organization),
            (RDFS.label, Literal(f"Synthetic {label} {number:04d}")),
            (VERRE.key, Literal(f"synthetic-{label}-{number}")),
            (VERRE.note, Literal("Synthetic note.", language="en")),
        ):
            lines.append(f"{org} {predicate} {value} .")
    return f"INSERT DATA {{ GRAPH {minter.graph('edit/synthetic')} {{\n" + "\n".join(lines) + "\n} }"


def _edit(client: Client, engine: Engine, secret: str, number: int, patience: float) -> Edited:
    minter, label = Minter(), f"edit-{engine.name}-{number}"
    orgs = [minter.organization(f"synthetic-{label}-{n}") for n in range(COMPANIES)]
    update = Ask(
        "/update", text(minter, orgs, label).encode(), "application/sparql-update", headers=_key(secret)
    )
    began = time.monotonic()
    reply = client.ask(update)
    written = time.monotonic() - began
    if reply.status not in {200, 201, 204}:
        raise RuntimeError(f"{engine.name} refused an edit: {reply.status} {reply.body[:400]!r}")
    seen = engine.ask(f"ASK {{ {orgs[-1]} {RDFS.label} ?label }}")
    sparql = _until(client, seen, began, patience, _true)
    lists = _until(client, Ask(company_path(orgs[-1])), began, patience, _good)
    return Edited(written, sparql, lists)


def _key(secret: str) -> tuple[tuple[str, str], ...]:
    return (("Authorization", f"Bearer {secret}"),)


def _true(reply: Reply) -> bool:
    return reply.good and b"true" in reply.body


def _good(reply: Reply) -> bool:
    return reply.good


def _until(client: Client, ask: Ask, began: float, patience: float, shown: Callable[[Reply], bool]) -> float:
    while not shown(client.ask(ask)):
        if time.monotonic() > began + patience:
            raise RuntimeError(f"an edit is not seen after {patience:g} s")
        time.sleep(0.002)
    return time.monotonic() - began
