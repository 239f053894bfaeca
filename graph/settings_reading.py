"""The settings of the readers beyond their number and the limits of a query."""

from __future__ import annotations

from pydantic import Field
from pydantic_settings import BaseSettings


class ReadingSettings(BaseSettings):
    """How long queries go on beside short ones, and how much of the graph is kept in memory."""

    long_readers: int = Field(
        12,
        ge=0,
        description="Queries that may go on beside those of `VERRE_READERS` once they have run for half a second.",
    )
    memory: int = Field(
        0,
        ge=0,
        description="Bytes of memory for the graph and the readers that share it; 0: readers read from disk.",
    )
    query_nesting: int = Field(
        500, ge=10, description="Most brackets of a query, or an update, that are open at the same time."
    )
