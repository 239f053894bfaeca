"""SHACL for a change: what it makes worse, without a look at the rest of the graph.

::

    check = ChangeCheck(resources.ontologies())
    concerned = check.concerned(view, change)       # shape → nodes
    after = check.findings(view, concerned)

What was wrong before is found in the same way, on the state before; the difference is new.
"""

from __future__ import annotations

from graph.quality.change.check import ChangeCheck

__all__ = ["ChangeCheck"]
