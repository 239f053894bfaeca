"""The settings of those who write. A part of `graph.settings.Settings`."""

from __future__ import annotations

from pydantic import Field
from pydantic_settings import BaseSettings


class WritingSettings(BaseSettings):
    """Limits of SPARQL Update and graph store writes."""

    write_queue: int = Field(
        64, ge=0, description="Writes that may wait for their turn before others are turned away."
    )
    write_memory: int = Field(
        4 * 2**30,
        gt=0,
        description="Bytes of memory that the writing process may take beyond what it needs when idle.",
    )
    update_timeout: float = Field(
        60.0,
        gt=0,
        description="Seconds that one write may take before it is stopped and nothing of it is left.",
    )
    commit_timeout: float = Field(
        600.0,
        gt=0,
        description="Seconds that making the release of some writes may take: inference, index, disk.",
    )
    write_lock_wait: float = Field(
        10.0,
        ge=0,
        description="Seconds that a write waits for another process, such as `verre build`, to finish writing.",
    )
    change_quads: int = Field(
        50_000,
        ge=0,
        description="Statements that a write may change for what is derived to follow from the change alone; "
        "past it inference, index and checks work on the whole.",
    )
