"""Who we are at an endpoint, and that nobody else is ever spoken to."""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from typer.testing import CliRunner

from graph.cli import app
from graph.errors import QueryTooLarge, StoreError, Unsupported
from graph.settings import Settings
from graph.store.capabilities import EMBEDDED, WHY
from graph.store.remote.dialects import DIALECTS, Generic, Oxigraph, Virtuoso, recognized
from graph.store.remote.endpoint import Endpoint
from graph.store.remote.view import RemoteView
from graph.stores import open_releases
from tests.servers import Server
from tests.store.listener import Listener
from tests.store.remote.fake import ROW, ROWS, Asked, Fake, Reply

SECRET = "correct horse"  # noqa: S105 - nobody's
DIGEST = 'Digest realm="SPARQL", nonce="abc", qop="auth", algorithm="MD5"'


def at(fake: Fake, **more: Any) -> Endpoint:
    given: dict[str, Any] = {"store": fake.url, "store_kind": "generic", **more}
    return Endpoint(Settings(**given))


def challenge(asked: str, known: str) -> Any:
    def reply(came: Asked) -> Reply:
        if came.headers.get("Authorization", "").startswith(known):
            return Reply()
        return Reply("", status=401, headers={"WWW-Authenticate": asked})

    return reply


@pytest.mark.parametrize(("asked", "known"), [('Basic realm="x"', "Basic "), (DIGEST, "Digest ")])
def test_a_password_is_sent_once_the_endpoint_asks_and_as_it_asks(fake: Fake, asked: str, known: str) -> None:
    fake.reply = challenge(asked, known)
    with RemoteView(at(fake, store_user="ann", store_password=SECRET)) as view:
        assert len(list(view.select("SELECT ?x { ?x ?y ?z }"))) == 1
        assert len(list(view.select("SELECT ?x { ?x ?y ?z }"))) == 1
    sent = [came.headers.get("Authorization", "") for came in fake.asked]
    assert sent[0] == ""
    assert [each[: len(known)] for each in sent if each] == [known, known]
    assert SECRET not in "".join(sent)


def test_a_token_is_in_every_request(fake: Fake) -> None:
    list(RemoteView(at(fake, store_token=SECRET)).select("SELECT ?x { ?x ?y ?z }"))
    assert fake.asked[0].headers["Authorization"] == f"Bearer {SECRET}"


def test_secrets_are_not_shown() -> None:
    given: dict[str, Any] = {"store": "http://e/", "store_password": SECRET, "store_token": SECRET}
    settings = Settings(**given)
    assert SECRET not in f"{settings!r} {settings} {settings.model_dump_json()} {Endpoint(settings)!r}"


@pytest.mark.parametrize(
    "address",
    [
        "ftp://e/",
        "/sparql",
        "http://",
        "http://ann:secret@e/sparql",
        "http://e/sparql#part",
        "file:///etc/passwd",
    ],
)
def test_addresses_that_are_none(address: str) -> None:
    for name in ("store", "store_update", "store_graphs"):
        with pytest.raises(ValidationError):
            Settings(**{name: address})  # type: ignore[arg-type]


def test_an_empty_address_is_none_at_all() -> None:
    assert Settings(store="").store is None


def test_a_redirect_leads_nowhere(fake: Fake) -> None:
    with Listener() as listener:
        fake.reply = Reply("", status=307, headers={"Location": listener.address})
        endpoint = at(fake, store_graphs=fake.url)
        for ask in (
            lambda: list(RemoteView(endpoint).select("SELECT ?x {}")),
            lambda: list(RemoteView(endpoint).triples()),
        ):
            with pytest.raises(Exception, match="307"):
                ask()
        assert listener.connections == 0


def test_proxies_of_the_environment_are_not_used(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    with Listener() as listener:
        for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, listener.address)
        assert len(list(RemoteView(at(fake)).select("SELECT ?x { ?x ?y ?z }"))) == 1
        assert listener.connections == 0


def test_certificates_are_verified() -> None:
    with Endpoint(Settings(store="https://e/")).client(1) as client:
        context = client._transport._pool._ssl_context  # type: ignore[attr-defined]
        assert context.verify_mode == ssl.CERT_REQUIRED
        assert context.check_hostname


@pytest.mark.parametrize(
    ("server", "kind"),
    [
        ("Oxigraph/0.5.13", Oxigraph),
        ("Virtuoso/07.20.3229 (Linux)", Virtuoso),
        ("Jetty", Generic),
        ("", Generic),
    ],
)
def test_an_endpoint_is_known_by_its_name(server: str, kind: type) -> None:
    assert recognized(server) is kind


def test_one_that_does_not_answer_is_an_error(fake: Fake) -> None:
    fake.server.shutdown()
    fake.server.server_close()
    with pytest.raises(StoreError) as raised:
        _ = at(fake, store_kind="auto").dialect
    assert raised.value.setting == "VERRE_STORE"


@pytest.mark.parametrize(
    ("kind", "query", "update", "graphs"),
    [
        ("oxigraph", "http://e/query", "http://e/update", "http://e/store"),
        ("virtuoso", "http://e/sparql", "http://e/sparql-auth", "http://e/sparql-graph-crud-auth"),
        ("generic", "http://e/query", None, None),
        ("oxigraph", "http://e/elsewhere", None, None),
    ],
)
def test_addresses_that_go_together(kind: str, query: str, update: str | None, graphs: str | None) -> None:
    given: dict[str, Any] = {"store": query, "store_kind": kind}
    endpoint = Endpoint(Settings(**given))
    assert (endpoint.update, endpoint.graphs) == (update, graphs)
    assert endpoint.capabilities.updates is (update is not None)
    given |= {"store_update": "http://e/u", "store_graphs": "http://e/g"}
    named = Endpoint(Settings(**given))
    assert (named.update, named.graphs) == ("http://e/u", "http://e/g")


@pytest.mark.parametrize(
    ("kind", "merge", "named"),
    [
        ("oxigraph", "auto", False),
        ("virtuoso", "auto", True),
        ("generic", "auto", True),
        ("generic", "default", False),
        ("oxigraph", "graph", True),
    ],
)
def test_where_the_merge_is(kind: str, merge: str, named: bool) -> None:
    given: dict[str, Any] = {"store": "http://e/query", "store_kind": kind, "store_merge": merge}
    assert Endpoint(Settings(**given)).merge == ("https://w3id.org/verre/graph/merge" if named else None)


def test_graphs_are_read_from_the_store_address_or_by_a_query(fake: Fake) -> None:
    fake.reply = Reply("<a:a> <a:b> <a:c> .\n", headers={"Content-Type": "application/n-triples"})
    assert len(list(RemoteView(at(fake)).triples())) == 1
    assert "GRAPH <https://w3id.org/verre/graph/merge>" in fake.asked[-1].parameters["query"][0]
    assert len(list(RemoteView(at(fake, store_merge="default")).triples())) == 1
    assert "GRAPH" not in fake.asked[-1].parameters["query"][0]
    endpoint = at(fake, store_merge="default", store_graphs=fake.url)
    assert len(list(RemoteView(endpoint).triples())) == 1
    assert (fake.asked[-1].method, fake.asked[-1].parameters) == ("GET", {"default": [""]})
    fake.reply = Reply("", status=404)
    assert list(RemoteView(endpoint).triples()) == []


def test_graphs_that_virtuoso_cuts_without_a_word_are_counted(fake: Fake) -> None:
    said = Reply("<a:a> <a:b> <a:c> .\n")

    def reply(asked: Asked) -> Reply:
        return Reply(ROWS % ROW.replace('"1"', '"2"')) if asked.method == "POST" else said

    fake.reply = reply
    view = RemoteView(at(fake, store_kind="virtuoso", store_graphs=fake.url))
    with pytest.raises(QueryTooLarge, match="ResultSetMaxRows"):
        list(view.triples())
    said.body = "<a:a> <a:b> <a:c> .\n<a:a> <a:b> <a:d> .\n"
    assert len(list(view.triples())) == 2


def test_what_takes_too_long_names_the_setting(fake: Fake) -> None:
    fake.reply = Reply(before=2)
    with pytest.raises(Exception, match="took more") as raised:
        list(RemoteView(at(fake, store_timeout=0.2)).select("SELECT ?x { ?x ?y ?z }"))
    assert getattr(raised.value, "setting", "") == "VERRE_STORE_TIMEOUT"


def test_another_form_than_expected(fake: Fake) -> None:
    view = RemoteView(at(fake))
    for ask in (
        lambda: view.ask("SELECT * {}"),
        lambda: view.construct("ASK {}"),
        lambda: view.select("ASK {}"),
    ):
        with pytest.raises(Exception, match="another form"):
            ask()
    assert not fake.asked


def test_every_capability_says_why_it_is_missing() -> None:
    assert set(WHY) == set(vars(EMBEDDED))
    assert not EMBEDDED.missing()
    for kind in DIALECTS.values():
        assert {"releases", "rollback", "erase", "restricted", "backup"} <= set(kind.capabilities.missing())
        for name in kind.capabilities.missing():
            with pytest.raises(Unsupported, match=f"`{name}`"):
                kind.capabilities.need(name)


def test_the_command_makes_the_index(
    oxigraph_server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VERRE_HOME", str(tmp_path))
    refused = CliRunner().invoke(app, ["index"])
    assert (refused.exit_code, "VERRE_STORE" in refused.stderr) == (3, True)
    for name, value in oxigraph_server.settings.items():
        monkeypatch.setenv(f"VERRE_{name.upper()}", str(value))
    made = CliRunner().invoke(app, ["index", "--merge"])
    assert made.exit_code == 0, made.stderr
    assert "release 000001 is current" in made.stderr
    asked = CliRunner().invoke(app, ["query", "-", "--format", "csv"], input="ASK { ?s ?p ?o }")
    assert (asked.exit_code, asked.stdout) == (0, "true")
    current = open_releases(Settings()).current()
    assert current is not None
    assert current.manifest.kind == "index"


def test_the_bare_profile_is_for_our_own_store() -> None:
    with pytest.raises(Unsupported):
        open_releases(Settings(store="http://e/query", store_kind="generic", profile="bare"))
