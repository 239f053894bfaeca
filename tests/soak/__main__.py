"""`make soak`: ten minutes of mixed load, then fifty kills, on a copy of the project's own data."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from graph.keys import Keys, Role
from tests.soak.kills import rampage
from tests.soak.load import report, soak
from tests.soak.service import Service, verre

KEEP = 10
"""Releases that are kept."""
SETTINGS: dict[str, str | float] = {
    "keep_releases": KEEP,
    "query_timeout": 2,
    "query_timeout_max": 10,
    "anonymous_requests": 10**9,
    "anonymous_queries": 10**9,
}
"""One address asks everything here, so nothing is held back for asking much."""


def arguments(given: Sequence[str] | None) -> argparse.Namespace:
    """What to do."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0, help="of mixed load; 0 for none")
    parser.add_argument("--kills", type=int, default=50, help="at random; 0 for none")
    parser.add_argument("--workers", type=int, default=2, help="web workers")
    parser.add_argument("--seed", type=int, default=20180219, help="of the kills")
    return parser.parse_args(given)


def main(given: Sequence[str] | None = None) -> int:
    """Runs it all, and leaves nothing behind; 1 where something was wrong."""
    options = arguments(given)
    home = Path(tempfile.mkdtemp(prefix="verre-soak-"))
    faults = []
    try:
        verre(home, "build")
        _, key = Keys(home).create(Role.STEWARD, "soak")
        service = Service(home, options.workers, **SETTINGS)
        service.start()
        try:
            if options.minutes:
                soaked = soak(service, key, options.minutes * 60, KEEP)
                sys.stdout.write(report(soaked) + "\n")
                faults += soaked.faults
            if options.kills:
                killed = rampage(service, key, options.kills, options.seed)
                sys.stdout.write(
                    f"kills: {dict(killed.kills)}; notes acknowledged {len(killed.told.kept)}, "
                    f"refused {len(killed.told.refused)}, without an answer {len(killed.told.open)}\n"
                )
                sys.stdout.write("".join(f"WRONG: {fault}\n" for fault in killed.faults))
                faults += killed.faults
        finally:
            sys.stdout.write(f"stopped within {service.stop():.1f} s\n")
    finally:
        shutil.rmtree(home)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
