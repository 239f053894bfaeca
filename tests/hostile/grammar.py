"""SPARQL by a small grammar, and what breaks it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random

VERRE = "https://w3id.org/verre/"
PROLOGUE = f"PREFIX v: <{VERRE}ns#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> PREFIX : <http://e/> "
VARIABLES = ("?s", "?p", "?o", "?x", "$y", "?z")
IRIS = (
    "v:targets", "rdfs:label", "a", ":x", "v:%41", "v:a\\-b", "<http://e/\\u0041>", f"<{VERRE}graph/meta>", "<>", "<x>", "<urn:x:y>",
)  # fmt: skip
LITERALS = (
    "1", "-1.5e300", "1e400", "'a'", '"""a\n"b"""', "'x'@nl", "'x'@xx-yyyyyyyy-1", "true", "'1'^^<http://www.w3.org/2001/XMLSchema#integer>",
    "'99999999999999999999999999'^^<http://www.w3.org/2001/XMLSchema#integer>", "'x'^^<http://e/t>", "'\\uD83D\\uDE00'", "'\\U0010FFFF'",
    "'2018-13-45'^^<http://www.w3.org/2001/XMLSchema#date>", "'NaN'^^<http://www.w3.org/2001/XMLSchema#double>", "'\\u0000'",
)  # fmt: skip
CALLS = (
    "STR({0})", "LANG({0})", "xsd:integer({0})", "STRLEN(STR({0}))", "SUBSTR(STR({0}),-5,99999999999)", "REGEX(STR({0}),'(')",
    "REGEX(STR({0}),'(a+)+$','q')", "REPLACE(STR({0}),'','x')", "REPLACE(STR({0}),'(.)','$9')", "({0}/0)", "({0}+{1})", "IRI({0})", "UUID()",
    "STRDT(STR({0}),{1})", "STRLANG('x',{0})", "BNODE({0})", "COALESCE({0},1/0)", "IF({0},{1},1/0)", "!{0}", "<http://e/f>({0})", "DAY({0})",
    "(9223372036854775807+{0})", "ABS(-9223372036854775808)", "TZ({0})", "SHA512(STR({0}))", "CEIL({0})", "({0} IN ({1},{0}))",
    "EXISTS {{ {0} ?p ?o }}", "RAND()", "ENCODE_FOR_URI({0})", "(9223372036854775807*{1})", "SECONDS('2018-01-01T00:00:61Z'^^xsd:dateTime)",
)  # fmt: skip
PATHS = (
    "a*",
    "(a|^a)?",
    "!(a|^rdfs:label)",
    "rdfs:label/^rdfs:label",
    "(v:targets+)?",
    "^(^a)",
    "!a",
    "(a/a)*",
)


class Grammar:
    """Draws texts; the same seed draws the same."""

    def __init__(self, draw: Random) -> None:
        self.draw = draw

    def term(self) -> str:
        """A variable, an IRI or a literal."""
        return self.draw.choice(self.draw.choice((VARIABLES, VARIABLES, IRIS, LITERALS)))

    def triple(self) -> str:
        """A pattern of three terms, seldom one that starts from nothing known."""
        subject = self.draw.choice((*VARIABLES, "<http://e/s>", "[]", "_:b", "(1 2)"))
        verb = self.draw.choice((*VARIABLES[:2], *IRIS[:4], self.draw.choice(PATHS)))
        return f"{subject} {verb} {self.term()} ."

    def expression(self, depth: int = 2) -> str:
        """Something to filter or bind."""
        if depth == 0:
            return self.term()
        call = self.draw.choice(CALLS)
        return call.format(self.expression(depth - 1), self.expression(0))

    def group(self, depth: int = 2) -> str:
        """A group graph pattern."""
        inner = self.triple() if depth == 0 else self.group(depth - 1)
        forms = (
            f"{self.triple()} FILTER({self.expression()})",
            f"{self.triple()} OPTIONAL {inner if depth else '{' + inner + '}'}",
            f"BIND({self.expression()} AS ?b{depth})",
            f"VALUES (?x ?y) {{ ({self.draw.choice(LITERALS)} UNDEF) (UNDEF :x) }}",
            f"GRAPH {self.draw.choice((*VARIABLES, f'<{VERRE}graph/meta>', '<>', '_:g'))} {{ {self.triple()} }}",
            f"{{ {self.triple()} }} UNION {{ {self.triple()} }} MINUS {{ {self.triple()} }}",
            f"{{ SELECT ?s (COUNT(*) AS ?n) {{ {self.triple()} }} GROUP BY ?s HAVING({self.expression()}) }}",
        )
        return f"{{ {self.draw.choice(forms)} }}"

    def query(self) -> str:
        """A query, most often a readable one."""
        where = self.group()
        return PROLOGUE + self.draw.choice(
            (
                f"SELECT * {where} LIMIT {self.draw.choice((0, 1, 50))}",
                f"SELECT DISTINCT ?s ?x {where} ORDER BY {self.draw.choice(('?s', 'DESC(?x)', '(1/0)'))} LIMIT 9 OFFSET 99999999",
                f"ASK {where}",
                f"CONSTRUCT {{ {self.triple()} }} WHERE {where} LIMIT 9",
                f"DESCRIBE {self.draw.choice(('?s', '<x>', ':x', '*'))} {where} LIMIT 2",
                f"SELECT (GROUP_CONCAT({self.expression(1)};separator='x') AS ?n) {where}",
                f"SELECT * FROM <{VERRE}graph/meta> FROM NAMED <x> {where} LIMIT 3",
            )
        )

    def update(self) -> str:
        """An update that most often may not be."""
        graph = self.draw.choice(
            (
                f"<{VERRE}graph/inferred>",
                f"<{VERRE}graph/meta>",
                "<http://e/g>",
                "<>",
                "DEFAULT",
                "_:g",
                "?g",
                "",
            )
        )
        place = f"GRAPH {graph}" if graph else ""
        data, where = self.triple(), self.group(1)
        return PROLOGUE + self.draw.choice(
            (
                f"INSERT DATA {{ {data} }}",
                f"INSERT DATA {{ {place} {{ {data} }} }}",
                f"DELETE DATA {{ {place} {{ {data} }} }}",
                f"DELETE {{ {data} }} INSERT {{ {place} {{ {data} }} }} WHERE {where}",
                f"WITH {graph} DELETE {{ {data} }} USING <x> WHERE {where}",
                f"DELETE WHERE {{ {place} {{ {data} }} }}",
                f"{self.draw.choice(('CLEAR', 'DROP', 'CREATE'))} {self.draw.choice(('', 'SILENT'))} {self.draw.choice(('ALL', 'NAMED', 'DEFAULT', 'GRAPH <x>', graph))}",
                f"{self.draw.choice(('COPY', 'MOVE', 'ADD'))} {graph} TO {self.draw.choice(('DEFAULT', graph, '<http://e/g>'))}",
                f"INSERT DATA {{}} ; INSERT DATA {{ {data} }} ; ;",
            )
        )  # fmt: skip

    def broken(self, text: str) -> str:
        """The same text with some of its tokens lost, doubled, swapped or replaced."""
        tokens = re.findall(r"\s+|\w+|.", text, re.DOTALL)
        for _ in range(self.draw.randint(1, 4)):
            at, other = self.draw.randrange(len(tokens)), self.draw.randrange(len(tokens))
            self.draw.choice((_lose, _double, _swap, self._replace))(tokens, at, other)
        return "".join(tokens)

    def _replace(self, tokens: list[str], at: int, _: int) -> None:
        tokens[at] = self.draw.choice(("{", "}", "(", ")", "<", ">", "'", '"""', "\\", "\\u12", "#", ";", "?", "@", "^^", "\x00", "\ufeff", "\ud7ff", "<<", "\x85", "𝕏", "_:"))  # fmt: skip


def _lose(tokens: list[str], at: int, _: int) -> None:
    tokens[at] = ""


def _double(tokens: list[str], at: int, other: int) -> None:
    tokens[at] += tokens[other] * 3


def _swap(tokens: list[str], at: int, other: int) -> None:
    tokens[at], tokens[other] = tokens[other], tokens[at]


def _escaped(word: str) -> str:
    return "".join(f"\\u{ord(letter):04X}" if n % 2 else letter for n, letter in enumerate(word))


DISGUISES: Sequence[Callable[[str], str]] = (
    lambda word: word,
    str.lower,
    lambda word: "".join(c.lower() if n % 2 else c for n, c in enumerate(word)),
    _escaped,
    lambda word: "".join(f"\\u{ord(c):04x}" for c in word),
    lambda word: "".join(f"\\U{ord(c):08X}" for c in word),
    lambda word: f"#{word}\n{word}#'\"<\n",
    lambda word: f"# }}\r{word}",
    lambda word: f"\t\n{word}\r\n#\n",
    lambda word: f"\\u0023 x\\u000A{word}",
)
"""Ways to write a word that a simple search does not see."""
CALLERS = (
    "SELECT * {{ {service} <{url}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ {service} SILENT <{url}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ BIND(<{url}> AS ?u) {service} ?u {{ ?s ?p ?o }} }}",
    "SELECT * {{ VALUES ?u {{ <{url}> }} OPTIONAL {{ {service} SILENT ?u {{}} }} }}",
    "PREFIX s: <{url}> SELECT * {{ {{ SELECT * {{ {service} s: {{ ?s ?p ?o }} }} }} }}",
    "BASE <{url}> ASK {{ FILTER EXISTS {{ {service} <> {{ ?s ?p ?o }} }} }}",
    "PREFIX service: <http://e/> SELECT * {{ ?s service:x ?o . {service} <{url}> {{}} }}",
    "SELECT ('SERVICE' AS ?a) ('}}' AS ?b) {{ {{}} UNION {{ {service}<{url}>{{?s ?p ?o}} }} }}",
    "CONSTRUCT {{ ?s ?p ?o }} FROM <{url}> WHERE {{ ?s ?p ?o MINUS {{ {service} <{url}> {{ ?s ?p ?o }} }} }}",
    "DESCRIBE ?s FROM NAMED <{url}> {{ GRAPH ?g {{ {service} <{url}> {{ ?s ?p ?o }} }} }}",
)
LOADERS = (
    "{load} <{url}>",
    "{load} SILENT <{url}> INTO GRAPH <http://e/g>",
    "PREFIX l: <{url}> INSERT DATA {{}} ; {load} l: INTO GRAPH l:g",
    "INSERT DATA {{ GRAPH <http://e/g> {{ <x> <y> 'LOAD' }} }} ; # ;\n {load} <{url}>",
    "INSERT {{ GRAPH <http://e/g> {{ ?s ?p ?o }} }} WHERE {{ {service} SILENT <{url}> {{ ?s ?p ?o }} }}",
    "BASE <{url}> {load} <a> INTO GRAPH <b>",
    "{load} <file:///etc/passwd> INTO GRAPH <http://e/g>",
)
FOREIGN = (
    "SELECT * FROM <{url}> FROM NAMED <{url}> {{ GRAPH <{url}> {{ ?s ?p ?o }} }}",
    "INSERT {{ GRAPH <http://e/g> {{ ?s ?p ?o }} }} USING <{url}> WHERE {{ ?s ?p ?o }}",
)
"""Graphs named by an address: they are looked up, not fetched."""
