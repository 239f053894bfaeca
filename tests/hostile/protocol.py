"""The protocols, misused: parameters, headers, content types, encodings, and what is hardly HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from urllib.parse import quote

from tests.hostile import bodies
from tests.hostile.grammar import VERRE
from tests.hostile.wire import FORM, QUERY, UPDATE, Hostile

ASK = "query=ASK%20%7B%7D"
GRAPHS = (
    "", "x", "::", "http://e/ ", "http://e/<>", "file:///etc/passwd", "_:b", "javascript:alert(1)", "http://[", "http://e/\x00", "x" * 30_000, "default",
    f"{VERRE}graph/restricted/meta", "\ud7ff", "a:b\n>{}", "http://e/%zz", "urn:x:\u202e",
)  # fmt: skip
PARAMETERS = (
    "", ASK, "query=", "update=CLEAR%20ALL", f"{ASK}&{ASK}", f"{ASK}&update=x", "graph=x&default", "default=1", "graph=a:a&graph=b:b", "x" * 40_000, "&" * 40_000, "a=b&" * 10_000,
    *(f"{wrong}&{ASK}" for wrong in ("timeout=0", "timeout=-1", "timeout=NaN", "timeout=inf", "timeout=1e999", "timeout=x", "release=x", "release=../../etc", "release=-1", f"release={'9' * 5_000}", "format=x", "format=%00")),
)  # fmt: skip
KINDS = (
    QUERY, UPDATE, FORM, "", "x", "text/plain", "application/json", "multipart/form-data; boundary=x", f"{QUERY}, {UPDATE}", "a" * 9_000, f"{FORM};", "/", "\xff/\xfe", f'{QUERY}; charset="',
)  # fmt: skip
BODIES = (b"ASK {}", b"query=ASK {}&query=ASK {}", b"query=ASK{}&update=CLEAR ALL", b"", b"a=b&" * 10_000, b"&" * 500_000, b"query=" + b"%41" * 300_000)  # fmt: skip
NAMES = ("Accept", "Accept-Language", "Accept-Encoding", "If-None-Match", "Prefer", "Range", "Origin", "X-Forwarded-For", "Authorization", "Cookie", "Expect", "If-Match")  # fmt: skip
VALUES = (
    "", ",", ";", "*", "x" * 60_000, "a/b;q=" + "9" * 400, ", ".join(["*/*;q=0"] * 5_000), "\xff\xfe", '"' * 3_000, "q=q=q=;;;", "Basic ====", "Bearer verre_x_y", "application/json;q=nan", "bytes=0-0,1-1",
)  # fmt: skip


def misused(url: str) -> Iterator[Hostile]:
    """Parameters, content types and headers that are not what they should be."""
    for graph in (*GRAPHS, url):
        yield from _graph(quote(graph, safe=""))
    for extra, method in product(
        PARAMETERS, ("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "QUERY")
    ):
        for path in ("/sparql", "/update", "/store") if method in ("GET", "POST") else ("/store",):
            yield Hostile("parameters", method, f"{path}?{extra}")
    for kind, path, body in product(KINDS, ("/sparql", "/update", f"/sparql?{ASK}"), BODIES):
        yield Hostile("content type", "POST", path, (("Content-Type", kind),) if kind else (), body)
    for header in product(NAMES, VALUES):
        yield Hostile("headers", "GET", f"/sparql?{ASK}", (header,))
    yield Hostile("headers", "GET", f"/sparql?{ASK}", tuple((f"X-{n}", "x" * 400) for n in range(900)))


def _graph(told: str) -> Iterator[Hostile]:
    for target in (
        f"/sparql?{ASK}&default-graph-uri={told}",
        f"/sparql?{ASK}&named-graph-uri={told}",
        f"/store?graph={told}",
        f"/store/{told}",
    ):
        yield Hostile("graph", "GET", target)
    yield Hostile("graph", "DELETE", f"/store?graph={told}")
    yield Hostile("graph", "PUT", f"/store?graph={told}", (("Content-Type", "text/turtle"),), b"<s> <p> '%'")
    for name in ("using-graph-uri", "using-named-graph-uri", "default-graph-uri"):
        body = b"WITH <x> DELETE {} WHERE {}"
        yield Hostile("graph", "POST", f"/update?{name}={told}", (("Content-Type", UPDATE),), body)


def sent() -> Iterator[Hostile]:
    """Content encodings and lengths that lie, and what is hardly HTTP."""
    for encoding, body in bodies.packed():
        for path, kind in (
            ("/sparql", QUERY),
            ("/update", UPDATE),
            ("/store?graph=http://e/z", "text/turtle"),
        ):
            yield Hostile(
                "packed", "POST", path, (("Content-Type", kind), ("Content-Encoding", encoding)), body
            )
    post = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
    for raw in (b"\x16\x03\x01\x00", b"GET", b"\r\n\r\n", b"\x00" * 5_000, b"GET /sparql HTTP/9.9\r\n\r\n", b"GET /sparql?query=ASK{} HTTP/1.1\r\n\r\n", b"GET sparql HTTP/1.1\r\nHost: x\r\n\r\n", b"GET http://e/sparql HTTP/1.1\r\nHost: x\r\n\r\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                b"GET /sparql HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", b"GET /sparql HTTP/1.1\r\nHost: \xff\xfe{}\r\n\r\n", b"GET / HTTP/1.1\r\nHost: x\r\n folded: y\r\n\r\n", b"GET /\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n", b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\n\r\n", b"CONNECT e:80 HTTP/1.1\r\nHost: e\r\n\r\n",
                post + b"Content-Length: -1\r\n\r\nASK {}", post + b"Content-Length: 99999999999999999999\r\n\r\nASK {}", post + b"Content-Length: 6\r\nContent-Length: 7\r\n\r\nASK {}", post + b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\nASK {}", post + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
                post + b"Transfer-Encoding: chunked\r\n\r\n6\r\nASK {}\r\n", post + b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nASK", post + b"Transfer-Encoding: gzip\r\n\r\nASK {}", post + b"Content-Length: 60\r\n\r\nASK {}", post + b"Upgrade: websocket\r\nConnection: Upgrade\r\n\r\n", b"GET * HTTP/1.1\r\nHost: x\r\n\r\n"):  # fmt: skip
        yield Hostile("hardly HTTP", "GET", "", raw=raw)
