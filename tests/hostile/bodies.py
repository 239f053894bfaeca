"""Bodies for `/store`: RDF that is broken, that explodes, or that wants something fetched."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator

RDFXML = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
TURTLE = b"<http://e/a> <http://e/b> <http://e/c> ."
HEAD = b"--x\r\nContent-Disposition: form-data; name=f; filename=%s\r\nContent-Type: %s\r\n\r\n%s\r\n"
Body = tuple[str, bytes]


def laughs(levels: int = 12) -> bytes:
    """Entities of entities: a kilobyte that would be gigabytes."""
    made = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(levels))
    return f'<!DOCTYPE r [<!ENTITY e0 "ha">{made}]><rdf:RDF {RDFXML}><rdf:Description rdf:about="http://e/&e{levels};"/></rdf:RDF>'.encode()


def _xml(url: str) -> Iterator[bytes]:
    yield laughs()
    yield f'<!DOCTYPE r [<!ENTITY e "{"x" * 50_000}">]><rdf:RDF {RDFXML}><a>{"&e;" * 20_000}</a></rdf:RDF>'.encode()
    for place in ("file:///etc/passwd", url, "file:///proc/self/environ", "http://127.0.0.1:1/"):
        for declared in (
            f'<!ENTITY e SYSTEM "{place}">',
            f'<!ENTITY % e SYSTEM "{place}"> %e;',
            f'<!ENTITY e PUBLIC "x" "{place}">',
        ):
            yield f'<?xml version="1.0"?><!DOCTYPE r [{declared}]><rdf:RDF {RDFXML} xmlns:e="http://e/"><rdf:Description rdf:about="http://e/s"><e:p>&e;</e:p></rdf:Description></rdf:RDF>'.encode()
        yield f'<!DOCTYPE r SYSTEM "{place}"><rdf:RDF {RDFXML}/>'.encode()
        yield f'<?xml-stylesheet href="{place}"?><rdf:RDF {RDFXML} xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="{place}" parse="text"/></rdf:RDF>'.encode()
    for depth in (100, 5_000, 100_000):
        yield f"<rdf:RDF {RDFXML}>".encode() + b"<a xmlns='http://e/'>" * depth
    for text in ("", "<", "<rdf:RDF/>", f"<rdf:RDF {RDFXML}><rdf:li/></rdf:RDF>", f"<rdf:RDF {RDFXML}><rdf:Description rdf:ID='1'/></rdf:RDF>", "&#0;", "\x00",
                 f"<?xml version='1.0' encoding='utf-7'?><rdf:RDF {RDFXML}/>", f"<?xml version='9.0' encoding='ebcdic-cp-us'?><rdf:RDF {RDFXML}/>",
                 f"<rdf:RDF {RDFXML}><rdf:Description rdf:about='http://e/s' rdf:nodeID='b'/></rdf:RDF>", f"<rdf:RDF {RDFXML} xml:base='::'><rdf:Description rdf:about='%'/></rdf:RDF>",
                 f"<rdf:RDF {RDFXML}" + "".join(f" a{n}='1'" for n in range(5_000)) + "/>"):  # fmt: skip
        yield text.encode()
    yield f"<rdf:RDF {RDFXML}/>".encode("utf-16")
    yield f"<rdf:RDF {RDFXML}>".encode() + b"\xff\xfe</rdf:RDF>"


def _jsonld(url: str) -> Iterator[bytes]:
    places = (
        url,
        f"{url}a.jsonld",
        "https://schema.org/",
        "file:///etc/passwd",
        "",
        "//e/x",
        "\\\\e\\x",
        "data:application/ld+json,{}",
    )
    for place in places:
        yield f'{{"@context": "{place}", "@id": "http://e/a", "name": "x"}}'.encode()
        yield f'{{"@context": ["{place}", {{"@import": "{place}"}}], "@id": "http://e/a"}}'.encode()
        yield f'{{"@context": {{"p": {{"@id": "http://e/p", "@context": "{place}"}}}}, "p": {{"@id": "http://e/b"}}}}'.encode()
        yield f'{{"@graph": [{{"@context": "{place}", "@type": "x"}}]}}'.encode()
    for depth in (100, 900, 5_000, 100_000):
        yield b"[" * depth
        yield b'{"http://e/p":' * depth + b"1" + b"}" * depth
        yield b'{"@context":' * depth + b"{}" + b"}" * depth
        yield b'{"@id":"http://e/a","http://e/p":{"@list":' * depth + b"[]" + b"}}" * depth
    for text in ('{"@context":{"a":"b","b":"a"},"a":1}', '{"@context":{"@vocab":"@vocab"}}', '{"@id":"_:b","http://e/p":1}', '{"@id":1}', "null", "1", '"x"', "{}", "[[]]",
                 '{"@id":"http://e/a","http://e/p":1e999}', '{"@id":"http://e/a","http://e/p":{"@value":{},"@type":"@json"}}', '{"@context":{"@version":9}}', "{\"a\":\"\\ud800\"}",
                 '{"@id":"http://e/a","http://e/p":' + "9" * 5_000 + "}", '{"@reverse":{"@reverse":{}}}', '{"@id":"http://e/a","http://e/p":{"@value":"x","@language":"????"}}', "{,}",
                 '{"@context":{"@base":"::"},"@id":"%"}', '{"@graph":{"@graph":{"@graph":[]}}}', '{"@id":"http://e/a","@id":"http://e/b"}', '{"@included":1,"@nest":2}'):  # fmt: skip
        yield text.encode()


def _turtle(url: str) -> Iterator[bytes]:
    for depth in (100, 2_000, 100_000):
        for opened in (
            b"[ <http://e/p> ",
            b"( ",
            b"<http://e/s> <http://e/p> (",
            b"<<",
            b"<http://e/s> <http://e/p> <<( ",
        ):
            yield opened * depth
        yield b"<http://e/s> <http://e/p> " + b"(" * depth + b")" * depth + b" ."
    for text in (f"@base <{url}> . <> <> <> .", f"@prefix a: <{url}> . a:b a:c a:d", "<a> <b> <c>", "@prefix", "<http://e/ > <b> <c> .", "<http://e/a> <http://e/b> '''x", "_:a <http://e/b> _:c .",
                 "<http://e/a> <http://e/b> 'x'@" + "x" * 5_000 + " .", "<http://e/a> <http://e/b> 'x'^^<y> .", "\ufeff" + TURTLE.decode(), "<http://e/\\u0000> <http://e/b> 1 .", "# only",
                 "<http://e/a> <http://e/b> '\\ud800' .", "<http://e/a> <http://e/b> " + "9" * 100_000 + " .", "<http://e/a> <http://e/b> '" + "x" * 1_000_000 + "' .", "a a a .", "{ <a> <b> <c> }",
                 "<http://e/" + "x" * 100_000 + "> <http://e/b> 1 .", "'s' <http://e/b> 1 .", "<http://e/a> 'p' 1 .", "<javascript:alert(1)> <http://e/b> <data:,x> .", "@base <::> . <a> <b> <c> .",
                 "<file:///etc/passwd> <http://e/b> '<script>alert(1)</script>' .", "PREFIX x: <http://e/> x:%zz x:b x:c ."):  # fmt: skip
        yield text.encode("utf-8", "surrogatepass")
    yield from (
        b"\xff",
        b"\x00" * 1_000,
        TURTLE.decode().encode("utf-16"),
        b"<http://e/\xc0\x80> <http://e/b> 1 .",
        b"<http://e/a> <http://e/b> '\xed\xa0\x80' .",
        TURTLE * 3_000,
    )


def bodies(url: str) -> Iterator[Body]:
    """Media types with bodies that do not fit, or fit too well."""
    yield from (("application/rdf+xml", body) for body in _xml(url))
    yield from (("application/ld+json", body) for body in _jsonld(url))
    for body in _turtle(url):
        yield "text/turtle", body
        yield "application/n-triples", body
    for kind in ("application/trig", "application/n-quads", "text/html", "", "x", "text/turtle; charset=utf-16", "text/turtle;;=", "multipart/form-data", "text/turtle, text/turtle", "application/json",
                 "multipart/form-data; boundary=", "application/octet-stream", "application/x-www-form-urlencoded", "text/n3", "application/sparql-update", "*/*", "text/*", "text/turtle\t; q=0"):  # fmt: skip
        yield kind, TURTLE
    for part in (HEAD % (b"../../etc/passwd", b"text/turtle", TURTLE) * 2, HEAD % (b"a", b"", TURTLE), HEAD % (b"a.zip", b"application/zip", b"PK\3\4"), b"--x\r\n\r\n\r\n--x--", b"--x--", b"", b"--x",
                 HEAD % (b"a", b"application/rdf+xml", laughs()), HEAD * 2_000 % ((b"a", b"text/turtle", TURTLE) * 2_000), HEAD.replace(b"name=f", b"name=" + b"n" * 20_000) % (b"a", b"text/turtle", TURTLE)):  # fmt: skip
        yield "multipart/form-data; boundary=x", part + b"--x--\r\n"
        yield "multipart/form-data; boundary=x", part


def _gzip(raw: bytes) -> bytes:
    return gzip.compress(raw, mtime=0)


def packed() -> Iterator[tuple[str, bytes]]:
    """Content encodings with bodies: bombs, broken ones, ones that lie."""
    bomb = _gzip(bytes(64 * 2**20))
    yield from (
        ("gzip", bomb),
        ("gzip", _gzip(bomb)),
        ("gzip, gzip", _gzip(bomb)),
        ("gzip", bomb[:-20]),
        ("gzip", b"\x1f\x8b\x08"),
        ("gzip", b""),
        ("gzip", b"ASK {}"),
    )
    yield from (
        ("gzip", _gzip(b"ASK {}") * 3),
        ("gzip", _gzip(b"ASK {}") + b"rest"),
        ("deflate", zlib.compress(b"ASK {}")),
        ("br", b"\x0b"),
        ("zstd", b"("),
        ("x" * 300, b""),
    )
    yield from (
        ("identity", b"ASK {}"),
        ("gzip;q=0", _gzip(b"ASK {}")),
        ("GZIP", _gzip(b"ASK {}")),
        ("gzip", _gzip(b"ASK {" + b" " * 30_000_000 + b"}")),
        ("", b"ASK {}"),
    )
