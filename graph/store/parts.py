"""The two parts of a release: what everybody may see, and everything.

A release always has its public part. Only where some graph is restricted does it have a second one,
the whole: a store of its own with every graph, public and restricted, and its own merge, inferred
graph and index. What is restricted is in no file of the public part, so no answer from there can
tell of it. Where nothing is restricted the public part is the whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from graph.model.iris import Minter

Part = Literal["public", "whole"]
"""What is read: what everybody may see, or everything."""

PARTS: tuple[Part, ...] = ("public", "whole")


@dataclass(frozen=True)
class ReleasePart:
    """Where one part of a release is.

    Attributes:
        store_path: the engine's folder. Only ever opened read-only.
        index_path: the list index.
    """

    store_path: Path
    index_path: Path


def is_restricted(graph: str, base: str) -> bool:
    """Whether a graph is kept from the public part: its IRI begins with `{base}graph/restricted/`.

    The name alone decides, so that whoever writes, loads a dump or goes back to an older release
    cannot make a restricted graph public by leaving a mark out.

    Args:
        graph: the IRI of the graph.
        base: the base of the installation's IRIs.
    """
    return graph.startswith(Minter(base).restricted)


def part_in(folder: Path, part: Part) -> ReleasePart:
    """The paths of a part below the folder of a release; the whole one is in `whole/`."""
    place = folder if part == "public" else folder / "whole"
    return ReleasePart(place / "store", place / "index.sqlite")
