"""What the pages say: wanting is not doing, every fact has its source, what is over looks over."""

from __future__ import annotations

import re
from urllib.parse import quote

import httpx
import pytest

from api.pages.views import filters
from tests.pages import html
from tests.pages.html import Element, every, marks, parse, words

pytestmark = pytest.mark.anyio


async def page(client: httpx.AsyncClient, path: str) -> Element:
    response = await client.get(path)
    assert response.status_code == 200, response.text
    return parse(response.text)


def rows_of(tree: Element, name: str) -> list[Element]:
    """The rows of the group whose head names a company or market."""
    return [
        row
        for body in every(tree, "tbody")
        if any(words(head).startswith(name) for head in every(body, "th"))
        for row in every(body, "tr")
    ]


FOUR = "/exporters?market=CN&market=TH&market=VN&market=KR"


async def test_the_sentence_that_the_filters_make(client: httpx.AsyncClient) -> None:
    tree = await page(client, FOUR + "&area=limburg&lang=en")
    sentence = words(html.one(tree, "h1"))
    assert sentence.startswith(
        "Companies of Limburg that export or want to export to China, Thailand, Vietnam or South Korea:"
    )


async def test_luminex_wants_and_does_not_yet(client: httpx.AsyncClient) -> None:
    rows = rows_of(await page(client, FOUR), "Luminex")
    assert len(rows) == 4
    for row in rows:
        assert marks(row) == ["ring"]
        assert "wil exporteren" in words(row)
        assert "Het Belang van Limburg, 19 februari 2018" in words(row)


async def test_who_exports_has_a_filled_mark(client: httpx.AsyncClient) -> None:
    (row,) = rows_of(await page(client, "/exporters?market=CN"), "Punch Powertrain")
    assert marks(row) == ["disc"]


async def test_what_is_over_is_struck_through_and_said(client: httpx.AsyncClient) -> None:
    assert not rows_of(await page(client, "/exporters?market=KR"), "Punch Powertrain")
    (row,) = rows_of(await page(client, "/exporters?market=KR&includeEnded=true"), "Punch Powertrain")
    assert marks(row) == ["gone"]
    assert "beëindigd" in words(row)
    assert [words(s) for s in every(row, "s")] == ["exporteert"]


async def test_a_region_says_that_it_is_one(client: httpx.AsyncClient) -> None:
    (row,) = rows_of(await page(client, "/exporters?market=SG"), "Plastiflex")
    assert "alleen bekend voor Azië" in words(row)
    tree = await page(client, "/markets/SG")
    assert "Alleen bekend voor een ruimere regio" in words(tree)


async def test_every_row_of_exporters_names_a_source_or_says_what_it_is_known_for(
    client: httpx.AsyncClient,
) -> None:
    tree = await page(client, "/exporters?pageSize=200")
    rows = [row for body in every(tree, "tbody") for row in every(body, "tr")]
    assert len(rows) > 100
    for row in rows:
        assert any("/sources/" in href for href in html.links(row)), words(row)


async def test_undated_facts_look_undated(client: httpx.AsyncClient) -> None:
    (row, *_) = rows_of(await page(client, FOUR), "Luminex")
    (undated,) = [e for e in row.iter() if e.get("class") == "undated"]
    assert words(undated) == "zonder datum"
    assert "vermeld: 19 februari 2018" in words(row)


async def test_agreeing_sources_are_no_contradiction(client: httpx.AsyncClient) -> None:
    tree = await page(client, "/companies/luminex")
    assert "bronnen spreken elkaar tegen" not in words(tree)


async def test_luminex_head_family_and_people(client: httpx.AsyncClient) -> None:
    tree = await page(client, "/companies/luminex")
    text = words(html.one(tree, "main"))
    assert "Luminex Network Intelligence exporteert naar Japan, een topmarkt" in text
    assert "wil exporteren naar China, Thailand, Vietnam en Zuid-Korea." in text
    tokyo = next(row for row in every(tree, "tr") if words(row).startswith("Luminex branch in Tokyo"))
    assert "vestiging Japan" in words(tokyo)
    assert "sinds 2018" in words(tokyo)
    assert any("CEO" in words(row) for row in rows_of(tree, "Bart Swinnen"))


async def test_partners_are_told_from_the_side_of_the_company(client: httpx.AsyncClient) -> None:
    (row, over) = rows_of(await page(client, "/companies/evil"), "\u202eevil")[:2]
    assert [words(s) for s in every(row, "s")] == []
    assert len(list(every(over, "s"))) == 1
    mirrored = rows_of(await page(client, "/companies/rtl"), '">')
    assert "\u202eevil\u202c שלום <b>bold</b> is " in words(mirrored[0])


async def test_the_network_has_a_table_twin(client: httpx.AsyncClient) -> None:
    tree = await page(client, "/companies/luminex")
    (picture,) = [
        e for e in tree.iter(f"{html.SVG}svg") if "net" in e.get("class", "") and e.get("role") == "img"
    ]
    drawn = " ".join("".join(text.itertext()) for text in picture.iter(f"{html.SVG}text"))
    (twin,) = [
        t for t in every(tree, "table") if words(next(every(t, "caption"))).startswith("Dezelfde banden")
    ]
    for name in ("China", "Japan", "Zuid-Korea", "Bart Swinnen"):
        assert name in drawn
        assert name in words(twin)
    assert all(any("/sources/" in href for href in html.links(row)) for row in list(every(twin, "tr"))[1:])


async def test_what_is_over_is_over_in_the_network_too(client: httpx.AsyncClient) -> None:
    tree = await page(client, "/companies/punch-powertrain")
    rows = [row for row in every(tree, "tr") if "Zuid-Korea" in words(row) and "gone" in marks(row)]
    assert len(rows) == 2  # the statement, and the line of the network
    (word,) = [t for t in tree.iter(f"{html.SVG}text") if t.get("text-decoration") and t.text == "exporteert"]
    assert word.get("text-decoration") == "line-through"


async def test_the_home_page_counts_and_asks(client: httpx.AsyncClient) -> None:
    tree = await page(client, "/")
    (found,) = re.findall(r"^(\d+) bedrijven, \d+ landen, 170 bronnen\.$", words(html.one(tree, "h1")))
    links = html.links(html.one(tree, "main"))
    listed = words(html.one(await page(client, "/companies?kind=company"), "h1"))
    assert listed == f"{found} organisaties"
    surely = "/companies?kind=company&area=limburg&areaMembership=yes"
    assert surely in links
    (known,) = re.findall(r"(\d+) van de bedrijven liggen zeker in Limburg; van de andere zegt", words(tree))
    assert words(html.one(await page(client, surely), "h1")) == f"{known} organisaties"
    assert int(known) < int(found)
    assert "/exporters?market=CN&market=TH&market=VN&market=KR" in links
    assert "/markets/JP" in links
    assert any(href.startswith("/exporters?market=CN&status=active") for href in links)


async def test_the_certificates_have_a_gap_and_a_source(client: httpx.AsyncClient) -> None:
    tree = await page(client, "/statistics")
    charts = [e for e in tree.iter(f"{html.SVG}svg") if e.get("role") == "img"]
    assert [chart.get("class") for chart in charts] == ["picture wide", "picture narrow"]
    wide = charts[0]
    assert len(list(wide.iter(f"{html.SVG}polyline"))) == 2
    told = [t.text for t in wide.iter(f"{html.SVG}text")]
    assert "aantal certificaten per jaar" in told
    assert "geen bron" in told
    assert told.count("24.456") == 1
    assert "2014" not in told
    assert "Het Belang van Limburg, 19 februari 2018" in words(next(every(tree, "figcaption")))


async def test_figures_keep_unit_precision_and_source(client: httpx.AsyncClient) -> None:
    rows = [words(row) for row in every(await page(client, "/statistics"), "tr") if "2017" in words(row)]
    assert any("22.816 +13,43%" in row for row in rows)
    assert any("iets meer dan 865 miljoen euro +6,73%" in row for row in rows)
    assert any("China bijna 12%" in row for row in rows)


async def test_a_source_says_its_facts_in_sentences(client: httpx.AsyncClient) -> None:
    text = words(html.one(await page(client, "/sources/s001"), "main"))
    assert "Luminex Network Intelligence wil exporteren naar Vietnam" in text
    assert "Luminex Network Intelligence exporteert naar Japan, een topmarkt" in text
    assert "iets meer dan 865 miljoen euro" in text
    whole = await client.get("/graph/source/s001?format=ttl")
    assert "/graph/source/s001?format=ttl" in html.links(await page(client, "/sources/s001"))
    assert "Bart Swinnen" in whole.text


async def test_worries_and_plans_of_the_chamber(client: httpx.AsyncClient) -> None:
    text = words(html.one(await page(client, "/companies/voka-limburg"), "main"))
    for words_of in ("SALVO-actieplan", "De juiste mensen vinden", "Een exportplan opstellen"):
        assert words_of in text


async def test_texts_in_another_language_say_so(client: httpx.AsyncClient) -> None:
    tree = await page(client, "/sources?lang=fr")
    dutch = [a for a in every(tree, "a") if a.get("lang") == "nl" and "/sources/" in a.get("href", "")]
    assert dutch
    company = await page(client, "/companies/luminex?lang=nl")
    notes = [e for e in every(company, "p") if words(e) == "Long one of the best export markets"]
    assert [note.get("lang") for note in notes] == ["en"]


async def test_a_mission_tells_who_stands_there(client: httpx.AsyncClient) -> None:
    text = words(html.one(await page(client, "/missions/m-japan"), "main"))
    assert "5 december 2022 tot 9 december 2022" in text
    assert "Wie vandaag naar dezelfde markten zou kunnen gaan" in text
    assert "575" in text


async def test_an_empty_answer_says_so_and_helps(client: httpx.AsyncClient) -> None:
    tree = await page(client, "/exporters?market=JP&q=zzzz")
    assert "Geen enkele bron noemt zo’n bedrijf." in words(tree)
    assert "/exporters?market=JP" in html.links(html.one(tree, "main"))


async def test_filters_keep_what_was_chosen(client: httpx.AsyncClient) -> None:
    tree = await page(client, "/exporters?market=CN&status=targets&partnerCountry=JP&includeEnded=true")
    checked = {(e.get("name"), e.get("value")) for e in every(tree, "input") if e.get("checked") is not None}
    assert checked == {
        ("market", "CN"),
        ("status", "targets"),
        ("partnerCountry", "JP"),
        ("includeEnded", "true"),
    }
    tree = await page(client, "/exporters?market=CN&sort=-name&pageSize=20")
    hidden = {(e.get("name"), e.get("value")) for e in every(tree, "input") if e.get("type") == "hidden"}
    assert hidden == {("sort", "-name"), ("pageSize", "20")}


async def test_every_filter_counts_before_one_clicks(client: httpx.AsyncClient) -> None:
    """The number beside a box is the number in the sentence of the page that it leads to."""
    tree = await page(client, "/exporters?market=ASIA")
    counted: dict[str, list[tuple[str, str]]] = {}
    for label in every(tree, "label"):
        for box in (e for e in every(label, "input") if e.get("type") == "checkbox"):
            (count,) = (words(e) for e in every(label, "span") if e.get("class") == "count")
            counted.setdefault(box.get("name", ""), []).append((box.get("value", ""), count))
    assert set(counted) == {*filters.BOXES, "includeEnded"}
    for name, values in counted.items():
        value, count = values[0] if name != "market" else ("ASIA", dict(values)["ASIA"])
        found = await page(client, f"/exporters?market=ASIA&{name}={quote(value)}")
        assert words(html.one(found, "h1")).rpartition(": ")[2] == count, (name, value)


async def test_what_is_chosen_can_be_taken_away_one_by_one(client: httpx.AsyncClient) -> None:
    tree = await page(client, "/exporters?market=Japan&hasPresenceIn=JP&asOf=2018-02-19&sort=name")
    (tags,) = (e for e in every(tree, "ul") if e.get("class") == "tags")
    assert html.links(tags) == [
        "/exporters?hasPresenceIn=JP&asOf=2018-02-19&sort=name",
        "/exporters?market=Japan&asOf=2018-02-19&sort=name",
        "/exporters?market=Japan&hasPresenceIn=JP&sort=name",
    ]
    assert "zoals op 19 februari 2018" in words(html.one(tree, "h1"))


async def test_columns_sort_and_say_so(client: httpx.AsyncClient) -> None:
    tree = await page(client, "/exporters?market=CN&sort=-name")
    heads = [e for e in every(tree, "th") if e.get("scope") == "rowgroup"]
    names = [words(next(every(head, "a"))) for head in heads]
    assert names == sorted(names, key=str.casefold, reverse=True)
    assert len(names) > 3
    assert [e.get("aria-sort") for e in every(tree, "th") if e.get("aria-sort")] == ["descending"]


async def test_an_empty_field_of_the_form_leaves_no_trace_in_the_address(client: httpx.AsyncClient) -> None:
    response = await client.get("/exporters?market=&market=Japan&q=&lang=fr")
    assert (response.status_code, response.headers["location"]) == (303, "/exporters?market=Japan&lang=fr")
    response = await client.get("/exporters?market=&q=")
    assert (response.status_code, response.headers["location"]) == (303, "/exporters")


async def test_lists_have_pages(client: httpx.AsyncClient) -> None:
    first = await page(client, "/companies?pageSize=50")
    assert "/companies?pageSize=50&page=2" in html.links(first)
    second = await page(client, "/companies?pageSize=50&page=2")
    assert "/companies?pageSize=50" in html.links(second)
    assert "51 tot 100 van" in words(second)


async def test_another_spelling_leads_to_the_page(client: httpx.AsyncClient) -> None:
    for path, target in (
        ("/companies/x/luminex?lang=fr", "/companies/luminex?lang=fr"),
        ("/companies/x/luminex/network.svg", "/companies/luminex/network.svg"),
        ("/markets/Zuid-Korea", "/markets/KR"),
        ("/markets/chn", "/markets/CN"),
    ):
        response = await client.get(path)
        assert (response.status_code, response.headers["location"]) == (308, target)


async def test_search_finds_kinds_of_things(client: httpx.AsyncClient) -> None:
    tree = await page(client, "/search?q=luminex")
    assert "/companies/luminex-japan" in html.links(html.one(tree, "main"))
    links = html.links(html.one(await page(client, "/search?q=japan"), "main"))
    assert "/markets/JP" in links
    assert "/missions/m-japan" in links


async def test_a_person_has_roles_only(client: httpx.AsyncClient) -> None:
    found = await page(client, "/search?q=swinnen")
    (path,) = [href for href in html.links(html.one(found, "main")) if href.startswith("/people/")]
    text = words(html.one(await page(client, path), "main"))
    assert "Bart Swinnen" in text
    assert "CEO" in text


async def test_the_form_of_sparql_asks_our_questions(client: httpx.AsyncClient) -> None:
    tree = await page(client, "/sparql")
    (area,) = every(tree, "textarea")
    answer = await client.get("/sparql", params={"query": "".join(area.itertext()), "format": "json"})
    assert answer.status_code == 200
    assert len(answer.json()["results"]["bindings"]) >= 12
    tree = await page(client, "/sparql?example=exporters")
    assert "VALUES ?market" in words(next(every(tree, "textarea")))


async def test_the_ontology_explains_its_terms(client: httpx.AsyncClient) -> None:
    text = words(html.one(await page(client, "/ontology?lang=fr"), "main"))
    assert "verre:ExportEngagement" in text
    assert "engagement-status/targets" in text
    assert words(html.one(await page(client, "/ns"), "h1")) == words(
        html.one(await page(client, "/ontology"), "h1")
    )


async def test_a_source_says_who_is_tied_to_whom_and_who_holds_which_role(client: httpx.AsyncClient) -> None:
    tree = await page(client, "/sources/s900")
    text = words(html.one(tree, "main"))
    assert "Wat deze bron zegt over banden" in text
    ties = [
        words(item)
        for item in every(tree, "li")
        if words(item).startswith("\u202eevil") and "Japan" in words(item)
    ]
    assert len(ties) == 1
    assert ties[0].endswith(", Japan (zonder datum)")
    assert any("/people/" in href for href in html.links(html.one(tree, "main")))


async def test_a_person_stands_with_who_else_has_a_role_there(client: httpx.AsyncClient) -> None:
    company = await page(client, "/companies/voka-limburg")
    people = list(dict.fromkeys(h for h in html.links(company, "/people/") if "?" not in h))
    assert len(people) > 1
    tree = await page(client, people[0])
    others = html.links(html.one(tree, "main"), "/people/")
    assert others
    assert people[0] not in others
