"""The settings of the server as such: processes, connections, logs, metrics, headers.

A part of `graph.settings.Settings`, kept apart because there are so many of them.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings

RoleName = Literal["anonymous", "reader", "analyst", "steward", "admin"]


class ServingSettings(BaseSettings):
    """What `verre serve` needs to know beyond the graph."""

    workers: int = Field(
        1,
        ge=1,
        le=64,
        description="Web processes that share one address; readers, queue and connections are divided among them.",
    )
    stop_timeout: float = Field(
        1.0, ge=0, description="Seconds that requests under way may take once the server is told to stop."
    )
    proxies: str = Field(
        "127.0.0.1,::1",
        description="Addresses of reverse proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed.",
    )
    connections: int = Field(
        1000,
        ge=1,
        description="Connections at the same time; the longest idle one makes room, else a new one is turned away.",
    )
    client_connections: int = Field(
        100,
        ge=1,
        description="Connections at the same time from one address that is no reverse proxy of ours.",
    )
    head_timeout: float = Field(
        10.0, gt=0, description="Seconds that the head of a request may take from its first byte."
    )
    head_bytes: int = Field(128 * 2**10, ge=1024, description="Most bytes of the head of a request.")
    body_timeout: float = Field(60.0, gt=0, description="Seconds that the body of a request may take.")
    idle_timeout: float = Field(
        15.0, gt=0, description="Seconds that a connection may stay open without a request."
    )
    send_timeout: float = Field(
        30.0, gt=0, description="Seconds in which a client must take what waits to be sent to it."
    )
    spool_bytes: int = Field(
        2**30,
        ge=0,
        description="Bytes of long answers that may wait on disk for slow clients, so that they hold no reader.",
    )

    gzip_bytes: int = Field(
        1000, ge=0, description="Answers from so many bytes on are compressed for who accepts it; 0: never."
    )
    cors_origins: str = Field(
        "",
        description="Origins whose scripts may read answers, separated by commas; `*` is any, empty is none.",
    )
    hsts: int = Field(
        0, ge=0, description="Seconds of `Strict-Transport-Security`; 0: not sent. Only behind TLS."
    )

    log_requests: Literal["file", "stderr", "off"] = Field(
        "file", description="Where the request log goes: `file` is `logs/requests.log` in VERRE_HOME."
    )
    log_queries: bool = Field(False, description="Whether the request log holds paths and query strings.")
    contact: str = Field(
        "",
        max_length=200,
        description="Whom readers may write to about accessibility and privacy, as the pages say: an e-mail address, a web address, or words; empty: nobody is named.",
    )
    log_clients: Literal["full", "short", "none"] = Field(
        "short", description="How logs write addresses of clients: `short` keeps the network only."
    )
    log_bytes: int = Field(
        64 * 2**20, ge=4096, description="Bytes from which on a log file is put aside and a new one begun."
    )
    log_keep: int = Field(5, ge=0, description="Request log files that are kept when they were put aside.")
    audit: Literal["all", "writes", "off"] = Field(
        "all",
        description="What `logs/audit.log` in VERRE_HOME holds: SPARQL queries and writes, writes, nothing.",
    )
    audit_text: bool = Field(
        False, description="Whether the audit log holds the text of queries and updates beside its hash."
    )
    audit_keep: int = Field(100, ge=0, description="Audit log files that are kept when they were put aside.")

    metrics_role: RoleName = Field(
        "admin", description="The least role whose key may read `/metrics`; `anonymous` needs no key."
    )
    metrics_local: bool = Field(
        True,
        description="Whether `/metrics` needs no key from this machine itself, where no proxy stands in between.",
    )
