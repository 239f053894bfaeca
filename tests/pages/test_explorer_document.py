"""docs/explorer.md: what it leads to is there."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest

from tests.pages.test_pages import DOCUMENTS

pytestmark = pytest.mark.anyio

TEXT = (Path(__file__).parents[2] / "docs" / "explorer.md").read_text("utf-8")
ADDRESSES = re.findall(r"\]\(http://127\.0\.0\.1:8000(/[^)]*)\)", TEXT)


async def test_every_address_of_the_document_answers(client: httpx.AsyncClient) -> None:
    assert {address.partition("?")[0] for address in ADDRESSES} >= {
        "/",
        "/network",
        "/missions/plan",
        "/sparql",
    }
    for address in ADDRESSES:
        if not DOCUMENTS.search(address):
            answer = await client.get(address, headers={"Accept": "text/html,*/*;q=0.8"})
            assert answer.status_code == 200, address


def test_its_pictures_are_png() -> None:
    pictures = re.findall(r"!\[[^]]+\]\((pictures/[^)]+)\)", TEXT)
    assert len(pictures) >= 6
    for picture in pictures:
        head = (Path(__file__).parents[2] / "docs" / picture).read_bytes()[:8]
        assert head == b"\x89PNG\r\n\x1a\n", picture
