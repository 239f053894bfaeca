"""The settings of matches. A part of `graph.settings.Settings`."""

from __future__ import annotations

from pydantic import Field
from pydantic_settings import BaseSettings


class MatchingSettings(BaseSettings):
    """How much one match may ask, and how much of the graph it looks at."""

    match_batch: int = Field(100, ge=1, description="Most queries of one batch that is sent to `/v1/match`.")
    match_text: int = Field(
        300, ge=1, description="Most characters of a name, product or keyword that is matched."
    )
    match_words: int = Field(
        20, ge=1, description="Most products, and most keywords and sectors, of one match."
    )
    match_results: int = Field(100, ge=1, description="Most results of one match.")
    match_candidates: int = Field(
        200, ge=10, description="Organizations that one match weighs; those beyond it are not looked at."
    )
    match_relations: int = Field(
        15, ge=1, description="Relations of one kind that a match reads of one organization."
    )
    match_nodes: int = Field(
        300, ge=10, le=2_000, description="Things around a company that a match ranks by nearness."
    )
