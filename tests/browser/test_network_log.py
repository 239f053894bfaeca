"""The log that the run prints: what is ours, what is not, and what was broken."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.browser import network_log
from tests.browser.conftest import Watch


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("http://127.0.0.1:1/static/x.js", "/static/"),
        ("http://127.0.0.1:1/v1/search?q=x", "/v1/"),
        ("http://127.0.0.1:1/companies/v1/", "pages and their files"),
        ("blob:http://127.0.0.1:1/x", "blob:"),
    ],
)
def test_addresses_are_told_apart(url: str, kind: str) -> None:
    assert network_log.kind_of(url) == kind


def test_the_log_tells_of_strays_and_faults(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: Counter[str] = Counter()
    monkeypatch.setattr(network_log, "_asked", seen)
    watch = Watch("127.0.0.1:1")
    for url in ("http://127.0.0.1:1/", "http://127.0.0.1:1/static/a.css", "https://elsewhere.example/x.js"):
        watch.note(url)
    watch.broke("Refused: Content Security Policy")
    assert watch.strays == ["https://elsewhere.example/x.js"]
    text = "\n".join(network_log.told(seen))
    assert "2 requests to the server" in text
    assert "1 requests to any other host" in text
    assert "1 violations" in text
    with pytest.raises(AssertionError):
        watch.clean()
