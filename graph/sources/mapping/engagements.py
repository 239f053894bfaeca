"""Where a company stands in a market."""

from __future__ import annotations

from graph.model.terms import Triple
from graph.sources import records as r
from graph.sources.mapping import figures
from graph.sources.mapping.context import Context
from graph.sources.mapping.terms import TYPE, VERRE, coded, describe, note, times

_CLASS = VERRE.ExportEngagement
_EXPORTER = VERRE.exporter
_MARKET = VERRE.market
_PRODUCT = VERRE.product
_STATUS = VERRE.engagementStatus


def engagement(row: r.Market, c: Context) -> list[Triple]:
    """One statement of one source on one company in one market.

    Its key is that by which duplicate rows are found, so two rows never share a node: exporter,
    market, product, status, start, end, moment of attestation, of what the share is, source.
    """
    exporter = c.org(row.org_id)
    product, words = c.word("product", row.product) if row.product else (None, [])
    node = c.hashed(
        "engagement",
        exporter=exporter,
        market=row.market,
        product=product,
        status=row.status,
        start=row.since,
        end=row.until,
        attested=row.as_of,
        shareOf=row.share_of,
        source=row.source_id,
    )
    triples = [
        *c.named(row.org_id),
        *describe(
            node,
            (TYPE, _CLASS),
            (_EXPORTER, exporter),
            (_MARKET, row.market),
            (_PRODUCT, product),
            (_STATUS, coded("engagement-status", row.status)),
            *times(row.since, row.until),
            *c.provenance(row, row.as_of),
            note(row.note),
        ),
        *words,
    ]
    if row.share_percent is not None:
        measure = f"share-of-{row.share_of}" if row.share_of else "share"
        triples += figures.of_engagement(node, measure, row.share_percent, "percent", row.as_of)
    if row.value is not None:
        triples += figures.of_engagement(node, "value", row.value, row.currency, row.as_of)
    return triples
