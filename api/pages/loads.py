"""What a page loads beside `verre.css`, and the policy that allows that and nothing else.

A page names its stylesheets and scripts here, by its template. A file is one of `static/`, or what
`web/` was built into; a page does without a file that was not built.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
"""What a page may load: our stylesheets, pictures and letters, nothing else and nothing from elsewhere."""

SCRIPTED = f"{POLICY}; script-src 'self'; connect-src 'self'"
"""The same for a page with a script of ours, which may ask this server."""


@dataclass(frozen=True)
class Loads:
    """The files of one page, in order.

    Attributes:
        styles: stylesheets, after `verre.css`.
        scripts: modules; each is one file without imports.
    """

    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()

    @property
    def policy(self) -> str:
        """The Content-Security-Policy: scripts only where there are some."""
        return SCRIPTED if self.scripts else POLICY


NOTHING = Loads()

PAGES: Mapping[str, Loads] = {
    "company.html": Loads(styles=("company.css", "worldmap.css")),
    "exporters.html": Loads(styles=("exporters.css",)),
    "exportplan.html": Loads(styles=("mission.css",)),
    "home.html": Loads(styles=("worldmap.css", "suggest.css"), scripts=("suggest.js",)),
    "market.html": Loads(styles=("worldmap.css",)),
    "mission.html": Loads(styles=("mission.css", "worldmap.css")),
    "mission_plan.html": Loads(styles=("mission.css", "worldmap.css")),
    "queries.html": Loads(styles=("queries.css",)),
    "query.html": Loads(styles=("queries.css",)),
    "sparql.html": Loads(styles=("sparql.css",), scripts=("sparql.js",)),
    "walk.html": Loads(styles=("network.css",), scripts=("network.js",)),
}
"""By template, in the order of the alphabet."""


def of(template: str) -> Loads:
    """What the page of a template loads."""
    return PAGES.get(template, NOTHING)
