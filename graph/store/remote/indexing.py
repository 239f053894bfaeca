"""Making what is ours anew from the endpoint: the list index; where asked for, its merge and what is inferred."""

from __future__ import annotations

from graph.model.iris import Minter
from graph.model.terms import NamedNode
from graph.store.derive import Derive
from graph.store.locks import WriterLock
from graph.store.manifest import Manifest, now
from graph.store.release import Release
from graph.store.remote.copy import Copy
from graph.store.remote.releases import RemoteReleases
from graph.store.remote.sending import Sender, Statement
from graph.store.remote.view import RemoteView
from graph.store.writer import VERSIONS

WAIT = 60.0
"""Seconds to wait for a writer of this home before a new list index is published."""


def reindex(releases: RemoteReleases, derive: Derive, *, merge: bool = False) -> Release:
    """Makes the list index from the endpoint and publishes it as a new state.

    The lock is held for the last step only: what is written meanwhile is in the next index.

    Args:
        releases: of the endpoint.
        derive: what makes the index and the inferred graph.
        merge: first derive the inferred graph and make the merge again; for a store that others fill.

    Raises:
        Unsupported: `merge` without an update address; a restricted graph.
        StoreError: the endpoint does not answer.
    """
    releases.layout.make()
    with Copy(releases) as copy:
        if merge:
            mend(releases, derive, copy)
        if derive.describe is not None and releases.capabilities.updates:
            with releases.writing(WAIT) as writer:
                writer.describe(derive, copy, f"{releases.pointer().last + 1:06d}")
        with WriterLock(releases.layout.lock, WAIT):
            before = releases.current()
            number = releases.pointer().last + 1
            manifest = Manifest(
                number=number,
                name=f"{number:06d}",
                created=now(),
                kind="index",
                parent=before.name if before else None,
                **dict(copy.size()),
                built_graphs=before.manifest.built_graphs if before else [],
                inputs=before.manifest.inputs if before else {},
                base_iri=releases.base_iri,
                today=derive.today,
                versions=VERSIONS | ({"derive": derive.version} if derive.version else {}),
            )
            return releases.publish(manifest, copy.index(derive, manifest.name))


def mend(releases: RemoteReleases, derive: Derive, copy: Copy) -> None:
    """Makes the endpoint's inferred graph and its merge what follows from its other graphs."""
    inferred = Minter(releases.base_iri).inferred
    with releases.writing(WAIT) as writer:
        writer.replace({inferred: derive.infer(copy.view())}, built=False)
        writer.flush()
    copy.forget()
    wanted = set(copy.view().triples())
    held = set(RemoteView(releases.endpoint).triples())
    place = NamedNode(releases.endpoint.merge) if releases.endpoint.merge else None
    surplus: list[Statement] = [(triple, place) for triple in held - wanted]
    missing: list[Statement] = [(triple, place) for triple in wanted - held]
    Sender(releases.endpoint).apply(surplus, missing)
