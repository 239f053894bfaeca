"""Every setting of Verre, with its default and what it is for.

They come from the environment, with the prefix `VERRE_`; `docs/settings.md` is made from here.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator
from pydantic_settings import SettingsConfigDict

from graph.model.iris import DEFAULT_BASE
from graph.settings_access import AccessSettings
from graph.settings_documents import DocumentSettings
from graph.settings_matching import MatchingSettings
from graph.settings_network import NetworkSettings
from graph.settings_reading import ReadingSettings
from graph.settings_reconciliation import ReconciliationSettings
from graph.settings_screening import ScreeningSettings
from graph.settings_search import SearchSettings
from graph.settings_serving import ServingSettings
from graph.settings_store import StoreSettings
from graph.settings_writing import WritingSettings


class Settings(
    NetworkSettings,
    DocumentSettings,
    MatchingSettings,
    ReconciliationSettings,
    ScreeningSettings,
    SearchSettings,
    ServingSettings,
    AccessSettings,
    WritingSettings,
    ReadingSettings,
    StoreSettings,
):
    """The settings of one process; immutable once read."""

    model_config = SettingsConfigDict(env_prefix="VERRE_", frozen=True, extra="ignore")

    home: Path = Field(
        Path("var"), description="Folder of the releases, rejects and logs; on one file system."
    )
    data: Path | None = Field(
        None, description="Folder of sheets to build from; unset: the data that comes with Verre."
    )
    base_iri: str = Field(
        DEFAULT_BASE,
        description="Beginning of the IRIs of this installation's things, with the closing slash.",
    )
    profile: Literal["full", "bare"] = Field(
        "full",
        description="`bare` is a plain SPARQL server: no data of ours, no merge, no shapes, no inference; SPARQL paths only.",
    )
    host: str = Field("127.0.0.1", description="Address that `verre serve` listens on.")
    port: int = Field(
        8000, ge=0, le=65535, description="Port that `verre serve` listens on; 0 takes a free one."
    )

    readers: int = Field(2, ge=1, description="Reader processes that answer SPARQL at the same time.")
    spare_readers: int = Field(1, ge=0, description="Warm readers that stand by for one that was stopped.")
    queue: int = Field(
        64, ge=0, description="Queries that may wait for a reader before others are turned away."
    )
    query_timeout: float = Field(
        10.0, gt=0, description="Seconds that a query may take unless it asks otherwise."
    )
    query_timeout_max: float = Field(60.0, gt=0, description="Most seconds that `timeout=` may ask for.")
    query_bytes: int = Field(256 * 2**20, gt=0, description="Most bytes of one SPARQL answer.")
    query_spool: int = Field(
        2**20,
        ge=0,
        description="Bytes of an answer held back before the first is sent, so that a failure is still a proper error.",
    )
    query_memory: int = Field(
        4 * 2**30, gt=0, description="Bytes of memory that a reader may take beyond what it needs when idle."
    )
    query_length: int = Field(2**20, gt=0, description="Most characters of a query.")

    page_size: int = Field(
        50, ge=1, description="Items on a page of a list unless `pageSize` says otherwise."
    )
    page_size_max: int = Field(500, ge=1, description="Most items that `pageSize` may ask for.")
    export_rows: int = Field(10_000, ge=1, description="Most rows of a CSV or XLSX download.")
    body_bytes: int = Field(16 * 2**20, gt=0, description="Most bytes of a request body.")
    upload_bytes: int = Field(
        256 * 2**20, gt=0, description="Most bytes, unpacked, of a graph that is sent to `/store`."
    )

    sheet_bytes: int = Field(64 * 2**20, gt=0, description="Most bytes of a sheet file.")
    sheet_unpacked_bytes: int = Field(
        512 * 2**20, gt=0, description="Most bytes that a workbook may unpack to."
    )
    sheet_ratio: int = Field(
        200, gt=0, description="Most times that a workbook may grow when it is unpacked."
    )
    sheet_rows: int = Field(1_000_000, gt=0, description="Most rows of one sheet.")
    cell_characters: int = Field(10_000, gt=0, description="Most characters of one cell.")

    index_log: int = Field(
        32 * 2**20,
        ge=0,
        description="Bytes of changes beside a list index before both become a new file; each release copies them.",
    )
    keep_releases: int = Field(
        10, ge=1, description="Releases kept before the oldest without a reader are pruned."
    )

    @field_validator("base_iri")
    @classmethod
    def _closing_slash(cls, value: str) -> str:
        if not value.startswith(("http://", "https://")) or not value.endswith("/"):
            raise ValueError("must be an http(s) address with a closing slash, like https://example.org/")
        return value
