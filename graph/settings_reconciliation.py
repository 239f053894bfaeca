"""The settings of reconciliation and of spreadsheets that are matched. A part of `graph.settings.Settings`."""

from __future__ import annotations

from pydantic import Field
from pydantic_settings import BaseSettings


class ReconciliationSettings(BaseSettings):
    """How much one batch, and one spreadsheet, may ask."""

    reconcile_queries: int = Field(
        200, ge=1, description="Most queries of one batch that is sent to `/reconcile`."
    )
    reconcile_candidates: int = Field(
        25, ge=1, le=100, description="Most candidates that one query of `/reconcile` may ask for."
    )
    reconcile_name: int = Field(
        500, ge=1, description="Most characters of a name, or of another value, that is to be matched."
    )
    reconcile_properties: int = Field(
        20, ge=1, description="Most properties of one query, and of one `extend`; and most values of each."
    )
    reconcile_ids: int = Field(500, ge=1, description="Most things that one `extend` may ask about.")
    spreadsheet_rows: int = Field(5_000, ge=1, description="Most rows of a spreadsheet that is matched.")
    spreadsheet_columns: int = Field(200, ge=1, description="Most columns of a spreadsheet that is matched.")
    spreadsheet_candidates: int = Field(
        3, ge=1, le=10, description="Candidates of each row that a matched spreadsheet shows."
    )
    spreadsheet_bytes: int = Field(
        8 * 2**20, gt=0, description="Most bytes of a spreadsheet that is uploaded to be matched."
    )
