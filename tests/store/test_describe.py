"""What a release says of itself is made with it, and is no change of its own."""

from __future__ import annotations

from pathlib import Path

from graph.model.namespaces import DCAT
from graph.model.terms import NamedNode
from graph.store.derive import Derive
from graph.store.parts import PARTS
from graph.store.release import Release
from graph.store.releases import Releases
from graph.void import Counts, refresh, told
from tests.store.small import EDIT, MINT, ONE, merge_is_right, named, quad, sells

SECRET = NamedNode(f"{MINT.restricted}edit/ann")
DERIVE = Derive(describe=lambda view, change, release: refresh(view, MINT, change, release))


def counts(release: Release, part: str = "public") -> Counts:
    view = release.open(next(p for p in PARTS if p == part))
    assert merge_is_right(view)
    return told(view.triples(MINT.void))


def first(home: Path) -> Releases:
    releases = Releases(home)
    with releases.write() as writer:
        writer.replace({ONE: {named("luminex"), sells("luminex", "jp")}}, built=True)
        writer.commit("build", DERIVE)
    return releases


def edited(releases: Releases, graph: NamedNode = EDIT) -> Release:
    with releases.write() as writer:
        writer.add(
            [quad(named("luminex"), graph), quad(named("punch"), graph), quad(sells("punch", "cn"), graph)]
        )
        return writer.commit("edit", DERIVE)


def version(release: Release) -> str:
    (said,) = [t.object for t in release.open().match(MINT.dataset, DCAT.version, None)]
    return str(getattr(said, "value", ""))


def test_it_counts_its_release_and_names_it(tmp_path: Path) -> None:
    release = first(tmp_path).current()
    assert release is not None
    assert counts(release).triples == 2
    assert version(release) == release.name
    assert release.manifest.graphs[MINT.void.value] > 0


def test_after_an_edit_it_counts_what_the_merge_holds(tmp_path: Path) -> None:
    release = edited(first(tmp_path))
    assert counts(release).triples == 4
    assert version(release) == release.name == "000002"


def test_the_same_input_makes_no_new_release_for_its_sake(tmp_path: Path) -> None:
    releases = first(tmp_path)
    edited(releases)
    assert edited(releases).name == "000002"


def test_what_is_restricted_is_counted_for_those_who_may_see_it(tmp_path: Path) -> None:
    release = edited(first(tmp_path), SECRET)
    assert counts(release).triples == 2
    assert counts(release, "whole").triples == 4
