"""Bodies: unpacked piece by piece, and never longer than they may be."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api import bodies
from api.errors import PayloadTooLarge, UnsupportedMediaType
from graph.errors import InputError
from tests.api.requests import at_once, request

pytestmark = pytest.mark.anyio

MOST = bodies.Most(10_000_000, "upload_bytes")
GZIP = {"Content-Encoding": "gzip"}


def cut(raw: bytes, size: int) -> list[bytes]:
    return [raw[place : place + size] for place in range(0, len(raw), size)] or [b""]


async def read(raw: list[bytes], most: bodies.Most = MOST, **headers: str) -> bytes:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    found = bodies.pieces(request("PUT", headers=named, body=raw), most, at_once)
    return b"".join([piece async for piece in found])


@given(st.lists(st.binary(max_size=300), max_size=3), st.integers(1, 50))
async def test_what_was_packed_comes_out_however_it_was_cut(members: list[bytes], size: int) -> None:
    packed = b"".join(gzip.compress(member) for member in members)
    assert await read(cut(packed, size), Content_Encoding="gzip") == b"".join(members)


async def test_a_plain_body_is_left_as_it_is() -> None:
    long = bytes(range(256)) * 3000
    assert await read(cut(long, 1000)) == long
    assert await read(cut(long, 1000), Content_Encoding="identity") == long


async def test_pieces_are_bounded_however_far_they_unpack() -> None:
    packed = gzip.compress(bytes(5_000_000))
    sent = request("PUT", headers=GZIP, body=[packed])
    sizes = [len(piece) async for piece in bodies.pieces(sent, MOST, at_once)]
    assert sum(sizes) == 5_000_000
    assert max(sizes) <= bodies.PIECE


async def test_a_bomb_is_stopped_by_what_it_unpacks_to() -> None:
    packed = gzip.compress(bytes(5_000_000))
    assert len(packed) < 10_000
    with pytest.raises(PayloadTooLarge) as caught:
        await read([packed], bodies.Most(100_000, "upload_bytes"), Content_Encoding="gzip")
    assert caught.value.setting == "upload_bytes"
    assert await read([bytes(10)], bodies.Most(10, "upload_bytes")) == bytes(10)
    with pytest.raises(PayloadTooLarge):
        await read([bytes(11)], bodies.Most(10, "upload_bytes"))


@pytest.mark.parametrize(
    "raw",
    [gzip.compress(b"x" * 1000)[:-5], b"no gzip at all", zlib.compress(b"x"), gzip.compress(b"x") + b"rest"],
    ids=["cut", "text", "zlib", "with a rest"],
)
async def test_what_is_no_whole_gzip_is_refused(raw: bytes) -> None:
    with pytest.raises(InputError) as caught:
        await read([raw], Content_Encoding="gzip")
    assert caught.value.issues[0].name == "Content-Encoding"


async def test_other_ways_of_packing_are_not_read() -> None:
    for encoding in ("br", "deflate", "gzip, gzip"):
        with pytest.raises(UnsupportedMediaType):
            await read([b""], Content_Encoding=encoding)


async def test_the_whole_body_packed_or_not() -> None:
    for headers, raw in (({}, b"ASK {}"), (GZIP, gzip.compress(b"ASK {}"))):
        assert await bodies.whole(request("POST", headers=headers, body=[raw]), MOST, at_once) == b"ASK {}"


@pytest.mark.parametrize("charset", ["", "; charset=utf-8", '; charset="UTF-8"', "; charset=US-ASCII; x=y"])
def test_sparql_is_utf8(charset: str) -> None:
    sent = request("POST", headers={"Content-Type": f"application/sparql-query{charset}"})
    assert bodies.text("é".encode(), sent, "query") == "é"


def test_what_is_not_utf8_is_refused_with_its_name() -> None:
    sent = request("POST", headers={"Content-Type": "application/sparql-query; charset=UTF-16"})
    with pytest.raises(UnsupportedMediaType):
        bodies.text("ASK {}".encode("utf-16"), sent, "query")
    with pytest.raises(InputError) as caught:
        bodies.text(b"\xff", request("POST"), "update")
    assert caught.value.issues[0].name == "update"
