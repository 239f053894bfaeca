"""Screening: names, and organizations with their owners, against sanctions lists that the user loads.

No list comes with Verre. Without one nothing is screened, and every answer says so; with lists an answer
says which, of which date, at which threshold, and never that somebody is "clear". See `docs/screening.md`.

What compares names needs the extra `screening` (`require`); what only reads what was kept does not.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec

from graph.errors import Issue, MissingExtra

PACKAGES = ("followthemoney", "icu", "rigour")
"""The modules of the extra."""
DEBIAN = "libicu-dev, pkg-config and g++"
"""What PyICU is built with, as Debian calls it."""


@cache
def available() -> bool:
    """Whether the extra is installed."""
    return all(find_spec(name) is not None for name in PACKAGES)


def require() -> None:
    """Refuses where the extra is not installed.

    Raises:
        MissingExtra: naming it, and what it is built with.
    """
    if not available():
        issue = Issue(
            "extra", f"install the Debian packages {DEBIAN}, then run `make screening`", "screening"
        )
        raise MissingExtra(
            "Screening needs the extra `screening`, which is not installed here.", issues=(issue,)
        )
