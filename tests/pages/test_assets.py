"""The stylesheet: kept for a year under its hash, every class that pages use, contrast as the design has it."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest

from api.pages import assets

pytestmark = pytest.mark.anyio

FOLDER = Path(assets.__file__).parent
CSS = (FOLDER / "static" / "verre.css").read_text("utf-8")
WEB = Path(__file__).parents[2] / "web" / "src"
SHEETS = [*sorted((FOLDER / "static").glob("*.css")), *sorted(WEB.rglob("*.css"))]
EVERY = "\n".join(file.read_text("utf-8") for file in SHEETS)
TEMPLATES = "\n".join(file.read_text("utf-8") for file in sorted((FOLDER / "templates").iterdir()))

TEXT = {"ink": 7, "muted": 4.5, "accent": 4.5, "warn": 4.5}
MARKS = {
    "line": 3,
    "active": 3,
    "leading": 3,
    "gone": 3,
    "company": 3,
    "partner": 3,
    "person": 3,
    "market": 3,
    "mission": 3,
}


def tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z]+): (#[0-9a-f]{3,6})", block))


def themes() -> dict[str, dict[str, str]]:
    light, dark, paper = (tokens(block) for block in re.findall(r":root \{(.*?)\}", CSS, re.DOTALL))
    return {"light": light, "dark": light | dark, "paper": light | paper}


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(c * 2 for c in digits) if len(digits) == 3 else digits
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(a: str, b: str) -> float:
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark", "paper"])
@pytest.mark.parametrize(("token", "least"), (TEXT | MARKS).items())
def test_contrast(theme: str, token: str, least: float) -> None:
    colours = themes()[theme]
    for ground in ("ground", "raised") if token in TEXT else ("ground",):
        assert contrast(colours[token], colours[ground]) >= least, f"{token} on {ground} in {theme}"


def test_light_and_dark_have_the_same_tokens() -> None:
    light, dark, _ = (tokens(block) for block in re.findall(r":root \{(.*?)\}", CSS, re.DOTALL))
    assert set(light) == set(dark)


def test_nothing_is_loaded_from_anywhere() -> None:
    assert "url(" not in CSS
    assert "@import" not in CSS
    assert "http" not in CSS


def test_every_class_of_the_pages_has_its_rule() -> None:
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", " ", TEMPLATES, flags=re.DOTALL)
    named = {name for group in re.findall(r'class="([^"]*)"', text) for name in group.split()}
    ruled = set(re.findall(r"\.([a-z][a-z-]*)", EVERY))
    assert named - ruled == {"twin", "plain", "terms"} - ruled


def test_motion_only_where_it_is_wanted() -> None:
    assert "animation" not in EVERY
    assert "transition" not in EVERY


async def test_the_stylesheet_may_be_kept_for_a_year(client: httpx.AsyncClient) -> None:
    response = await client.get(assets.address("verre.css"))
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/css; charset=utf-8"
    assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert response.text == CSS


@pytest.mark.parametrize("file", ["verre.css", "verre.000000000000.css", "..%2F..%2Fpyproject.toml", "x"])
async def test_any_other_file_is_not_there(client: httpx.AsyncClient, file: str) -> None:
    response = await client.get(f"/static/{file}")
    assert response.status_code == 404


async def test_the_letters_are_ours(client: httpx.AsyncClient) -> None:
    address = assets.built("letters.css")
    assert address is not None, "web/ is not built: make test builds it"
    rules = (await client.get(address)).text
    named = re.findall(r"url\(([^)]*)\)", rules)
    assert len(named) == 4
    for path in named:
        response = await client.get(path)
        assert response.headers["content-type"] == "font/woff2"
        assert response.content[:4] == b"wOF2"
    family = re.search(r"font-family: '([^']+)'", rules)
    assert family is not None
    assert f'font-family: "{family[1]}"' in CSS
    page = (await client.get("/about")).text
    assert f'<link rel="stylesheet" href="{address}">' in page
    (early,) = re.findall(
        r'<link rel="preload" as="font" type="font/woff2" href="([^"]*)" crossorigin>', page
    )
    assert early in named


async def test_the_icon_is_ours(client: httpx.AsyncClient) -> None:
    response = await client.get(assets.address("verre.svg"))
    assert response.headers["content-type"] == "image/svg+xml"


async def test_an_older_page_is_told_to_load_again(client: httpx.AsyncClient) -> None:
    address = assets.address("verre.css")
    older = re.sub(r"[0-9a-f]{12}", "0" * 12, address)
    assert address != older
    assert "load the page again" in (await client.get(older)).text
    assert "load the page again" not in (await client.get("/static/other.css")).text


async def test_the_editor_is_served_as_a_script_of_ours(client: httpx.AsyncClient) -> None:
    address = assets.built("sparql.js")
    assert address is not None, "web/ is not built: make test builds it"
    response = await client.get(address)
    assert response.headers["content-type"] == "text/javascript; charset=utf-8"
    page = await client.get("/sparql")
    assert f'<script type="module" src="{address}"></script>' in page.text
    policy = page.headers["content-security-policy"]
    assert "script-src 'self'; connect-src 'self'" in policy
    assert "unsafe" not in policy
    assert "script-src" not in (await client.get("/about")).headers["content-security-policy"]


def test_a_page_does_without_what_is_not_built() -> None:
    assert assets.built("no-such.js") is None


async def test_the_name_of_a_file_follows_its_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    before = assets.address("verre.css")
    assert re.fullmatch(r"/static/verre\.[0-9a-f]{12}\.css", before)
    monkeypatch.setattr(assets, "_bytes", lambda name: b"body{}")
    assets.address.cache_clear()
    try:
        assert assets.address("verre.css") != before
    finally:
        assets.address.cache_clear()
