"""The headers that every answer has."""

from __future__ import annotations

from graph.settings import Settings

SECURITY = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
"""The names with `X-` are the standard's own."""

Raw = tuple[bytes, bytes]


def raw_headers(settings: Settings) -> tuple[Raw, ...]:
    """The headers as they go out; an answer that has one of its own keeps it."""
    told = dict(SECURITY)
    if settings.hsts:
        told["Strict-Transport-Security"] = f"max-age={settings.hsts}"
    return tuple((name.lower().encode(), value.encode()) for name, value in told.items())
