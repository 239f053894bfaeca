"""A release as one file, and back: `verre backup`, `restore`, `verify`.

A backup is a tar of the release's folder, its checksums with it. Keys are no part of it: they are secrets
of a machine, and are made anew. Where backups were written is kept in `backups`, so that erasing reaches them.
"""

from __future__ import annotations

import json
import shutil
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from graph.errors import InputError, Issue, StoreError
from graph.model.iris import Minter
from graph.model.terms import NamedNode, Quad
from graph.store import checksums
from graph.store.dump import DERIVED
from graph.store.layout import remove_tree, sync_folder, write_durably
from graph.store.manifest import Manifest
from graph.store.parts import part_in
from graph.store.release import Release, open_read_only
from graph.store.releases import Releases
from graph.store.room import needs_room
from graph.store.view import StoreView
from graph.store.writer import Derive

KNOWN = "backups"
PIECE = 2**20


@dataclass(frozen=True)
class Verified:
    """What a look at every byte found.

    Attributes:
        name: of the release.
        files: how many were read.
        faults: one sentence each; empty is good.
    """

    name: str
    files: int
    faults: tuple[str, ...]


def verify(release: Release) -> Verified:
    """Reads every file of a release, and counts what its stores hold.

    Raises:
        StoreError: it has no checksums, or they are damaged.
    """
    with release.lease():
        files = len(checksums.read(release.path))
        faults = list(checksums.faults(release.path))
        if not faults:
            faults += _miscounted(release)
    return Verified(release.name, files, tuple(faults))


def backup(releases: Releases, release: Release, target: Path) -> Path:
    """Writes a release into one file, readable for its owner alone.

    Args:
        releases: remembers where it is.
        release: which.
        target: a file ending in `.tar`, which must not be there; or a folder, in which it is named after
            the release.

    Raises:
        InputError: the file is there already, or its name ends otherwise.
        StoreError: the release is damaged: a backup of it would be worth nothing.
        NoRoom: the disk takes no more.
    """
    path = target / f"verre-{release.name}.tar" if target.is_dir() else target
    if path.suffix != ".tar":
        raise InputError("a backup is a .tar", issues=(Issue("path", "a folder, or a name ending in .tar"),))
    if path.exists():
        raise InputError(f"{path} is there already; a backup overwrites nothing")
    found = verify(release)
    if found.faults:
        raise StoreError(f"release {release.name} is damaged: {found.faults[0]}")
    draft = path.with_name(f".{path.name}.part")
    try:
        with release.lease(), needs_room(path.parent):
            draft.touch(mode=0o600)
            with tarfile.open(draft, "w", format=tarfile.PAX_FORMAT, dereference=True) as tar:
                for name in (*checksums.read(release.path), checksums.NAME):
                    tar.add(release.path / name, f"{release.name}/{name}", recursive=False)
            draft.rename(path)
            sync_folder(path.parent)
    finally:
        draft.unlink(missing_ok=True)
    _remember(releases, path.resolve())
    return path


def restore(releases: Releases, path: Path, derive: Derive) -> Release:
    """Makes a release of what a backup holds; whatever was erased since then stays away.

    Args:
        releases: where to.
        path: of the backup.
        derive: what a release has beside its sources; it is made anew.

    Raises:
        InputError: it is no backup.
        StoreError: it is damaged: a single byte is enough.
        Locked: another process is writing.
        NoRoom: the disk takes no more.
    """
    with releases.write() as writer:
        folder = releases.layout.stage()
        try:
            with needs_room(folder):
                kept = _unpack(path, folder)
            manifest = Manifest.read(kept / "manifest.json")
            if manifest.bare is not releases.bare:
                raise InputError(f"{path} is of another profile: {'bare' if manifest.bare else 'full'}")
            if writer.base is not None:
                writer.restart(lambda _: False)
            built = {NamedNode(name) for name in manifest.built_graphs}
            stated = _stated(kept, manifest)
            if releases.bare:
                writer.add(stated)
            else:
                writer.pour(stated, built)
            return writer.commit("restore", derive, inputs=manifest.inputs)
        finally:
            remove_tree(folder)


def known(home: Path) -> list[Path]:
    """The backups that were written from this home and are still where they were written."""
    with suppress(FileNotFoundError):
        paths = (Path(each) for each in json.loads((home / KNOWN).read_text("utf-8")))
        return [path for path in paths if path.exists()]
    return []


def _miscounted(release: Release) -> Iterator[str]:
    for part in ("public", "whole") if release.has_whole else ("public",):
        view, size = release.open(part), release.size(part)
        named = {graph.value for graph in view.graphs()}
        if named != set(size.graphs):
            yield f"the {part} part has other graphs than its manifest tells"
        merged = sum(1 for _ in view.triples())
        if merged != size.triples:
            yield f"the {part} part holds {merged} triples, and its manifest tells of {size.triples}"


def _stated(folder: Path, manifest: Manifest) -> Iterator[Quad]:
    """What was stated, of both parts: what is derived is derived again."""
    part = part_in(folder, "whole" if manifest.whole is not None else "public")
    view = StoreView(open_read_only(part.store_path))
    derived = tuple(Minter(manifest.base_iri).base + path for path in DERIVED[:2])
    for graph in view.graphs():
        if not graph.value.startswith(derived):
            for t in view.triples(graph):
                yield Quad(t.subject, t.predicate, t.object, graph)
    if manifest.bare:
        for t in view.triples():
            yield Quad(t.subject, t.predicate, t.object)


def _unpack(path: Path, folder: Path) -> Path:
    """The folder of the release in a backup, every byte looked at."""
    try:
        with tarfile.open(path, "r:") as tar:
            for member in tar:
                _take(tar, member, folder)
    except FileNotFoundError:
        raise InputError(f"there is no file {path}") from None
    except (tarfile.TarError, EOFError) as error:
        raise StoreError(f"{path} cannot be unpacked: it is no backup, or damaged ({error})") from error
    found = [each for each in folder.iterdir() if each.is_dir()]
    if len(found) != 1:
        raise InputError(f"{path} is no backup of a release")
    faults = [
        fault.replace(str(folder), str(PurePosixPath(path.name))) for fault in checksums.faults(found[0])
    ]
    if faults:
        raise StoreError(f"{path} is damaged: {faults[0]}")
    return found[0]


def _take(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    """Writes one file of a backup; what would lead out of the folder is refused."""
    name = PurePosixPath(member.name)
    stream = tar.extractfile(member) if member.isreg() else None
    if stream is None or name.is_absolute() or ".." in name.parts:
        raise InputError(f"a backup holds nothing like {member.name}")
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    with stream, target.open("wb") as file:
        shutil.copyfileobj(stream, file, PIECE)


def _remember(releases: Releases, path: Path) -> None:
    home = releases.layout.home
    paths = sorted({str(each) for each in (*known(home), path)})
    write_durably(home / KNOWN, json.dumps(paths, indent=1).encode())


def forget(home: Path) -> Mapping[Path, str]:
    """Deletes the backups that are known, and the downloads; gives what could not be deleted, and why."""
    left = {}
    for path in (*known(home), *(home / "downloads").glob("*")):
        try:
            path.unlink()
        except OSError as error:
            left[path] = str(error.strerror)
    write_durably(home / KNOWN, json.dumps([str(path) for path in left], indent=1).encode())
    return left
