"""The pages about accessibility and privacy say what this server does, as it is set up."""

from __future__ import annotations

import pytest

from api.pages.face import Face
from api.pages.views import notices
from graph.settings import Settings

NL = Face("nl")


def test_nobody_is_named_where_nobody_was() -> None:
    told = notices.contact(NL, Settings())
    assert "gaf hier geen adres op" in told
    assert "<code>VERRE_CONTACT</code>" in told


@pytest.mark.parametrize(
    ("who", "href"),
    [
        ("ann@example.org", 'href="mailto:ann@example.org"'),
        ("https://example.org/help", 'href="https://example.org/help" rel="external"'),
    ],
)
def test_an_address_is_a_link(who: str, href: str) -> None:
    assert f"<a {href}>{who}</a>" in notices.contact(NL, Settings(contact=who))


@pytest.mark.parametrize(
    "who", ["Ann, kamer 3", "javascript:alert(1)", "a@b.c?bcc=x@y.z", '"><script>alert(1)</script>@x.y']
)
def test_anything_else_is_text(who: str) -> None:
    told = notices.contact(NL, Settings(contact=who))
    assert "<" not in told.replace("&lt;", "")
    assert told.startswith("Contact: ")


def test_the_page_says_what_the_logs_hold() -> None:
    assert notices.kept(Settings()) == [
        "privacy.client.short",
        "privacy.queries.no",
        "privacy.sparql.no",
        "privacy.lookup.yes",
    ]
    open_book = Settings(log_clients="full", log_queries=True, audit_text=True)
    assert notices.kept(open_book)[:3] == ["privacy.client.full", "privacy.queries.yes", "privacy.sparql.yes"]
    assert notices.kept(Settings(audit="off", log_clients="none")) == [
        "privacy.client.none",
        "privacy.queries.no",
        "privacy.sparql.none",
    ]
    assert "privacy.sparql.none" in notices.kept(Settings(audit="writes"))
