"""Some 2,400 requests that are broken or mean harm; the same every time."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from urllib.parse import quote, quote_from_bytes, urlencode

from tests.hostile import bodies, protocol
from tests.hostile.grammar import CALLERS, DISGUISES, FOREIGN, LOADERS, Grammar
from tests.hostile.wire import FORM, QUERY, UPDATE, Hostile

G = "<http://e/g>"
SEED = 20261123
INJECTIONS = (
    "' OR 1=1 --", '"; DROP TABLE things; --', "} . ?s ?p ?o {", "> . SERVICE <http://127.0.0.1/> {", "../../../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%00", "\x00", "\ud7ff\U0010ffff",
    "<script>alert(1)</script>", "{{7*7}}", "${7*7}", "%", "_", "\\", "\"", "x" * 20_000, "NEAR(a b)", "a* OR b*", "-", "\u202e", "\n\r\nSet-Cookie: a=b", "1e999", "NaN", "-1", "9" * 400, "true", "[]", "𝕏" * 900,
)  # fmt: skip


def by(way: int, text: str | bytes, family: str, *, update: bool = False) -> Hostile:
    """A text as a query or an update: in the address, as a form, as a body."""
    raw = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    path, name = ("/update", "update") if update else ("/sparql", "query")
    if way % 3 == 0 and not update and len(raw) < 30_000:
        return Hostile(family, "GET", f"{path}?{name}={quote_from_bytes(raw, safe='')}")
    if way % 3 == 1:
        form = name.encode() + b"=" + quote_from_bytes(raw, safe="").encode()
        return Hostile(family, "POST", path, (("Content-Type", FORM),), form)
    return Hostile(family, "POST", path, (("Content-Type", UPDATE if update else QUERY),), raw)


def _drawn(grammar: Grammar) -> Iterator[Hostile]:
    for way in range(330):
        yield by(way, grammar.query(), "grammar")
    for way in range(420):
        yield by(way, grammar.broken(grammar.query()), "broken query")
    for way in range(120):
        yield by(way, grammar.update(), "update", update=True)
    for way in range(180):
        yield by(way, grammar.broken(grammar.update()), "broken update", update=True)


def _formats() -> Iterator[Hostile]:
    """What not every form of answers can hold."""
    terms = ("'\\u0001'", "'\\uFFFE'", "'x'@en--ltr", "<<( <a:a> <b:b> 1 )>>", "_:b")
    texts = [f"CONSTRUCT {{ <a:s> <a:p> {term} }} {{}}" for term in terms]
    texts += [f"CONSTRUCT {{ <a:s> <{verb}> 1 }} {{}}" for verb in ("http://e/", "urn:1", "http://e/a'&b")]
    texts += ["CONSTRUCT { << <a:a> <b:b> 1 >> <a:p> 1 } {}", "SELECT (TRIPLE(<a:a>, <b:b>, 1) AS ?x) {}"]
    for text in texts:
        for form in ("ttl", "nt", "rdf", "jsonld", "trig", "nq", "json", "xml", "csv", "tsv"):
            yield Hostile("formats", "GET", f"/sparql?format={form}&query={quote(text)}")


def _calls(url: str) -> Iterator[Hostile]:
    """Whatever would open a connection, in every disguise."""
    for n, hidden in enumerate(DISGUISES):
        for m, text in enumerate(CALLERS):
            yield by(n + m, text.format(service=hidden("SERVICE"), url=url), "service")
        for m, text in enumerate(LOADERS):
            asked = text.format(service=hidden("SERVICE"), load=hidden("LOAD"), url=url)
            yield by(n + m, asked, "load", update=True)
            yield by(n + m, asked, "load as query")
        for m, text in enumerate(FOREIGN):
            yield by(n + m, text.format(url=url), "foreign", update=text.startswith("INSERT"))


def _slow() -> Iterator[Hostile]:
    """What would take hours, or all memory."""
    cross = " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(6))
    doubled = "".join(f"BIND(CONCAT(?t{n}, ?t{n}) AS ?t{n + 1}) " for n in range(40))
    texts = (
        f"SELECT (COUNT(*) AS ?n) {{ {cross} }}", f"SELECT * {{ {cross} }} ORDER BY ?a5", f"CONSTRUCT {{ ?a0 ?b1 ?c2 }} {{ {cross} }}", f"SELECT DISTINCT ?a0 ?a1 ?a2 {{ {cross} }}",
        "SELECT (COUNT(*) AS ?n) { ?a (!<a:a>|^!<a:b>)* ?b . ?c (!<a:a>|^!<a:b>)* ?d }", "SELECT * { ?a (!<a:a>)+/(!<a:b>)+/(!<a:c>)* ?b }", "ASK { ?a (!<a:a>)* ?b . ?b (^!<a:a>)* ?c . FILTER(?a = 1) }",
        f"SELECT (STRLEN(?t40) AS ?n) {{ BIND('xxxxxxxxxxxxxxxx' AS ?t0) {doubled} }}", f"SELECT (GROUP_CONCAT(STR(?a0)) AS ?n) {{ {cross} }}",
        f"SELECT * {{ ?s ?p ?o FILTER(REGEX(STR(?o), '{'(a{0,500})' * 3}{{0,500}}')) }}", "SELECT * { ?s ?p ?o FILTER(REGEX(STR(?o), '((((a+)+)+)+)+$')) } ORDER BY RAND()",
        "SELECT (REPLACE(REPLACE(REPLACE(STR(?o), '', 'xxxxxxxxxx'), '', 'yyyyyyyyyy'), '', 'zzzzzzzzzz') AS ?r) { ?s ?p ?o . ?q ?w ?e } ORDER BY ?r",
        "SELECT ?a { ?a ?b ?c } GROUP BY ?a HAVING(EXISTS { ?x ?y ?z . ?u ?v ?w . ?k ?l ?m FILTER(?x = ?w && ?k != ?a) })", "DESCRIBE * { ?a ?b ?c . ?d ?e ?f }",
        "SELECT * { ?a ?b ?c MINUS { ?d ?e ?f . ?g ?h ?a . ?i ?j ?k } }", "SELECT (SHA512(GROUP_CONCAT(CONCAT(STR(?a), STR(?f)))) AS ?n) { ?a ?b ?c . ?d ?e ?f }",
        f"SELECT * {{ {{ SELECT * {{ {cross} }} }} OPTIONAL {{ ?x ?y ?z . ?q ?w ?e FILTER(STRLEN(STR(?x)) > STRLEN(STR(?a1))) }} }}",
        "SELECT * { GRAPH ?g { ?a ?b ?c } GRAPH ?h { ?d ?e ?f } GRAPH ?i { ?j ?k ?l } FILTER(?g != ?h && ?h != ?i && STRLEN(?c) < 0) }",
    )  # fmt: skip
    for n, text in enumerate(texts):
        yield by(n, text, "slow")
        yield Hostile(
            "slow",
            "POST",
            f"/sparql?timeout={(0.2, 1, 2)[n % 3]}&format={('csv', 'xml', 'nt')[n % 3]}",
            (("Content-Type", QUERY),),
            text.encode(),
        )
    for text in (
        f"INSERT {{ GRAPH {G} {{ ?a0 ?b1 ?c2 }} }} WHERE {{ {cross} }}",
        f"DELETE {{ GRAPH {G} {{ ?a ?b ?d }} }} WHERE {{ ?a (!<a:a>|^!<a:b>)* ?b . ?c (!<a:a>|^!<a:b>)* ?d }}",
    ):
        yield by(2, text, "slow update", update=True)


def _deep() -> Iterator[Hostile]:
    """Brackets in brackets."""
    forms = (
        "SELECT * {{ {0} ?s ?p ?o {1} }}|{{|}}", "SELECT * {{ FILTER({0} 1 {1}) }}|(|)", "SELECT * {{ FILTER({0} true {1}) }}|!|", "SELECT * {{ ?s {0} <p> {1} ?o }}|(|)", "ASK {{ ?s {0}<p>{1} ?o }}|(^|)",
        "SELECT * {{ ?s ?p {0} {1} }}|[ ?p |]", "SELECT * {{ ?s ?p {0} {1} }}|(|)", "SELECT * {{ {0} {1} }}|OPTIONAL {{ ?s ?p ?o |}}", "SELECT * {{ {0} {1} }}|{{ SELECT * |}}", "SELECT (({0} 1 {1}) AS ?x) {{}}|-|",
        "SELECT * {{ FILTER {0} {{}} {1} }}|EXISTS {{ FILTER |}}", "SELECT (({0} 1 {1}) AS ?x) {{}}|IF(true,|,1)", "SELECT * {{ {0} {1} }}|{{}} UNION {{|}}", "SELECT * {{ ?s ?p {0} {1} }}|<<|>>", "SELECT * {{ ?s <p>{0} ?o {1} }}|/<p>|",
        "SELECT * {{ ?s ?p ?o FILTER(?s = 1 {0}) {1} }}| \\|\\| ?s = 2|", "SELECT * {{ {{}} {0} {1} }}|UNION {{}}|", "CONSTRUCT {{ {0} {1} }} {{}}|[ <p> |]",
    )  # fmt: skip
    for n, form in enumerate(forms):
        text, opened, closed = form.replace("\\|", "¦").split("|")
        opened, closed = (
            part.replace("¦", "|").replace("{{", "{").replace("}}", "}") for part in (opened, closed)
        )
        for depth in (60, 480, 3_000, 60_000):
            yield by(n, text.format(opened * depth, closed * depth), "deep")
        yield by(n, text.format(opened * 20_000, ""), "deep, never closed")
    for depth in (60, 3_000, 60_000):
        for opened, closed in (("{", "}"), ("(", ")"), ("[ <p> ", "]"), (f"GRAPH {G} {{", "}")):
            yield by(
                1,
                f"INSERT DATA {{ GRAPH {G} {{ <s> <p> {opened * depth}{closed * depth} }} }}",
                "deep update",
                update=True,
            )
            yield by(
                2,
                f"INSERT {{ GRAPH {G} {{ <s> <p> 1 }} }} WHERE {{ {opened * depth}{closed * depth} }}",
                "deep update",
                update=True,
            )


def _huge() -> Iterator[Hostile]:
    texts = [
        f"ASK {{ ?s ?p '{'x' * 900_000}' }}", f"ASK {{ <http://e/{'x' * 900_000}> ?p ?o }}", f"ASK {{ ?{'x' * 500_000} ?p ?o }}", f"ASK {{ ?s ?p 'x'@{'x' * 9_000} }}", f"SELECT {' '.join(f'?v{n}' for n in range(20_000))} {{}}",
        f"SELECT * {{ VALUES ?x {{ {'1 ' * 200_000} }} }}", f"SELECT * {{ ?s ?p ?o FILTER(?o IN ({'1,' * 50_000}1)) }}", "SELECT * {" + "?s ?p ?o ." * 20_000 + "} LIMIT 1", "SELECT * {" + "{?s ?p ?o} UNION " * 9_000 + "{} } LIMIT 1",
        "SELECT * {" + "OPTIONAL {?s ?p ?o} " * 9_000 + "} LIMIT 1", "PREFIX p: <http://e/> " * 40_000 + "ASK {}", "#" * 1_000_000 + "\nASK {}", " " * 1_000_000 + "ASK {}", "ASK {}" + "\n" * 1_100_000, f"ASK {{ FILTER({'9' * 100_000} > 1) }}",
        f"ASK {{ FILTER(1{'+1' * 60_000} > 1) }}", f"ASK {{ FILTER({'-' * 90_000}1 > 1) }}", f"ASK {{ FILTER(CONCAT({','.join(['STR(1)'] * 20_000)}) = 'x') }}", f"ASK {{ FILTER(REGEX('x', '{'(' * 50_000}')) }}", f"ASK {{ FILTER(REGEX('x', '{'a{1000}' * 9_000}')) }}",
        f"ASK {{ FILTER(REGEX('x', 'x', '{'i' * 90_000}')) }}", f"SELECT * {' '.join(f'FROM <http://e/{n}>' for n in range(20_000))} {{ ?s ?p ?o }}", f"SELECT * {{ ?s {'/'.join(['<p>'] * 20_000)} ?o }}", f"SELECT * {{ ?s {'|'.join(['<p>'] * 20_000)} ?o }}",
        f"SELECT * {{ ?s !({'|'.join(['<p>'] * 20_000)}) ?o }} LIMIT 1", "SELECT * {} ORDER BY " + "?x " * 50_000, "SELECT * { ?s ?p ?o } GROUP BY " + "?x " * 50_000, f"SELECT * {{ BIND('{'x' * 500_000}' AS ?x) VALUES ?n {{ {'1 ' * 3_000} }} }}", f"DESCRIBE {'<x> ' * 50_000}",
        "SELECT " + " ".join(f"(COUNT(?x{n}) AS ?c{n})" for n in range(9_000)) + "{ ?s ?p ?o }", "SELECT * {" + "".join(f"BIND({n} AS ?x{n}) " for n in range(9_000)) + "}", "SELECT * {" + "FILTER(?s != ?o) " * 20_000 + "?s ?p ?o } LIMIT 1",
    ]  # fmt: skip
    for n, text in enumerate(texts):
        yield by(1 + n % 2, text, "huge")
    writes = (
        f"INSERT DATA {{ GRAPH {G} {{ <s> <p> '{'x' * 900_000}' }} }}", "INSERT DATA {};" * 60_000, f"CLEAR SILENT {G};" * 2_000, f"DELETE DATA {{ GRAPH {G} {{ {'<s> <p> 1 . ' * 40_000} }} }}", f"INSERT DATA {{ {'GRAPH <x> {} ' * 50_000} }}",
        "PREFIX p: <http://e/> " * 40_000 + "INSERT DATA {}", f"WITH {G} DELETE {{}} {'USING <x> ' * 20_000} WHERE {{}}", f"INSERT {{ {' '.join(f'GRAPH ?g{n} {{}}' for n in range(20_000))} }} WHERE {{}}",
    )  # fmt: skip
    for n, text in enumerate(writes):
        yield by(1 + n % 2, text, "huge update", update=True)


def _encoded() -> Iterator[Hostile]:
    """Bytes that are no text, text that is no UTF-8."""
    pieces = (
        b"\xff",
        b"\xc0\x80",
        b"\xed\xa0\x80",
        b"\xf4\x90\x80\x80",
        b"\x00",
        b"\xe2\x82",
        b"\x80",
        b"\xef\xbb\xbf",
        b"\xfe\xff\x00A",
        b"\x1a",
        b"\x7f",
        b"\xc2\x85",
        b"\xe2\x80\xa8",
        b"\xf0\x9d\x95\x8f",
    )
    for piece in pieces:
        for text in (
            b"ASK { ?s ?p '%s' }",
            b"%sASK {}",
            b"ASK { <http://e/%s> ?p ?o }",
            b"ASK { ?%s ?p ?o } # x",
            b"ASK {} #%s",
        ):
            for way in range(3):
                yield by(way, text.replace(b"%s", piece), "bytes")
        yield by(1, b"INSERT DATA { GRAPH <http://e/g> { <s> <p> '" + piece + b"' } }", "bytes", update=True)
        yield by(2, b"CLEAR GRAPH <http://e/" + piece + b">", "bytes", update=True)
    for percent in (
        "%",
        "%4",
        "%zz",
        "%u0041",
        "%%",
        "%C0%80",
        "%FF",
        "%00",
        "+%2",
        "%ED%A0%80",
        "&&&==",
        ";query=ASK{}",
    ):
        yield Hostile("percent", "GET", f"/sparql?query=ASK%20{{}}{percent}")
        yield Hostile("percent", "GET", f"/sparql?query{percent}=ASK%20{{}}")
        yield Hostile(
            "percent", "POST", "/sparql", (("Content-Type", FORM),), f"query=ASK {{}}{percent}".encode()
        )
        yield Hostile(
            "percent", "POST", "/update", (("Content-Type", FORM),), f"update=CLEAR <x>{percent}".encode()
        )
        yield Hostile("percent", "GET", f"/store?graph=http://e/{percent}")
        yield Hostile("percent", "GET", f"/v1/companies/{percent}")
    for charset in ("utf-16", "latin-1", "utf-7", "x", "rot13", "idna", "'", "zip"):
        raw = "ASK { ?s ?p 'é' }".encode("utf-16" if charset == "utf-16" else "latin-1")
        yield Hostile("charset", "POST", "/sparql", (("Content-Type", f"{QUERY}; charset={charset}"),), raw)
        yield Hostile("charset", "POST", "/update", (("Content-Type", f"{UPDATE}; charset={charset}"),), raw)
        yield Hostile(
            "charset", "POST", "/sparql", (("Content-Type", f"{FORM}; charset={charset}"),), b"query=" + raw
        )


def _elsewhere() -> Iterator[Hostile]:
    """Lists and stored questions, given what is no value of theirs."""
    names = (
        "exporters?market",
        "exporters?q",
        "companies?sector",
        "search?q",
        "queries/exporters?market",
        "queries/company?company",
        "exporters?sort",
        "exporters?page",
        "statistics?indicator",
    )
    for value in INJECTIONS:
        told = quote(value, safe="", errors="surrogatepass")
        for name in names:
            yield Hostile("lists", "GET", f"/v1/{name}={told}")
        for path in ("/v1/companies/", "/doc/organization/", "/code/", "/graph/", "/id/source/"):
            yield Hostile("lists", "GET", f"{path}{told}")


def corpus(url: str) -> list[Hostile]:
    """All of them, in an order that mixes the families.

    Args:
        url: what they try to have called.
    """
    draw = Random(SEED)
    found = [
        *_drawn(Grammar(draw)),
        *_formats(),
        *_calls(url),
        *_slow(),
        *_deep(),
        *_huge(),
        *_encoded(),
        *protocol.misused(url),
        *protocol.sent(),
        *_elsewhere(),
    ]
    for n, (kind, body) in enumerate(bodies.bodies(url)):
        headers = (("Content-Type", kind),) if kind else ()
        found.append(
            Hostile(
                "graph body",
                ("PUT", "POST")[n % 2],
                "/store?" + urlencode({"graph": f"http://e/{n % 7}"}),
                headers,
                body,
            )
        )
    draw.shuffle(found)
    return found
