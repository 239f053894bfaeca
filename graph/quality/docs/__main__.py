"""`python -m graph.quality.docs [FOLDER]`: writes index.html and classes.svg, into docs/ontology unless told."""

from __future__ import annotations

import sys
from pathlib import Path

from graph import resources
from graph.quality.docs.page import write


def main(arguments: list[str]) -> None:
    """Writes the files and names them."""
    target = Path(arguments[0]) if arguments else Path("docs") / "ontology"
    for file in write(resources.ontologies(), target):
        sys.stdout.write(f"{file}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
