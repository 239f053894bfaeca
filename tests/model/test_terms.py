"""Reading Turtle through the one door to the engine."""

import pytest

from graph.model.namespaces import RDFS, VERRE
from graph.model.terms import Literal, Triple, parse_turtle


def test_turtle_is_read_as_triples() -> None:
    text = b'@prefix v: <https://w3id.org/verre/ns#> . @prefix r: <http://www.w3.org/2000/01/rdf-schema#> . v:x r:label "y"@nl .'
    assert list(parse_turtle(text)) == [Triple(VERRE.x, RDFS.label, Literal("y", language="nl"))]


def test_what_is_no_turtle_is_an_error_that_knows_its_line() -> None:
    with pytest.raises(SyntaxError) as caught:
        list(parse_turtle(b"\n\nnot turtle at all"))
    assert caught.value.lineno == 3
