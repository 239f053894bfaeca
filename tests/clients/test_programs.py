"""curl and Comunica: programs, each as its manual says."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.clients.conftest import Endpoint
from tests.clients.node import comunica
from tests.clients.test_python import LUMINEX, MARKETS, TARGETS, VERRE

pytestmark = pytest.mark.xdist_group("clients")
GRAPH = "urn:synthetic:curl"


def curl(*words: str) -> str:
    done = subprocess.run(
        ["curl", "--silent", "--show-error", *words], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_curl_asks_by_get_by_form_and_by_body(endpoint: Endpoint, tmp_path: Path) -> None:
    (tmp_path / "query.rq").write_text(TARGETS, "utf-8")
    accept = ("-H", "Accept: text/csv")
    wanted = ["market", *MARKETS]
    assert curl("-G", endpoint.query, *accept, "--data-urlencode", f"query={TARGETS}").split() == wanted
    assert curl(endpoint.query, *accept, "--data-urlencode", f"query={TARGETS}").split() == wanted
    body = ("-H", "Content-Type: application/sparql-query", "--data-binary", f"@{tmp_path}/query.rq")
    assert curl(endpoint.query, *accept, *body).split() == wanted


def test_curl_puts_reads_and_deletes_a_graph(endpoint: Endpoint, tmp_path: Path) -> None:
    (tmp_path / "synthetic.ttl").write_text('<urn:a> <urn:b> "été 日本" .\n', "utf-8")
    address = f"{endpoint.url}/store?graph={GRAPH}"
    code = ("-o", "/dev/null", "-w", "%{http_code}")
    sent = ("-T", f"{tmp_path}/synthetic.ttl", "-H", "Content-Type: text/turtle")
    assert curl(*code, *sent, address) == "401"
    assert curl(*code, "-u", f"steward:{endpoint.key}", *sent, address) == "201"
    assert curl("-H", "Accept: application/n-triples", address) == '<urn:a> <urn:b> "été 日本" .\n'
    assert curl(*code, "--head", address) == "200"
    assert curl(*code, "-X", "DELETE", "-H", f"Authorization: Bearer {endpoint.key}", address) == "200"
    assert curl(*code, address) == "404"


def test_curl_takes_a_compressed_answer(endpoint: Endpoint) -> None:
    every = f"SELECT ?s WHERE {{ ?s a <{VERRE}ExportEngagement> }}"
    asked = ("-G", endpoint.query, "-H", "Accept: text/csv", "--data-urlencode", f"query={every}")
    plain, packed = curl(*asked), curl("--compressed", *asked)
    assert sorted(plain.split()) == sorted(packed.split())
    assert "content-encoding: gzip" in curl("--compressed", "-D", "-", "-o", "/dev/null", *asked).lower()


def ask(endpoint: Endpoint, query: str, kind: str) -> str:
    words = [*comunica(), f"sparql@{endpoint.query}", query, "-t", kind]
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_comunica_asks_select_construct_and_ask(endpoint: Endpoint) -> None:
    told = json.loads(ask(endpoint, TARGETS, "application/sparql-results+json"))
    assert [row["market"]["value"] for row in told["results"]["bindings"]] == MARKETS
    triples = ask(endpoint, f"CONSTRUCT WHERE {{ <{LUMINEX}> <{VERRE}targets> ?m }}", "application/n-triples")
    assert sorted(line.split()[2].strip("<>") for line in triples.splitlines()) == MARKETS
    question = f"ASK {{ <{LUMINEX}> <{VERRE}targets> <{MARKETS[0]}> }}"
    assert (
        ask(endpoint, question, "application/sparql-results+json").split() == ["true"]
        or json.loads(ask(endpoint, question, "application/sparql-results+json"))["boolean"]
    )
