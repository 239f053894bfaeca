"""What pages load: files of ours under a name that holds their hash, so that they may be kept for a year."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

from fastapi import APIRouter
from starlette.responses import Response

from graph.errors import NotFound

router = APIRouter(include_in_schema=False)

_FOLDER = Path(__file__).parent / "static"
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
_BUILT = "built"
"""Where `web/` is built to; the wheel carries it, a clone has it after `make run` or `make test`."""

_NEIGHBOUR = re.compile(rb"url\(([\w-]+\.[a-z0-9]+)\)")

_HASHED = re.compile(r"([\w-]+)\.([0-9a-f]{12})(\.\w+)")


@cache
def _bytes(name: str) -> bytes:
    """A file; a stylesheet names its neighbours by where they are found here."""
    raw = (_FOLDER / name).read_bytes()
    if not name.endswith(".css"):
        return raw
    return _NEIGHBOUR.sub(
        lambda found: f"url({address(str(Path(name).with_name(found[1].decode())))})".encode(), raw
    )


@cache
def address(name: str) -> str:
    """The path of a file of `static/`: `/static/verre.0123456789ab.css`."""
    digest = hashlib.sha256(_bytes(name)).hexdigest()[:12]
    stem, dot, ending = Path(name).name.rpartition(".")
    return f"/static/{stem}.{digest}{dot}{ending}"


@cache
def built(name: str) -> str | None:
    """The path of a file that `web/` was built into; None where it is not built, and the page does without."""
    inner = f"{_BUILT}/{name}"
    return address(inner) if (_FOLDER / inner).is_file() else None


@cache
def found(name: str) -> str | None:
    """The path of a file of ours, written or built; None where it is neither."""
    return address(name) if (_FOLDER / name).is_file() else built(name)


@cache
def _known() -> dict[str, str]:
    paths = (*_FOLDER.iterdir(), *(_FOLDER / _BUILT).glob("*"))
    names = (path.relative_to(_FOLDER).as_posix() for path in paths if path.suffix in _TYPES)
    return {address(name): name for name in names}


@router.api_route("/static/{file}", methods=["GET", "HEAD"])
async def static(file: str) -> Response:
    """One file, for a year; another hash than today's is not found."""
    name = _known().get(f"/static/{file}")
    if name is None:
        hint = " An older page may have asked for it: load the page again." if _HASHED.fullmatch(file) else ""
        raise NotFound(f"There is no file {file!r}.{hint}")
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(_bytes(name), media_type=_TYPES[Path(name).suffix], headers=headers)
