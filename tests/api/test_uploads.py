"""Uploads on a disk that takes no more, and what is left of them."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import IO, cast

import pytest

from api import uploads
from api.services import Services
from graph.errors import NoRoom
from graph.settings import Settings
from tests.api.requests import at_once, request

pytestmark = pytest.mark.anyio

FORM = (
    b'--x\r\nContent-Disposition: form-data; name="a"; filename="a.ttl"\r\nContent-Type: text/turtle\r\n\r\n'
    b"<http://e/s> <http://e/p> 1 .\r\n--x--\r\n"
)


def services(home: Path) -> Services:
    return cast(Services, SimpleNamespace(settings=Settings(home=home), in_thread=at_once))


async def receive(home: Path, kind: str, body: bytes) -> bytes:
    sent = request("POST", "/store", headers={"Content-Type": kind}, body=[body])
    async with uploads.received(sent, services(home), "http://e/") as upload:
        assert upload.media_type == "text/turtle"
        return upload.path.read_bytes()


@pytest.mark.parametrize(
    ("kind", "body"),
    [("text/turtle", b"<http://e/s> <http://e/p> 1 ."), ("multipart/form-data; boundary=x", FORM)],
    ids=["plain", "multipart"],
)
async def test_a_file_is_there_for_as_long_as_it_is_needed(tmp_path: Path, kind: str, body: bytes) -> None:
    assert await receive(tmp_path, kind, body) == b"<http://e/s> <http://e/p> 1 ."
    assert not list((tmp_path / uploads.FOLDER).iterdir())


async def test_a_place_that_cannot_be_written_is_an_error_with_a_name(tmp_path: Path) -> None:
    (tmp_path / "home").touch()
    with pytest.raises(NoRoom):
        await receive(tmp_path / "home", "text/turtle", b"")


async def test_a_disk_that_fills_up_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(source: IO[bytes], target: IO[bytes]) -> None:
        raise OSError(errno.ENOSPC, "no space left on device")

    monkeypatch.setattr(shutil, "copyfileobj", full)
    with pytest.raises(NoRoom):
        await receive(tmp_path, "multipart/form-data; boundary=x", FORM)
    assert not list((tmp_path / uploads.FOLDER).iterdir())
