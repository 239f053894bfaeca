"""Names that nobody should trust are in every file as they are: one cell, one attribute, one text; nothing of them acts."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from xml.etree import ElementTree

import httpx
import openpyxl
import pytest

from tests.pages import html
from tests.pages.samples import HOSTILE, RTL

pytestmark = pytest.mark.anyio

MISSION = "/missions/plan/{}?market=JP&company=evil&lang=nl"
PAGES = (
    "/",
    "/network?of=evil",
    "/network?of=evil&depth=2",
    "/companies/evil/plan?market=JP",
    "/missions/plan?market=JP&company=evil",
    "/statistics",
)


def squeezed(text: str) -> str:
    """A text without the spaces and marks that drawing and reading may change."""
    return "".join(text.split())


@pytest.mark.parametrize("lang", ["nl", "en", "fr"])
@pytest.mark.parametrize("path", PAGES)
async def test_no_page_acts_on_a_name(client: httpx.AsyncClient, path: str, lang: str) -> None:
    response = await client.get(path, headers={"Accept-Language": lang})
    assert response.status_code == 200, response.text[:400]
    tree = html.parse(response.text)
    assert not list(html.every(tree, "img"))
    assert all(script.get("src", "").startswith("/static/") for script in html.every(tree, "script"))
    assert not [e for e in tree.iter() if any(name.startswith("on") for name in dict(e.attrib))]


@pytest.mark.parametrize("path", ["/v1/companies?q=script&format=csv", "/v1/exporters?market=JP&format=csv"])
async def test_csv_has_the_name_in_one_cell(client: httpx.AsyncClient, path: str) -> None:
    response = await client.get(path)
    cells = [cell for row in csv.reader(io.StringIO(response.text.lstrip("\ufeff"))) for cell in row]
    assert HOSTILE in cells


async def test_csv_keeps_what_turns_the_writing_round(client: httpx.AsyncClient) -> None:
    rows = csv.reader(
        io.StringIO((await client.get("/v1/companies?format=csv&q=bold")).text.lstrip("\ufeff"))
    )
    assert RTL in {cell for row in rows for cell in row}


def texts(book: bytes) -> Iterator[str]:
    """Every text of a workbook; a formula is a fault."""
    for sheet in openpyxl.load_workbook(io.BytesIO(book)).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", cell.coordinate
                if cell.value is not None:
                    yield str(cell.value)


@pytest.mark.parametrize(
    "path",
    [
        "/v1/companies?q=script&format=xlsx",
        "/v1/exporters?market=JP&format=xlsx",
        MISSION.format("participants.xlsx"),
    ],
)
async def test_a_workbook_has_the_name_in_one_cell(client: httpx.AsyncClient, path: str) -> None:
    response = await client.get(path)
    assert response.status_code == 200, response.text[:400]
    assert HOSTILE in set(texts(response.content))


@pytest.mark.parametrize(
    "path",
    [
        "/v1/network/neighbourhood?of=evil&format=gexf",
        "/v1/network/neighbourhood?of=evil&format=graphml",
        "/v1/network/neighbourhood?of=evil&format=svg",
        "/companies/evil/network.svg",
        MISSION.format("network.gexf"),
        MISSION.format("network.svg"),
    ],
)
async def test_a_network_in_xml_has_the_name_as_text(client: httpx.AsyncClient, path: str) -> None:
    response = await client.get(path)
    assert response.status_code == 200, response.text[:400]
    root = ElementTree.fromstring(response.content)  # noqa: S314 (made by ourselves)
    tags = {str(element.tag).rpartition("}")[2].lower() for element in root.iter()}
    assert not tags & {"script", "img", "image", "foreignobject", "a"}
    said = [text for e in root.iter() for text in (e.text or "", *e.attrib.values())]
    assert any(squeezed(HOSTILE) in squeezed(text) for text in said)
