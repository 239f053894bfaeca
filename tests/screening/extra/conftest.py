"""Tests of what needs the extra `screening`: left out where it is not installed.

`tests/screening/test_extra.py` says so then, and fails under CI.
"""

from __future__ import annotations

from graph.screening import available

collect_ignore_glob = [] if available() else ["test_*.py"]
