"""The settings of who may ask how much. A part of `graph.settings.Settings`."""

from __future__ import annotations

from pydantic import Field
from pydantic_settings import BaseSettings


class AccessSettings(BaseSettings):
    """Limits for those who hold no key; each worker process counts for itself."""

    anonymous_requests: float = Field(
        600,
        ge=0,
        description="Requests a minute from one client without a key (an IPv4 address, an IPv6 /64); 0: any number.",
    )
    anonymous_queries: float = Field(
        60,
        ge=0,
        description="Seconds of SPARQL a minute for one client without a key; 0: any number.",
    )
    wrong_keys: float = Field(
        30, ge=0, description="Wrong keys a minute from one client before the answer is 429; 0: any number."
    )
