"""What is doubtful, broken or contradictory in a graph: shapes (SHACL), hygiene queries, check digits.

::

    report = check(release.open(), resources.ontologies())
    print(report.as_text("nl"))

A *violation* makes a node meaningless (a relation without its parties or its source); a *warning*
is for a person to look at; an *info* is worth knowing. Not knowing something is allowed everywhere.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from graph.quality.hygiene import run_queries
from graph.quality.identifiers import wrong_check_digits
from graph.quality.places import located
from graph.quality.report import Finding, Report, Severity

if TYPE_CHECKING:
    from graph.store.view import GraphView

__all__ = ["Finding", "Report", "Severity", "check"]


def check(view: GraphView, folder: Path) -> Report:
    """Checks the default graph of a view, and its named graphs where a query asks for them.

    Args:
        view: the graph.
        folder: the folder `ontologies`: shapes/, hygiene/, and the vocabulary that they need.

    Returns:
        Every finding, the worst first, in an order that is the same on each run.

    Raises:
        InputError: a file of the folder that cannot be read.
    """
    from graph.quality.shapes import (
        run_shapes,
    )  # pySHACL: slow to import, and most who come here do not need it

    found = [*run_shapes(view, folder), *run_queries(view, folder / "hygiene"), *wrong_check_digits(view)]
    return Report.of(located(view, found))
