"""What compares answers tells right from wrong; and every form of an answer is read to the same terms."""

from __future__ import annotations

import pytest

from tests.conformance import terms
from tests.conformance.compare import same
from tests.conformance.terms import XSD, Row, Solutions, Term, literal


def rows(*told: str) -> list[Row]:
    """Rows of one-letter terms: small letters are blank nodes, a dot is unbound."""
    return [
        tuple(None if c == "." else Term("bnode" if c.islower() else "iri", c) for c in row) for row in told
    ]


@pytest.mark.parametrize(
    ("one", "two", "equal"),
    [
        (["AB", "BC"], ["BC", "AB"], True),
        (["AB", "AB"], ["AB"], False),
        (["AB", "AB", "BC"], ["AB", "BC", "BC"], False),
        (["aB", "bC"], ["xB", "yC"], True),
        (["aB", "aC"], ["xB", "yC"], False),
        (["aB", "bC"], ["xB", "xC"], False),
        (["ab", "ba"], ["xy", "yx"], True),
        (["ab", "ba"], ["xy", "xy"], False),
        (["aP", "bP", "ab"], ["yP", "xP", "yx"], True),
        (["abc", "bca", "cab"], ["xyz", "yzx", "zxy"], True),
        (["ab", "bc", "ca", "de", "ef", "fd"], ["ab", "bc", "cd", "de", "ef", "fa"], False),
        (["A."], ["A."], True),
        (["A."], ["AB"], False),
        (["aA"], ["BA"], False),
        ([], [], True),
        ([""], [""], True),
        (["", ""], [""], False),
    ],
)
def test_rows_are_the_same_but_for_labels(one: list[str], two: list[str], equal: bool) -> None:
    assert same(rows(*one), rows(*two)) is equal
    assert same(rows(*two), rows(*one)) is equal


def test_an_order_counts_where_it_must() -> None:
    assert not same(rows("AB", "BC"), rows("BC", "AB"), ordered=True)
    assert same(rows("aB", "bC"), rows("xB", "yC"), ordered=True)
    assert not same(rows("aB", "aC"), rows("xB", "yC"), ordered=True)


WANTED = Solutions(
    ("x", "y"),
    (
        (Term("iri", "http://e/a"), literal('t\t"é"\n', language="EN")),
        (Term("bnode", "b0"), None),
        (literal("01", f"{XSD}integer"), literal("1.50", f"{XSD}decimal")),
    ),
)
FORMS = {
    "application/sparql-results+json": (
        '{"head":{"vars":["x","y"]},"results":{"bindings":[{"x":{"type":"uri","value":"http://e/a"},'
        '"y":{"type":"literal","value":"t\\t\\"é\\"\\n","xml:lang":"en"}},{"x":{"type":"bnode","value":"b0"}},'
        f'{{"x":{{"type":"literal","value":"1","datatype":"{XSD}integer"}},'
        f'"y":{{"type":"literal","value":"1.5","datatype":"{XSD}decimal"}}}}]}}}}'
    ),
    "application/sparql-results+xml": (
        '<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="x"/><variable name="y"/></head>'
        '<results><result><binding name="x"><uri>http://e/a</uri></binding><binding name="y">'
        '<literal xml:lang="en">t\t"é"\n</literal></binding></result>'
        '<result><binding name="x"><bnode>b0</bnode></binding></result><result><binding name="x">'
        f'<literal datatype="{XSD}integer">1</literal></binding><binding name="y">'
        f'<literal datatype="{XSD}decimal">1.5</literal></binding></result></results></sparql>'
    ),
}


@pytest.mark.parametrize("kind", FORMS, ids=["json", "xml"])
def test_forms_are_read_to_the_same_terms(kind: str) -> None:
    assert terms.READERS[kind](FORMS[kind].encode()) == WANTED


def test_tables_are_read() -> None:
    raw = '?x\t?y\n<http://e/a>\t"t\\t\\"é\\"\\n"@en\n_:b0\t\n1\t1.5\n'
    assert terms.from_tsv(raw.encode()) == WANTED
    assert terms.from_csv(b'x,y\r\n"a,""b""\r\nc",\r\n') == (("x", "y"), ('a,"b"\r\nc', ""))


def test_solutions_written_as_triples_are_read() -> None:
    raw = """@prefix rs: <http://www.w3.org/2001/sw/DataAccess/tests/result-set#> .
      [] a rs:ResultSet ; rs:resultVariable "y", "x" ;
         rs:solution [ rs:binding [ rs:variable "x" ; rs:value <http://e/a> ] ] ."""
    assert terms.result_set(terms.graph(raw.encode(), "turtle")) == Solutions(
        ("x", "y"), ((Term("iri", "http://e/a"), None),)
    )


@pytest.mark.parametrize(
    ("one", "two", "datatype", "equal"),
    [
        ("1", "01", "integer", True),
        ("1", "1.0", "integer", False),
        ("1.50", "1.5", "decimal", True),
        ("100", "1E2", "double", True),
        ("1", "true", "boolean", True),
        ("a", "b", "string", False),
        ("x", "x", "integer", True),
    ],
)
def test_literals_are_compared_by_value(one: str, two: str, datatype: str, equal: bool) -> None:
    assert (literal(one, XSD + datatype) == literal(two, XSD + datatype)) is equal
    assert literal(one, XSD + datatype) != literal(one, "http://e/other")
