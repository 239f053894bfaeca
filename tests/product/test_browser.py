"""Pages in a real browser: they load, show what they should, and ask nobody else for anything."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.product.conftest import Server

pytestmark = pytest.mark.xdist_group("product")

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    # Nothing but this machine has an address: a page that asked somebody else would show it.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser; under CI its absence is a failure."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None and os.environ.get("CI"):
        pytest.fail("CI needs Chromium (Debian: chromium)")
    if found is None:
        pytest.skip("Chromium is not installed: pages were not looked at in a browser")
    return found


def _open(chromium: str, url: str, folder: Path, *flags: str) -> str:
    done = subprocess.run(
        [chromium, *FLAGS, f"--user-data-dir={folder / 'profile'}", "--enable-logging=stderr", *flags, url],
        capture_output=True,
        timeout=120,
        check=False,
    )
    log = done.stderr.decode(errors="replace")
    blocked = [line for line in log.splitlines() if "Content Security Policy" in line or "CONSOLE" in line]
    assert blocked == []
    return done.stdout.decode()


def test_a_newcomer_sees_luminex_its_branch_its_targets_and_the_article(
    chromium: str, server: Server, tmp_path: Path
) -> None:
    page = _open(chromium, f"{server.url}/companies/luminex?lang=nl", tmp_path, "--dump-dom")
    text = re.sub(r"<[^>]+>", " ", page)
    for words in ("Luminex", "Tokyo", "China", "Thailand", "Vietnam", "Zuid-Korea", "Het Belang van Limburg"):
        assert words in text
    assert "<svg" in page
    assert "<script" not in page


@pytest.mark.parametrize(
    "path", ["/", "/exporters?market=CN", "/markets/JP", "/missions/m-japan", "/statistics"]
)
def test_pages_draw_within_the_policy(chromium: str, server: Server, tmp_path: Path, path: str) -> None:
    picture = tmp_path / "page.png"
    _open(chromium, server.url + path, tmp_path, f"--screenshot={picture}", "--window-size=1280,1600")
    assert picture.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    assert picture.stat().st_size > 20_000


def test_a_page_prints(chromium: str, server: Server, tmp_path: Path) -> None:
    paper = tmp_path / "page.pdf"
    _open(chromium, f"{server.url}/companies/luminex", tmp_path, f"--print-to-pdf={paper}")
    assert paper.read_bytes()[:5] == b"%PDF-"
