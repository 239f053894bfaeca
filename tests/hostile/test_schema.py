"""schemathesis makes requests from the OpenAPI document, good and bad ones: every answer is one that the document tells of."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import hypothesis
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase
from schemathesis import Case, GenerationMode
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.hostile.conftest import Target
from tests.hostile.wire import LEAKS

EXAMPLES = int(os.environ.get("VERRE_TEST_EXAMPLES", "5"))
"""Requests for each operation, each kind of data and each asker; more make a longer run."""
FAULTS = {500, 502}
"""Documented, but never to be seen."""
CHECKS = [status_code_conformance, content_type_conformance, response_schema_conformance]
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY")


@dataclass
class Seen:
    """What came, and what should not have."""

    home: str
    counts: Counter[tuple[str, int]] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def look(self, case: Case[Any], answer: Any) -> None:
        """Holds one answer against the document."""
        code, raw = answer.status_code, answer.content
        self.counts[case.operation.label, code] += 1
        try:
            if case.method.lower() != "head":
                case.validate_response(answer, checks=CHECKS)
        except FailureGroup as group:
            self.wrong += [
                f"{case.operation.label} {code}: {each!s:.600}: {case.as_curl_command()!s:.600}"
                for each in group.exceptions
            ]
        if code in FAULTS or self.home.encode() in raw or (code >= 400 and LEAKS.search(raw)):
            self.wrong.append(
                f"{case.operation.label} {code}: {raw[:400]!r}: {case.as_curl_command()!s:.600}"
            )


def ask(
    operation: APIOperation[Any, Any, Any, Any], mode: GenerationMode, session: requests.Session, seen: Seen
) -> None:
    """Asks an operation with data that is good, or bad, as schemathesis draws it."""

    @hypothesis.seed(1)
    @hypothesis.settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @hypothesis.given(case=operation.as_strategy(generation_mode=mode))
    def one(case: Case[Any]) -> None:
        seen.look(case, case.call(session=session, timeout=30))

    try:
        one()
    except (hypothesis.errors.Unsatisfiable, hypothesis.errors.InvalidArgument):
        assert mode is GenerationMode.NEGATIVE, f"{operation.label}: no good request can be made"


@pytest.fixture
def session() -> Iterator[requests.Session]:
    with requests.Session() as made:
        yield made


def test_every_answer_is_one_that_the_document_tells_of(target: Target, session: requests.Session) -> None:
    schema = schemathesis.openapi.from_url(f"{target.server.url}/openapi.json")
    seen = Seen(str(target.server.home))
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    for headers in ({}, {"Authorization": f"Bearer {target.key}"}):
        session.headers.clear()
        session.headers.update(headers)
        for operation in operations:
            for mode in GenerationMode:
                ask(operation, mode, session, seen)
    told = "\n".join(f"{label} {code} {n}" for (label, code), n in sorted(seen.counts.items()))
    assert not seen.wrong, f"{len(seen.wrong)} wrong\n" + "\n".join(seen.wrong[:40]) + f"\n{told}"
    document = requests.get(f"{target.server.url}/openapi.json", timeout=30).json()["paths"]
    asked = {label for label, _ in seen.counts}
    assert asked == {f"{method.upper()} {path}" for path, methods in document.items() for method in methods}
    assert {code for _, code in seen.counts} >= {200, 400, 401, 404}


def test_other_methods_are_refused_with_those_that_are_there(target: Target) -> None:
    key = {"Authorization": f"Bearer {target.key}"}
    with target.server.client() as client:
        document = client.get("/openapi.json").json()
        for path, operations in document["paths"].items():
            url = (
                path.replace("{kind}", "source")
                .replace("{ref}", "s001")
                .replace("{name}", "counts")
                .replace("{path}", "source/s001")
            )
            known = {method.upper() for method in operations}
            for method in {*METHODS} - known - {"HEAD", "OPTIONS"}:
                refused(client.request(method, url, headers=key), known)


def refused(answer: httpx.Response, known: set[str]) -> None:
    assert answer.status_code in ((415, 501) if answer.request.method == "PATCH" else ()) + (405,), (
        str(answer.request.url),
        answer.request.method,
        answer.status_code,
    )
    assert answer.headers["content-type"] == "application/problem+json"
    if answer.status_code == 405:
        assert set(answer.headers["allow"].split(", ")) >= known
