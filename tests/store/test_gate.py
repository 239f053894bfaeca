"""What may run and what may not."""

from __future__ import annotations

import random

import pytest
from pyoxigraph import QueryResultsFormat, Store

from graph.errors import QueryError, QueryRefused, QuerySyntaxError
from graph.store import gate

CALL = "<http://127.0.0.1:1/> { ?x ?y ?z }"
SILENT = "SERVICE SILENT " + CALL

REFUSED = [
    "SELECT * { SERVICE " + CALL + " }",
    "SELECT * { service\n#c\n" + CALL + " }",
    "SELECT * { SeRvIcE<http://127.0.0.1:1/>{ ?x ?y ?z } }",
    "SELECT * { { OPTIONAL { SELECT * { " + SILENT + " } } } UNION { ?a ?b ?c } }",
    "SELECT * { FILTER EXISTS { " + SILENT + " } }",
    "SELECT * { ?s ?p ?o . SERVICE ?s { ?x ?y ?z } }",
    "ASK { MINUS { " + SILENT + " } }",
    "CONSTRUCT { ?x ?y ?z } WHERE { " + SILENT + " }",
    "DESCRIBE ?x { " + SILENT + " }",
    r"SELECT * { SERV\u0049CE " + CALL + " }",
    r"SELECT * { \u0053\U00000045RVICE " + CALL + " }",
    # escapes that become quotes where they are read before the grammar, as the standard says
    r'SELECT * { ?s ?p "a\u0022 . SERVICE <http://127.0.0.1:1/> { ?x ?y ?z } # " }',
    # no space after a keyword
    "PREFIX : <http://127.0.0.1:1/> SELECT * { ?a ?p ?b . SERVICE:x { ?x ?y ?z } }",
    "PREFIX ex: <http://127.0.0.1:1/> SELECT * { ?a ?p ?b . SERVICEex:x\n#c\n{ ?x ?y ?z } }",
    "PREFIX ex: <http://127.0.0.1:1/> SELECT * { ?a ?p ?b . SERVICESILENTex:x{ ?x ?y ?z } }",
    "SELECT * { ?a ?p trueSERVICE" + CALL + " }",
    "SELECT * { ?a ?p 1SERVICE" + CALL + " }",
    "SELECT * { ?a ?p 1e5SERVICE" + CALL + " }",
    "SELECT * { ?a ?p ?o.SERVICE" + CALL + " }",
    "PREFIX ex: <http://e/> SELECT * { ?a ?p ex:.SERVICE" + CALL + " }",
    # "less than" that looks like the beginning of an IRI
    "SELECT * { ?a ?p ?b BIND(<http://127.0.0.1:1/> AS $s) FILTER(?a<?b)SERVICE$s#>\n{ ?x ?y ?z } }",
    "SELECT * { ?a ?p ?b FILTER(?a<'>')SERVICE" + CALL + " FILTER(''='') }",
    "SELECT * { ?a ?p ?b FILTER(?a<?b#>'''\n)SERVICE" + CALL + "#'''\n }",
    # strings that end earlier than they seem to
    r'SELECT * { ?s ?p "a\\" . ' + SILENT + r' . ?s ?p "b" }',
    'SELECT * { ?s ?p """a""", """""" . ' + SILENT + ' . ?s ?p "" }',
    "SELECT * { ?s ?p '' . " + SILENT + " . ?s ?p '' }",
    "SELECT * { ?s ?p 'x' # '\n . " + SILENT + " }",
]


@pytest.mark.parametrize("query", REFUSED)
def test_calls_to_other_servers_are_refused(query: str) -> None:
    with pytest.raises(QueryRefused, match="SERVICE"):
        gate.check(query)


ALLOWED = [
    "SELECT * { ?s ?p ?o }",
    'SELECT * { ?s ?p "SERVICE <http://e/> { ?x ?y ?z }" }',
    "SELECT * { ?s ?p 'it is \\' SERVICE <x> {} \\' here' }",
    'SELECT * { ?s ?p """a "quoted" ""SERVICE"" <x> { } \\""" """ }',
    "SELECT * { ?s ?p '''\nSERVICE ''x'' {}\n''' }",
    "SELECT * { ?s <http://example.org/service#SERVICE> <http://example.org/(a)/service> }",
    "SELECT * { ?s <urn:x:service> ?o }",
    "SELECT * { ?s ?p ?o } # SERVICE <http://e/> {}",
    "# SERVICE\rSELECT * { ?s ?p ?o }",
    "PREFIX ex: <http://e/> SELECT * { ?s ex:service ex:SERVICE, ex:a.service, ex:the-service, ex:a\\-service }",
    "PREFIX service: <http://e/> SELECT * { ?s a service:Thing ; service:p service:x . { ?s ?p ?o } }",
    "PREFIX service: <http://e/> SELECT * { GRAPH service:g { ?s ?p ?o } }",
    "PREFIX : <http://e/> SELECT * { ?s a :service . _:service :p 'x'@en-service }",
    "SELECT ?service $SERVICE { ?service ?p $SERVICE FILTER(?service<$SERVICE && ?p != 3) }",
    "SELECT ?service { ?s ?p ?service FILTER(?service<'>') }",
    "SELECT * { ?s ?p ?o FILTER(?o<5) ?s ?p 'service' FILTER(?o>3) }",
    r'SELECT * { ?s ?p "caf\u00e9", "\\u0053ERVICE", "tab\t" }',
]


@pytest.mark.parametrize("query", ALLOWED)
def test_the_word_is_harmless_elsewhere(query: str) -> None:
    gate.check(query)
    Store().query(query)


@pytest.mark.parametrize(
    "update",
    [
        "LOAD <http://127.0.0.1:1/>",
        "load SILENT <http://127.0.0.1:1/> INTO GRAPH <http://e/>",
        "PREFIX insert: <http://e/> #c\n BASE <http://e/> INSERT DATA { insert:a insert:b insert:c }",
        "DELETE WHERE { ?s ?p ?o }",
        "WITH <http://e/> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "VERSION '1.2' CLEAR ALL",
        "DROP DEFAULT",
        "CREATE GRAPH <http://e/>",
        "COPY <http://e/> TO <http://f/>",
        "MOVE <http://e/> TO <http://f/>",
        "ADD <http://e/> TO <http://f/>",
        r"L\u004FAD <http://127.0.0.1:1/>",
    ],
)
def test_updates_are_refused_by_name(update: str) -> None:
    with pytest.raises(QueryRefused, match="update"):
        gate.check(update)


def test_an_update_behind_a_query_is_no_query_to_the_engine() -> None:
    gate.check("SELECT * { } ; LOAD <http://127.0.0.1:1/>")
    with pytest.raises(SyntaxError):
        Store().query("SELECT * { } ; LOAD <http://127.0.0.1:1/>")


@pytest.mark.parametrize("query", ["", "#", "nonsense ::: ???", "SELECT * { ?s ?p ?o"])
def test_what_is_no_query_is_left_to_the_engine(query: str) -> None:
    gate.check(query)


def test_a_string_that_is_not_closed_is_an_error() -> None:
    with pytest.raises(QuerySyntaxError, match="character 18"):
        gate.check("SELECT * { ?s ?p 'service }")


def test_an_escape_beyond_unicode_is_left_to_the_engine() -> None:
    gate.check(r"SELECT * { ?s ?p '\UFFFFFFFF' }")


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?service " + "<" * 200_000,
        "SELECT * { ?service " + "<a" * 100_000,
        "SELECT * { ?service " + "<urn:a>" * 30_000 + " }",
        "SELECT * { ?service " + "ex:a..........b" * 15_000,
        "SELECT * { ?service " + "service: #\n" * 20_000,
        "SELECT * { ?service " + '""" """ ' * 30_000,
        "SELECT * { ?service " + "." * 200_000,
        "SELECT * { ?service " + r"\u0041" * 30_000,
    ],
)
def test_long_texts_take_a_time_in_proportion(text: str) -> None:
    gate.check(text)  # in quadratic time any of them would take minutes


PIECES = [
    "SERVICE", "SILENT", "service", " ", "\n", "#", "<", ">", "<http://127.0.0.1:1/>", "{", "}", "(", ")", "'", '"',
    "'''", '"""', "\\", "?a", "$s", "ex:", "ex:b", ":x", ".", ";", "true", "1", "a", "@en", "FILTER", "BIND", "AS",
    "_:b", "<<", ">>", "\\u0027", "?x ?y ?z", "{ ?x ?y ?z }", "OPTIONAL", "=", "&&", "-", "--ltr",
]  # fmt: skip


def test_no_scramble_of_tokens_gets_a_call_past_the_gate() -> None:
    """The engine is the oracle: what the gate lets through must not try to connect.

    Port 1 is one that the engine itself refuses, so that nothing leaves this machine.
    """
    store = Store()
    store.update("INSERT DATA { <http://e/a> <http://e/b> <http://e/c> }")
    prefix = "PREFIX : <http://127.0.0.1:1/> PREFIX ex: <http://127.0.0.1:1/> SELECT * { ?a ?b ?c . "
    chosen = random.Random(20180219)
    calls = 0
    for _ in range(60_000):
        body = "".join(chosen.choices(PIECES, k=chosen.randint(1, 7)))
        query = (
            f"{prefix}{body}SERVICE<http://127.0.0.1:1/>{{ ?x ?y ?z }}"
            if chosen.random() < 0.5
            else prefix + body
        )
        query += chosen.choice([" }", "'\n}", "#'''\n}", '#"""\n}'])
        try:
            store.query(query).serialize(format=QueryResultsFormat.CSV)  # type: ignore[arg-type]
        except (OSError, RuntimeError):
            calls += 1
            with pytest.raises(QueryError):
                gate.check(query)
        except SyntaxError:
            continue
    assert calls > 100


def test_tokens_are_as_long_as_they_can_be() -> None:
    text = """SELECT ?a{<urn:x> e:f.g "a}" @en # } '\n$b :c _:d 1}"""
    assert [(token.kind, token.text) for token in gate.tokens(text)] == [
        ("word", "SELECT"),
        ("variable", "?a"),
        ("other", "{"),
        ("iri", "<urn:x>"),
        ("name", "e:f.g"),
        ("string", '"a}"'),
        ("tag", "@en"),
        ("variable", "$b"),
        ("name", ":c"),
        ("name", "_:d"),
        ("other", "1"),
        ("other", "}"),
    ]
    assert all(text[token.start : token.end] == token.text for token in gate.tokens(text))
    with pytest.raises(QuerySyntaxError, match="character 5"):
        list(gate.tokens("ASK 'x"))


def test_an_update_may_run_where_it_reaches_out_to_nobody() -> None:
    gate.check_update("PREFIX load: <urn:l> INSERT DATA { load:a load:b 'LOAD <x>' } # LOAD")
    for text in ("LOAD <http://e/>", "CLEAR ALL;load<http://e/>", r"LO\u0041D <http://e/>", "LOADe:x"):
        with pytest.raises(QueryRefused, match="LOAD"):
            gate.check_update(text)
    with pytest.raises(QueryRefused, match="SERVICE"):
        gate.check_update("INSERT {} WHERE { SERVICE <http://e/> {} }")
    with pytest.raises(QuerySyntaxError, match="character 17"):
        gate.check_update("PREFIX load: <a>'x")
