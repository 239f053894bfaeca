"""What goes to the writing process and comes back is the same on both sides."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graph import errors
from graph.errors import InputError, Issue, StoreError, VerreError, WriteRefused
from graph.store import protocol
from graph.store.writes import Write, Written
from graph.store.writing import messages


@pytest.mark.parametrize(
    "write",
    [
        Write(
            "update",
            text="CLEAR ALL # é",
            using=("urn:a",),
            using_named=(),
            base_iri="urn:b",
            actor="k",
            timeout=1.5,
        ),
        Write("put", graph="urn:g", body=Path("/tmp/body"), media_type="text/turtle", lenient=True),
    ],
)
def test_a_write(write: Write) -> None:
    frame = messages.write_frame(write)
    assert frame[:1] == messages.WRITE
    assert messages.write_of(frame[protocol.HEADER.size :]) == write


def test_an_error_with_all_that_it_says() -> None:
    error = WriteRefused("no", issues=(Issue("a", "b", "c"), Issue("d", "e")), setting="VERRE_X")
    back = messages.raised(json.loads(json.dumps(messages.told(error))))
    assert (type(back), back.detail, back.issues, back.setting) == (
        WriteRefused,
        "no",
        error.issues,
        "VERRE_X",
    )


def test_every_error_of_the_tree_is_carried() -> None:
    kinds = [
        kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, VerreError)
    ]
    for kind in kinds:
        assert type(messages.raised(messages.told(kind("x")))) is kind


def test_an_error_of_elsewhere_is_one_of_the_store() -> None:
    class Other(VerreError):
        pass

    assert type(messages.raised(messages.told(Other("x")))) is StoreError


def test_an_outcome() -> None:
    done = Written("", created=True, added=3, removed=2, report=({"check": "x", "message": {"en": "y"}},))
    told = json.loads(json.dumps(messages.outcome(done)))
    assert messages.outcome_of(told, "000007") == Written(
        "000007", created=True, added=3, removed=2, report=done.report
    )
    failed = messages.outcome_of(messages.outcome(InputError("x")), "000007")
    assert isinstance(failed, InputError)
