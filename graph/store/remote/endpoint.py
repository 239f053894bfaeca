"""The endpoint's addresses, who we are there, and HTTP clients that go nowhere else.

No redirects are followed and no proxies of the environment used; certificates are verified against
what OpenSSL trusts (`SSL_CERT_FILE` names others).
"""

from __future__ import annotations

import ssl
from collections.abc import Generator
from dataclasses import dataclass
from functools import cached_property

import httpx

import graph
from graph.errors import StoreError
from graph.model.iris import Minter
from graph.settings import Settings
from graph.store.capabilities import Capabilities
from graph.store.remote.dialects import DIALECTS, Dialect, recognized

FORM = "application/x-www-form-urlencoded"
CONNECTING = 10.0
"""Seconds that making a connection may take."""


class Challenged(httpx.Auth):
    """Digest where the endpoint asks for it, else Basic; nothing is sent before it has asked."""

    requires_response_body = False

    def __init__(self, user: str, password: str) -> None:
        self._basic = httpx.BasicAuth(user, password)
        self._digest = httpx.DigestAuth(user, password)
        self._known: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """See httpx."""
        if self._known is None:
            response = yield request
            if response.status_code != 401:
                return
            asked = response.headers.get("www-authenticate", "").casefold()
            self._known = self._digest if asked.startswith("digest") else self._basic
        yield from self._known.auth_flow(request)


class Bearer(httpx.Auth):
    """A token in every request."""

    def __init__(self, token: str) -> None:
        self._token = token

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """See httpx."""
        request.headers["Authorization"] = f"Bearer {self._token}"
        yield request


@dataclass(frozen=True)
class Endpoint:
    """What `VERRE_STORE` and its companions name.

    Attributes:
        settings: with `store` set.
    """

    settings: Settings

    @property
    def query(self) -> str:
        """The query address."""
        assert self.settings.store is not None  # noqa: S101 - whoever makes this has looked
        return self.settings.store

    @property
    def update(self) -> str | None:
        """The update address, if there is one."""
        return self.settings.store_update or self.dialect.addresses(self.query)[0]

    @property
    def graphs(self) -> str | None:
        """The graph store address, if there is one."""
        return self.settings.store_graphs or self.dialect.addresses(self.query)[1]

    @property
    def merge(self) -> str | None:
        """The named graph that holds the merge; `None` where that is the default graph."""
        kept = self.settings.store_merge
        in_default = self.dialect.merged if kept == "auto" else kept == "default"
        return None if in_default else Minter(self.settings.base_iri).graph("merge").value

    @property
    def capabilities(self) -> Capabilities:
        """What can be done with it."""
        can = self.dialect.capabilities
        return can if self.update else Capabilities(**{**vars(can), "updates": False})

    @cached_property
    def dialect(self) -> Dialect:
        """What it is. Asks it, once, where `VERRE_STORE_KIND` leaves that open.

        Raises:
            StoreError: it does not answer.
        """
        if self.settings.store_kind != "auto":
            return DIALECTS[self.settings.store_kind]()
        with self.client(CONNECTING) as client:
            try:
                answer = client.get(self.query, params={"query": "ASK {}"})
            except httpx.HTTPError as error:
                raise unreachable(error) from error
        return recognized(answer.headers.get("server", ""))()

    def client(self, seconds: float) -> httpx.Client:
        """A client for threads; every wait for bytes ends after so many seconds."""
        return httpx.Client(
            auth=self._auth(),
            headers=HEADERS,
            verify=self._tls,
            timeout=httpx.Timeout(seconds, connect=CONNECTING),
            limits=self._limits(),
            follow_redirects=False,
            trust_env=False,
        )

    def async_client(self) -> httpx.AsyncClient:
        """A client for the event loop, without deadlines of its own."""
        return httpx.AsyncClient(
            auth=self._auth(),
            headers=HEADERS,
            verify=self._tls,
            timeout=httpx.Timeout(None, connect=CONNECTING),
            limits=self._limits(),
            follow_redirects=False,
            trust_env=False,
        )

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        return ssl.create_default_context()

    def _auth(self) -> httpx.Auth | None:
        token, user, password = (
            self.settings.store_token,
            self.settings.store_user,
            self.settings.store_password,
        )
        if token is not None:
            return Bearer(token.get_secret_value())
        return Challenged(user, password.get_secret_value() if password else "") if user else None

    def _limits(self) -> httpx.Limits:
        return httpx.Limits(max_connections=None, max_keepalive_connections=self.settings.store_connections)


HEADERS = {"User-Agent": f"verre/{graph.__version__}", "Accept-Encoding": "gzip, identity"}


def unreachable(error: httpx.HTTPError) -> StoreError:
    """The error for an endpoint that does not answer; its address is for the log."""
    return StoreError(
        f"the endpoint of VERRE_STORE does not answer: {type(error).__name__}", setting="VERRE_STORE"
    )
