"""What a request to `/store` is about (SPARQL 1.1 Graph Store HTTP Protocol, section 4)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from starlette.requests import Request

from api import protocol
from api.errors import UnsupportedMediaType
from api.negotiation import JSONLD, NTRIPLES, RDFXML, TURTLE
from api.origin import address
from api.services import Services
from graph.errors import InputError, Issue, Unsupported
from graph.settings import Settings

ROOT = "/store"
FORMS = (TURTLE, NTRIPLES, RDFXML, JSONLD)
"""What a graph may be sent as; those that hold several graphs are for `verre load` and SPARQL Update."""
PARTS = "multipart/form-data"
_CONDITIONS = ("If-Match", "If-Unmodified-Since", "Content-Range")


@dataclass(frozen=True)
class Target:
    """The graph that a request names.

    Attributes:
        graph: its IRI; None is the default graph.
        address: of this very request, without its parameters.
    """

    graph: str | None
    address: str

    @property
    def base_iri(self) -> str:
        """What relative IRIs in its content are resolved against (section 4.1)."""
        return self.graph or self.address


def target(request: Request, settings: Settings) -> Target | None:
    """The graph that a request names; None: none, it is about the store itself.

    Raises:
        InputError: it names two, or one that is no absolute IRI.
    """
    path = _path(request)
    own = address(request, settings.base_iri, path)
    given = protocol.parameters(request)
    named = [name for name in ("graph", "default") if name in given]
    direct = path.removeprefix(ROOT).strip("/") != ""
    if len(named) + direct > 1:
        issues = tuple(Issue(name, "name one graph, in one way") for name in named)
        raise InputError("More than one graph is named.", issues=issues)
    if direct:
        return Target(protocol.graph_iri("path", own), own)
    if not named:
        return None
    value = protocol.one(given, named[0])
    return Target(protocol.graph_iri("graph", value or "") if named == ["graph"] else None, own)


def one_target(request: Request, settings: Settings) -> Target:
    """The graph that a request names; errors as in `target`.

    Raises:
        InputError: it names none.
    """
    found = target(request, settings)
    if found is None:
        issue = Issue("graph", "give ?graph= with its IRI, or ?default")
        raise InputError("No graph is named.", issues=(issue,))
    return found


def fresh(request: Request, settings: Settings) -> Target:
    """A graph that nobody has named yet, for what is posted to the store itself (section 5.5)."""
    own = address(request, settings.base_iri, f"{ROOT}/{secrets.token_hex(12)}")
    return Target(own, own)


def writable(request: Request, services: Services, found: Target) -> Target:
    """The same graph, if it may be written at all.

    Raises:
        InputError: it is the default graph, which is the merge of all others; `Content-Range`.
        Unsupported: the write depends on a condition.
    """
    if found.graph is None and services.settings.profile != "bare":
        issue = Issue("default", "name a graph: the default graph is the merge of all of them")
        raise InputError("The default graph is not written.", issues=(issue,))
    for name in _CONDITIONS:
        if name in request.headers:
            issue = Issue(name, "is not looked at here, so the write was not done")
            if name == "Content-Range":
                raise InputError("A graph is sent whole.", issues=(issue,))
            raise Unsupported("Writes depend on no condition here.", issues=(issue,))
    return found


def media_type(kind: str) -> str:
    """The form that the content of a graph has.

    Raises:
        UnsupportedMediaType: none that is read here.
    """
    for form in FORMS:
        if kind in (form.media_type, *_ALSO.get(form.name, ())):
            return form.media_type
    kinds = ", ".join(form.media_type for form in FORMS)
    issue = Issue(
        "Content-Type", f"send a graph as {kinds}, or several files of them as {PARTS}", kind or None
    )
    raise UnsupportedMediaType("A graph of this kind is not read here.", issues=(issue,))


_ALSO = {TURTLE.name: ("application/x-turtle",)}
"""Other names of the same forms. Those of XML in general may be anything."""


def _path(request: Request) -> str:
    """The path as it came, percent-encoded: what it names is not decoded."""
    raw: bytes = request.scope.get("raw_path") or request.scope["path"].encode()
    return raw.partition(b"?")[0].decode("ascii", "replace")
