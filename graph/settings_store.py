"""The settings of a SPARQL endpoint that stands in for the embedded store."""

from __future__ import annotations

from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings


class StoreSettings(BaseSettings):
    """Where the endpoint is, who we are to it, and what it needs to be told."""

    store: str | None = Field(
        None,
        description="Query address of a SPARQL 1.1 endpoint that holds the graph; unset: the embedded store.",
    )
    store_update: str | None = Field(
        None,
        description="Its update address; unset: what its kind is known to have, `…/update` for Oxigraph.",
    )
    store_graphs: str | None = Field(
        None,
        description="Its Graph Store Protocol address, which moves whole graphs faster; unset: as its kind is known to have it.",
    )
    store_user: str | None = Field(
        None, description="User name at the endpoint; Basic or Digest, as it asks."
    )
    store_password: SecretStr | None = Field(None, description="Password of that user; never shown.")
    store_token: SecretStr | None = Field(None, description="Bearer token for the endpoint; never shown.")
    store_kind: Literal["auto", "oxigraph", "virtuoso", "generic"] = Field(
        "auto", description="What the endpoint is; `auto` goes by what its answers say."
    )
    store_merge: Literal["auto", "default", "graph"] = Field(
        "auto",
        description="Where the merge of all graphs is kept there: its default graph, or the named graph `graph/merge`. `auto`: its default graph for Oxigraph, else the named one.",
    )
    store_connections: int = Field(
        8, ge=1, description="Queries that the endpoint is asked at the same time."
    )
    store_timeout: float = Field(
        300.0, gt=0, description="Seconds that the endpoint may take for questions and writes of our own."
    )
    store_piece: int = Field(
        5_000, ge=1, description="Statements in one request of a load or of a large write."
    )
    store_refresh: float = Field(
        1.0,
        ge=0,
        description="Seconds without a write after which the list index is made again from the endpoint.",
    )

    @field_validator("store", "store_update", "store_graphs")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        if value is None or not value.strip():
            return None
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError("must be an http(s) address")
        if parts.username is not None or parts.password is not None:
            raise ValueError("must not hold a password: set VERRE_STORE_USER and VERRE_STORE_PASSWORD")
        if parts.fragment:
            raise ValueError("must have no part after #")
        return value
