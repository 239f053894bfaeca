"""What the files of a release hold, so that a byte that has changed is noticed.

`checksums` lists every file with its size and SHA-256, and ends with the SHA-256 of its own lines. A file
that a release shares with the one before, by a hard link, is not read again: the same inode, the same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from graph.errors import StoreError

NAME = "checksums"
_UNSEEN = ("LOG", "LOCK", "lease")
"""Beginnings of the names of files that say nothing of the graph: engines and readers may write them."""
_TAIL = "# "


@dataclass(frozen=True)
class Sum:
    """Bytes of a file, and their SHA-256 in hexadecimal."""

    size: int
    digest: str


def write(folder: Path, base: Path | None = None) -> None:
    """Writes the checksums of all that is in a folder.

    Args:
        folder: of a release in the making.
        base: of the release that it may share files with.
    """
    shared = _by_inode(base) if base is not None else {}
    lines = []
    for path in _files(folder):
        state = path.stat()
        found = shared.get((state.st_dev, state.st_ino)) or digest(path)
        lines.append(f"{found} {state.st_size} {path.relative_to(folder).as_posix()}\n")
    text = "".join(lines)
    own = hashlib.sha256(text.encode()).hexdigest()
    (folder / NAME).write_text(f"{text}{_TAIL}{own}\n", "utf-8")


def read(folder: Path) -> dict[str, Sum]:
    """Path of each file, relative to the folder → what it held.

    Raises:
        StoreError: there are none, or they are damaged themselves.
    """
    try:
        text, _, own = (folder / NAME).read_text("utf-8").rpartition(_TAIL)
    except FileNotFoundError:
        raise StoreError(f"{folder} has no checksums: an earlier version of Verre made it") from None
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"the checksums of {folder} cannot be read: {error}") from error
    if hashlib.sha256(text.encode()).hexdigest() != own.strip():
        raise StoreError(f"the checksums of {folder} are damaged themselves")
    sums = {}
    for line in text.splitlines():
        found, size, name = line.split(" ", 2)
        sums[name] = Sum(int(size), found)
    return sums


def faults(folder: Path) -> Iterator[str]:
    """One sentence for each file that is not what it was: gone, of another size, of other bytes.

    Raises:
        StoreError: the checksums themselves cannot be used.
    """
    for name, known in read(folder).items():
        path = folder / name
        try:
            size = path.stat().st_size
            if size != known.size:
                yield f"{path} has {size} bytes, and had {known.size}"
            elif digest(path) != known.digest:
                yield f"{path} does not hold what it held"
        except FileNotFoundError:
            yield f"{path} is gone"
        except OSError as error:
            yield f"{path} cannot be read: {error.strerror}"


def digest(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _files(folder: Path) -> list[Path]:
    found = (path for path in folder.rglob("*") if path.is_file() and path.name != NAME)
    return sorted(path for path in found if not path.name.startswith(_UNSEEN))


def _by_inode(base: Path) -> dict[tuple[int, int], str]:
    """Sums of the files of a release, by what the file system calls them; none where it has no checksums."""
    known = {}
    try:
        sums = read(base)
    except StoreError:
        return {}
    for name, held in sums.items():
        try:
            state = (base / name).stat()
        except OSError:
            continue
        if state.st_size == held.size:
            known[state.st_dev, state.st_ino] = held.digest
    return known
