"""The settings of networks. A part of `graph.settings.Settings`."""

from __future__ import annotations

from pydantic import Field
from pydantic_settings import BaseSettings


class NetworkSettings(BaseSettings):
    """How much of the graph one network may take; every limit is in the SQL that fetches it."""

    network_nodes: int = Field(
        150, ge=1, description="Most nodes of a neighbourhood, and what it has unless fewer are asked."
    )
    network_depth: int = Field(
        4, ge=1, le=4, description="Most steps of a neighbourhood from where it begins."
    )
    network_relations: int = Field(
        200,
        ge=1,
        le=2_000,
        description="Most relations of one kind that a node of a network may be asked to give.",
    )
    network_starts: int = Field(20, ge=1, le=200, description="Most things that one network begins at.")
    network_drawn: int = Field(100, ge=1, le=300, description="Most nodes of a network that is drawn as SVG.")
    network_counted: int = Field(
        10_000,
        ge=1,
        description="Relations of a thing up to which `/v1/network/relations` counts each kind; beyond it, `atLeast` says so.",
    )
    network_more: int = Field(
        500,
        ge=1,
        description="Relations of a node of a neighbourhood up to which each kind is counted for `more`.",
    )
    network_paths: int = Field(10, ge=1, le=50, description="Most paths between two things.")
    network_path_length: int = Field(6, ge=1, le=8, description="Most steps of a path.")
    network_analysed: int = Field(
        600,
        ge=10,
        le=5_000,
        description="Most nodes of a network that paths, centrality, communities and brokers look at.",
    )
