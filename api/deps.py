"""What a route gets: the context of one request."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request

import graph
from api import access, languages, negotiation
from api.caching import Facts
from api.languages import Language
from api.negotiation import DATA, DOCUMENT, HTML, JSON, Format
from api.services import Services, services_of
from graph.index import Index
from graph.settings import Settings
from graph.store.parts import Part
from graph.store.pool import Answer, QueryJob

T = TypeVar("T")
_HOST = re.compile(r"[A-Za-z0-9.-]{1,255}(:\d{1,5})?|\[[0-9A-Fa-f:.]+\](:\d{1,5})?")


@dataclass(frozen=True)
class Context:
    """One request, and what it takes to answer it.

    Attributes:
        format: what the answer comes as.
        release: the release that answers, by name.
        today: the day that decides what has ended.
    """

    request: Request
    services: Services
    lang: Language
    format: Format
    release: str
    today: date

    @property
    def settings(self) -> Settings:
        """The settings of this installation."""
        return self.services.settings

    @property
    def part(self) -> Part:
        """What of the release this client may see; everything that answers takes it from here."""
        return access.principal(self.request).part

    @property
    def pinned(self) -> bool:
        """Whether the client asks what one release said, whichever is current."""
        return "release" in self.request.query_params

    @property
    def base(self) -> str:
        """The beginning of the IRIs of this installation's things, with the closing slash."""
        return self.settings.base_iri

    @property
    def origin(self) -> str:
        """Scheme and host as the client wrote them; empty where the host is none that can be."""
        host = self.request.headers.get("host", "")
        return f"{self.request.url.scheme}://{host}" if _HOST.fullmatch(host) else ""

    @property
    def target(self) -> str:
        """Path and query of the request, as they came."""
        raw = self.request.scope.get("raw_path") or self.request.scope["path"].encode()
        query = self.request.scope.get("query_string", b"")
        text: str = (raw + b"?" + query if query else raw).decode("ascii", "replace")
        return text

    def local(self, iri: str) -> str:
        """The path on this host for an IRI of ours; any other IRI as it is."""
        return f"/{iri[len(self.base) :]}" if iri.startswith(self.base) else iri

    def facts(self, *, strong: bool = True) -> Facts:
        """What settles the answer, for its ETag and headers."""
        return Facts(
            release=self.release,
            part=self.part,
            day=self.today.isoformat(),
            language=self.lang,
            format=self.format.name,
            url=self.origin + self.target,
            version=graph.__version__,
            strong=strong,
        )

    async def ask(self, question: Callable[[Index], T]) -> T:
        """Asks the list index of this request's release, what this client may see of it, in a thread."""
        return await self.services.ask(self.release, question, self.part)

    async def find(self, question: Callable[[Index], T]) -> T:
        """Asks it by name: few at a time; see `Services.find`."""
        return await self.services.find(self.release, question, self.part)

    async def in_thread(self, function: Callable[[], T]) -> T:
        """Runs other blocking work off the event loop."""
        return await self.services.in_thread(function)

    async def query(self, text: str, graph_type: str) -> Answer:
        """Puts a question of ours to the readers, at this request's release and what this client may see of it."""
        job = QueryJob(
            text=text,
            solutions_type="application/sparql-results+json",
            graph_type=graph_type,
            timeout=None,
            default_graphs=None,
            named_graphs=None,
            release=self.release,
            part=self.part,
        )
        return await self.services.pool.query(job)


def context(request: Request, offers: Sequence[Format]) -> Context:
    """The context of a request that may be answered in any of `offers`.

    Raises:
        InputError: `format=` or `lang=` names none of ours.
        NotAcceptable: `Accept` admits none of `offers`.
        StoreError: nothing has been built yet.
    """
    asked, headers = request.query_params, request.headers
    services = services_of(request.app)
    chosen = negotiation.choose(asked.get("format"), headers.get("accept"), offers)
    lang = languages.choose(asked.get("lang"), headers.get("accept-language"))
    release = services.indexes.pick(asked.get("release"))
    return Context(request, services, lang, chosen, release, services.today())


async def page_context(request: Request) -> Context:
    """The context of an HTML page.

    Raises:
        InputError: `lang=` names none of ours.
        NotFound: `release=` names none that ever was; Gone where it is no longer kept.
        StoreError: nothing has been built yet.
    """
    services, asked = services_of(request.app), request.query_params
    lang = languages.choose(asked.get("lang"), request.headers.get("accept-language"))
    release = await services.indexes.check(asked.get("release"))
    return Context(request, services, lang, HTML, release, services.today())


def offering(offers: Sequence[Format]) -> Callable[[Request], Any]:
    """A dependency that gives the context of a route answering in `offers`."""

    async def dependency(request: Request) -> Context:
        made = context(request, offers)
        await made.services.indexes.check(request.query_params.get("release"))
        return made

    return dependency


DataContext = Annotated[Context, Depends(offering(DATA))]
JsonContext = Annotated[Context, Depends(offering((JSON,)))]
DocumentContext = Annotated[Context, Depends(offering(DOCUMENT))]
