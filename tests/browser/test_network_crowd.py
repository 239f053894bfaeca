"""2,000 names and 5,000 relations at once: how many frames a second a browser without a window draws, and how large the script is."""

from __future__ import annotations

import gzip
import json
import random
from itertools import cycle, islice
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Watch

pytestmark = pytest.mark.xdist_group("browser")

NAMES, RELATIONS = 2_000, 5_000
STEPS = 90
KINDS = ("company", "foreign-partner", "person", "subsidiary", "market", "mission")
TIES = ("partnership", "ownership", "membership", "engagement")

MOVE = """async ([steps, what]) => {
  const { picture } = document.querySelector('#net-stage').verre;
  const { cy } = picture;
  let frames = 0;
  cy.on('render', () => { frames += 1; });
  const began = performance.now();
  for (let step = 0; step < steps; step += 1) {
    if (what === 'pan') cy.panBy({ x: 7 * Math.sin(step / 9), y: 7 * Math.cos(step / 9) });
    else cy.zoom({ level: cy.zoom() * (step % 60 < 30 ? 1.03 : 1 / 1.03), renderedPosition: { x: 300, y: 300 } });
    await new Promise(requestAnimationFrame);
  }
  const seconds = (performance.now() - began) / 1000;
  cy.removeListener('render');
  return { frames, seconds };
}"""
INKED = """() => {
  const canvas = document.querySelector('.net-marks');
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  let inked = 0;
  for (let place = 3; place < data.length; place += 4) if (data[place]) inked += 1;
  return inked / (data.length / 4);
}"""


def crowd() -> str:
    """A network of so many, the same each time: a tree with more relations between any two."""
    chance = random.Random(7)
    nodes: list[dict[str, Any]] = [
        {
            "id": f"https://x.test/{n}",
            "ref": f"n{n}",
            "label": f"Bedrijf {n} van Limburg",
            "kind": kind,
            "depth": 1,
        }
        for n, kind in enumerate(islice(cycle(KINDS), NAMES))
    ]
    edges = []
    for n in range(RELATIONS):
        a = n + 1 if n < NAMES - 1 else chance.randrange(NAMES)
        b = chance.randrange(a) if a else 1
        kind = TIES[n % 4]
        tie: dict[str, Any] = {
            "source": nodes[a]["id"],
            "target": nodes[b]["id"],
            "key": f"k{n}",
            "kind": kind,
        }
        tie |= {"label": kind, "weight": 0.5, "ended": n % 9 == 0, "dateUnknown": True, "sources": []}
        edges.append(
            tie | ({"status": "targets" if n % 8 == 3 else "active"} if kind == "engagement" else {})
        )
    graph = {"starts": [nodes[0]["id"]], "truncated": False, "day": "2026-06-01", "release": "1"}
    return json.dumps({"graph": graph, "nodes": nodes, "edges": edges})


def test_two_thousand_names_stay_smooth(page: Page, pictures: Path) -> None:
    headers = {"Content-Type": "application/json"}
    page.route("**/v1/network/view*", lambda route: route.fulfill(body=crowd(), headers=headers))
    page.goto("/network?of=luminex")
    expect(page.locator("#net-status")).to_contain_text("Placing 2,000 names")
    expect(page.locator("#net-status")).to_have_text("", timeout=90_000)
    shown = page.evaluate("document.querySelector('#net-stage').verre.picture.cy.elements().length")
    assert shown > NAMES + 4_900  # two of one pair are one line
    for what, zoom in (("pan", 0.0), ("zoom", 0.0), ("pan", 0.8)):
        if zoom:
            page.evaluate(f"document.querySelector('#net-stage').verre.picture.cy.zoom({zoom})")
            page.wait_for_timeout(300)
        told = page.evaluate(MOVE, [STEPS, what])
        rate = told["frames"] / told["seconds"]
        at = f"at {zoom}" if zoom else "all of it in sight"
        print(f"{NAMES:,} names, {RELATIONS:,} relations, {what}, {at}: {rate:.0f} frames a second")  # noqa: T201
        assert told["frames"] >= STEPS * 0.9
        assert page.evaluate(INKED) > 0.02
    page.screenshot(path=pictures / "network-crowd.png")
    page.locator("#net-stage").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#net-panel h2")).to_have_text("Bedrijf 0 van Limburg")


def test_the_script_stays_small(page: Page, watch: Watch) -> None:
    page.goto("/network?of=luminex")
    scripts = {path for path in watch.asked if urlsplit(path).path.endswith(".js")}
    sizes = {path.rpartition("/")[2]: len(gzip.compress(httpx.get(path).content)) for path in scripts}
    print(f"JavaScript of /network, compressed: {sizes}")  # noqa: T201
    assert 0 < sum(sizes.values()) < 250_000
