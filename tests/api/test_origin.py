"""Where the server is, as its client sees it."""

from __future__ import annotations

import pytest

from api.origin import address, origin
from tests.api.requests import request

BASE = "https://w3id.org/verre/"


@pytest.mark.parametrize("host", ["localhost:8000", "verre.example.org", "[::1]:8000", "127.0.0.1"])
def test_the_host_that_the_client_named(host: str) -> None:
    sent = request(headers={"Host": host})
    assert origin(sent) == f"http://{host}"
    assert address(sent, BASE, "/store/a%20b") == f"http://{host}/store/a%20b"


@pytest.mark.parametrize("host", ["a b", "x/y", "<script>", "h:999999", ""])
def test_a_host_that_can_be_none_is_not_repeated(host: str) -> None:
    sent = request(headers={"Host": host})
    assert origin(sent) == ""
    assert address(sent, BASE, "/sparql") == "https://w3id.org/verre/sparql"
