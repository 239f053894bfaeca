"""The settings of missions and of documents that are made. A part of `graph.settings.Settings`."""

from __future__ import annotations

from pydantic import Field
from pydantic_settings import BaseSettings


class DocumentSettings(BaseSettings):
    """How large a mission may be, and what making a document may cost."""

    mission_destinations: int = Field(
        10, ge=1, le=50, description="Most destinations of a mission that is drawn up."
    )
    mission_participants: int = Field(
        40, ge=1, le=200, description="Most participants of a mission that is drawn up."
    )
    document_timeout: float = Field(
        30.0, gt=0, description="Seconds that making one PDF or PNG may take before it is stopped."
    )
    document_pages: int = Field(200, ge=1, description="Most pages of one PDF.")
    document_memory: int = Field(
        4 * 2**30, gt=0, description="Bytes of address space that making one PDF or PNG may take."
    )
    document_processes: int = Field(
        1, ge=1, description="PDFs and PNGs that are made at the same time by one web process; others wait."
    )
    document_queue: int = Field(
        8, ge=0, description="PDFs and PNGs that may wait before others are turned away."
    )
