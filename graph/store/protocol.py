"""What a reader process and its parent say to each other: frames over a socket pair.

A frame is one byte of kind, four bytes of length (big-endian) and that many bytes. One question at a
time::

    reader   READY                                                  or FAIL
    parent   JOB    {"text", "solutions_type", "graph_type", "default_graphs", "named_graphs", "base_iri",
                  "bytes"}
    reader   HEAD   {"kind", "media_type"}                          or FAIL
    reader   DATA   bytes of the answer, any number of times
    reader   END    {"spent": true if it has grown and wants to be replaced}   or FAIL

A job that a dead reader has not read may be given to another: the kernel then says "connection reset"
instead of "end of file".

FAIL is {"error": name of a class of `graph.errors`, "detail", "setting"}.
"""

from __future__ import annotations

import socket
import struct
from typing import Any

import orjson

from graph import errors

READY, JOB, HEAD, DATA, END, FAIL = b"R", b"J", b"H", b"D", b"E", b"F"
HEADER = struct.Struct(">cI")
PIECE = 2**16
"""Bytes of an answer that travel together."""
MOST = 2**26
"""Bytes that a frame may have."""

CARRIED = {
    kind.__name__: kind
    for kind in (
        errors.InputError,
        errors.NotFound,
        errors.QueryError,
        errors.QueryFailed,
        errors.QueryRefused,
        errors.QuerySyntaxError,
        errors.QueryTooLarge,
        errors.StoreError,
    )
}


def frame(kind: bytes, payload: bytes = b"") -> bytes:
    """A frame, ready to be sent."""
    return HEADER.pack(kind, len(payload)) + payload


def message(kind: bytes, /, **content: Any) -> bytes:
    """A frame that carries JSON."""
    return frame(kind, orjson.dumps(content))


def failure(error: errors.VerreError) -> bytes:
    """A FAIL frame."""
    return message(FAIL, error=type(error).__name__, detail=error.detail, setting=error.setting)


def raised(payload: bytes) -> errors.VerreError:
    """The error that a FAIL frame carries."""
    content = orjson.loads(payload)
    kind = CARRIED.get(content["error"], errors.QueryFailed)
    return kind(content["detail"], setting=content["setting"])


def receive(connection: socket.socket) -> tuple[bytes, bytes] | None:
    """The next frame on a blocking socket, or `None` when the other end is gone."""
    header = _exactly(connection, HEADER.size)
    if header is None:
        return None
    kind, length = HEADER.unpack(header)
    payload = _exactly(connection, length) if length <= MOST else None
    return None if payload is None else (kind, payload)


def _exactly(connection: socket.socket, length: int) -> bytes | None:
    content = bytearray()
    while len(content) < length:
        piece = connection.recv(min(length - len(content), PIECE))
        if not piece:
            return None
        content += piece
    return bytes(content)
