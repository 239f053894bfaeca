"""`POST /v1/spreadsheets` and the page for it: a file in, proposals or the enriched file out, nothing kept."""

from __future__ import annotations

import base64
import csv
import io
import re
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import openpyxl
import pytest
from fastapi import FastAPI
from referencing import Registry, Resource

from api import openapi
from api.negotiation import XLSX
from graph.settings import Settings

pytestmark = pytest.mark.anyio

SHEET = "Firma;BTW;Bedrag\nEuropower;BE 0429.593.895;=1+1\nPunch Powertrian;;-5\nzzqqxx;0403.170.702;\n"
NOTES = 'Firma;Land\n"<script>alert(1)</script>";BE\nLuminex Network Intelligence;BE\n'


def files(text: str = SHEET, name: str = "leden.csv") -> dict[str, Any]:
    return {"file": (name, text.encode(), "text/csv")}


def left(settings: Settings) -> list[Path]:
    return [path for path in (settings.home / "uploads").rglob("*") if "pytest" not in path.name]


async def test_json_tells_every_row_and_fits_what_is_documented(
    client: httpx.AsyncClient, app: FastAPI, settings: Settings
) -> None:
    response = await client.post("/v1/spreadsheets", files=files(), data={"market": "CN, Vietnam"})
    assert response.status_code == 200, response.text
    assert response.headers["cache-control"] == "private, no-store"
    told = response.json()
    document = openapi.document(app)
    registry: Registry[Any] = Registry().with_resource("urn:doc", Resource.opaque(document))
    local = {"$ref": "urn:doc#/components/schemas/Spreadsheet"}
    jsonschema.Draft202012Validator(local, registry=registry).validate(told)
    assert told["counts"] == {"match": 1, "check": 1, "none": 1, "empty": 0}
    assert [each["field"] for each in told["columns"]] == ["name", "enterpriseNumber"]
    sure, near, none = told["rows"]
    assert sure["candidates"][0]["id"] == "organization/be/0429593895"
    assert sure["enterpriseNumber"] == "0429.593.895"
    assert near["candidates"][0]["name"] == "Punch Powertrain"
    assert none["problems"][0]["place"] == "leden.csv, sheet leden, row 4, column BTW"
    assert left(settings) == []


async def test_a_status_in_a_market_has_its_code(client: httpx.AsyncClient) -> None:
    sent = files("Firma\nLuminex Network Intelligence\n")
    told = (await client.post("/v1/spreadsheets", files=sent, data={"market": ["CN", "Japan"]})).json()
    assert told["rows"][0]["markets"] == {"CN": "wants to sell", "JP": "leading"}
    assert told["rows"][0]["targets"]


async def test_a_workbook_comes_back_with_the_same_columns(client: httpx.AsyncClient, tmp_path: Path) -> None:
    response = await client.post("/v1/spreadsheets?format=xlsx", files=files())
    assert response.headers["content-type"] == XLSX.media_type
    assert "filename*=UTF-8''leden-verre.xlsx" in response.headers["content-disposition"]
    path = tmp_path / "x.xlsx"
    path.write_bytes(response.content)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    back = [[cell.value for cell in row[:3]] for row in sheet.iter_rows()]
    assert back[1:] == [
        ["Europower", "BE 0429.593.895", "=1+1"],
        ["Punch Powertrian", None, "-5"],
        ["zzqqxx", "0403.170.702", None],
    ]
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


@pytest.mark.parametrize("kind", ["text/csv", XLSX.media_type])
async def test_the_file_itself_may_be_the_body(client: httpx.AsyncClient, kind: str, tmp_path: Path) -> None:
    raw = SHEET.encode()
    if kind == XLSX.media_type:
        book = openpyxl.Workbook()
        for line in SHEET.splitlines():
            book.worksheets[0].append(line.split(";"))
        book.save(tmp_path / "a.xlsx")
        raw = (tmp_path / "a.xlsx").read_bytes()
    response = await client.post(
        "/v1/spreadsheets?lang=fr&column=country=",
        content=raw,
        headers={"Content-Type": kind, "Accept": "text/csv"},
    )
    assert response.status_code == 200, response.text
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0][3] == "Verre : résultat"
    assert rows[1][2:4] == ["'=1+1", "sûr"]


@pytest.mark.parametrize(
    ("more", "status", "name"),
    [
        ({"data": {"file": "no file"}}, 415, "Content-Type"),
        ({"files": [("a", ("a.csv", b"x")), ("b", ("b.csv", b"x"))]}, 400, "file"),
        ({"files": {"file": ("", b"", "text/csv")}}, 400, "file"),
        ({"files": files("Bedrag\n1\n")}, 400, "column"),
        ({"files": files(), "data": {"column": "naam=A"}}, 400, "column"),
        ({"files": files(), "data": {"market": "Atlantis"}}, 400, "market"),
        ({"files": files(), "data": {"market": "x" * 3000}}, 400, "market"),
        ({"files": files("\0\1", "photo.png")}, 422, "photo.png"),
        ({"content": b"--x", "headers": {"Content-Type": "multipart/form-data; boundary=x"}}, 400, "file"),
        ({"json": {}}, 415, "Content-Type"),
    ],
)
async def test_what_cannot_be_used_is_refused_by_name_and_nothing_stays(
    client: httpx.AsyncClient, settings: Settings, more: dict[str, Any], status: int, name: str
) -> None:
    response = await client.post("/v1/spreadsheets", **more)
    assert response.status_code == status, response.text
    assert response.json()["issues"][0]["name"] == name
    assert left(settings) == []


async def test_each_limit_names_its_setting(
    app: FastAPI, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = app.state.services
    for setting, value, status in (("spreadsheet_rows", 2, 422), ("spreadsheet_bytes", 20, 422)):
        small = services.settings.model_copy(update={setting: value})
        monkeypatch.setattr(services, "settings", small)
        response = await client.post("/v1/spreadsheets", files=files())
        assert (response.status_code, response.json()["setting"]) == (status, f"VERRE_{setting.upper()}")
    raw = await client.post("/v1/spreadsheets", content=SHEET.encode(), headers={"Content-Type": "text/csv"})
    assert (raw.status_code, raw.json()["setting"]) == (413, "VERRE_SPREADSHEET_BYTES")


async def test_a_sheet_without_headings_may_have_no_row_too_many(
    app: FastAPI, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = app.state.services
    monkeypatch.setattr(services, "settings", services.settings.model_copy(update={"spreadsheet_rows": 2}))
    text = "Acme,0429593895\nBeta,0403170701\nGamma,0648896643\n"
    response = await client.post("/v1/spreadsheets", files=files(text))
    assert (response.status_code, response.json()["setting"]) == (400, "VERRE_SPREADSHEET_ROWS")


@pytest.mark.parametrize("lang", ["nl", "en", "fr"])
async def test_the_page_shows_proposals_and_holds_the_workbook(
    client: httpx.AsyncClient, settings: Settings, tmp_path: Path, lang: str
) -> None:
    headers = {"Accept": "text/html", "Accept-Language": lang}
    form = await client.get("/match", headers=headers)
    assert 'enctype="multipart/form-data"' in form.text
    response = await client.post("/match", files=files(NOTES), headers=headers)
    assert response.status_code == 200, response.text
    assert response.headers["cache-control"] == "private, no-store"
    assert "<script" not in response.text
    assert "&lt;script&gt;alert(1)" in response.text
    assert 'href="/companies/x/luminex' in response.text
    found = re.search(r'download="leden-verre.xlsx"', response.text)
    assert found is not None
    packed = re.search(rf'href="data:{re.escape(XLSX.media_type)};base64,([A-Za-z0-9+/=]+)"', response.text)
    assert packed is not None
    path = tmp_path / "x.xlsx"
    path.write_bytes(base64.b64decode(packed[1]))
    assert openpyxl.load_workbook(path).worksheets[0]["A3"].value == "Luminex Network Intelligence"
    assert left(settings) == []


async def test_the_page_tells_groups_twins_problems_and_what_it_does_not_show(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.pages.routes_match.SHOWN", 4)
    names = ["Punch Powertrain", "Yinyi Group", "punch powertrain nv", "Lang" * 40, "Luminex"]
    text = "Firma;BTW\n" + "".join(f"{name};\n" for name in names) + ";0403.170.702\n"
    page = (await client.post("/match", files=files(text), headers={"Accept": "text/html"})).text
    assert "3 rows belong to" in page
    assert "check digits" in page
    assert "And 2 rows more" in page


async def test_an_error_on_the_page_is_a_page(client: httpx.AsyncClient) -> None:
    refused = await client.post("/match", files=files("", "a.csv"), headers={"Accept": "text/html"})
    assert refused.status_code == 422
    assert refused.headers["content-type"].startswith("text/html")
    assert "a.csv" in refused.text
