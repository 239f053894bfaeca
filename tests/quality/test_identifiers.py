"""The check digits of LEIs; those of enterprise numbers are a shape's."""

from collections.abc import Callable

import pytest

from graph.quality.identifiers import wrong_check_digits
from graph.store.view import GraphView

TEXT = """
@prefix adms: <http://www.w3.org/ns/adms#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix verre: <https://w3id.org/verre/ns#> . @prefix id: <https://example.org/id/> .
{subject} a adms:Identifier ; skos:notation "{number}" ; verre:scheme <https://example.org/id/scheme/{scheme}> .
"""


@pytest.mark.parametrize(
    ("subject", "number", "scheme", "found"),
    [
        ("id:x", "529900GRZ2BQY5ZM9N49", "xi-lei", []),
        ("id:x", "529900GRZ2BQY5ZM9N94", "xi-lei", ["529900GRZ2BQY5ZM9N94"]),
        ("id:x", "925900GRZ2BQY5ZM9N49", "xi-lei", ["925900GRZ2BQY5ZM9N49"]),
        ("id:x", "529900GRZ2BQY5ZM9N94", "be-bce_kbo", []),
        ("id:x", "too short", "xi-lei", []),
        ("_:x", "529900GRZ2BQY5ZM9N94", "xi-lei", []),
    ],
    ids=["right", "check digits swapped", "first digits swapped", "another register", "the shape's", "blank"],
)
def test_only_leis_of_the_right_form_with_wrong_digits_are_found(
    view_with: Callable[[str], GraphView], subject: str, number: str, scheme: str, found: list[str]
) -> None:
    view = view_with(TEXT.format(subject=subject, number=number, scheme=scheme))
    assert [finding.value for finding in wrong_check_digits(view)] == found
