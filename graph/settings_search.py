"""The settings of search. A part of `graph.settings.Settings`."""

from __future__ import annotations

from pydantic import Field
from pydantic_settings import BaseSettings


class SearchSettings(BaseSettings):
    """How much one search may ask."""

    search_length: int = Field(
        200, ge=1, le=1_000, description="Most characters of a name that is searched for."
    )
    search_hits: int = Field(100, ge=1, le=1_000, description="Most things that one search may ask for.")
