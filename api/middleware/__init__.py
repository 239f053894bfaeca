"""What holds for every request, one layer a module: see `shell` first, which is the outermost."""

from __future__ import annotations

from api.middleware.direct import Direct
from api.middleware.gzip import Gzip
from api.middleware.headers import SECURITY
from api.middleware.shell import Ended, Shell, Watch

__all__ = ["SECURITY", "Direct", "Ended", "Gzip", "Shell", "Watch"]
