"""`/openapi.json`, and `/docs`: the same for people, made here so that nothing is loaded from elsewhere."""

from __future__ import annotations

from html import escape
from typing import Any

import orjson
from fastapi import APIRouter, Request
from starlette.responses import Response

from api import openapi

router = APIRouter(include_in_schema=False)

STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; }
code, pre { font-family: ui-monospace, monospace; font-size: .9em; }
pre { overflow-x: auto; padding: .75rem; border: 1px solid #8886; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid #8886; }
h2 { border-bottom: 2px solid #8888; margin-top: 3rem; }
"""


@router.get("/openapi.json")
async def schema(request: Request) -> Response:
    """The OpenAPI 3.1 document."""
    return Response(
        orjson.dumps(openapi.document(request.app)), 200, {"Cache-Control": "no-cache"}, "application/json"
    )


@router.get("/docs/style.css")
async def style() -> Response:
    """The style of `/docs`."""
    return Response(STYLE, 200, {"Cache-Control": "public, max-age=3600"}, "text/css")


@router.get("/docs")
async def docs(request: Request) -> Response:
    """Every path with its parameters and an example, as one page without scripts."""
    page = _page(openapi.document(request.app))
    return Response(page, 200, {"Cache-Control": "no-cache"}, "text/html")


def _page(told: dict[str, Any]) -> str:
    info = told["info"]
    parts = [
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{escape(info['title'])} API</title>"
        '<meta name=viewport content="width=device-width"><link rel=stylesheet href="/docs/style.css"></head><body>',
        f"<h1>{escape(info['title'])} API {escape(info['version'])}</h1><p>{escape(info['summary'])}</p>",
        f"<p>{escape(info['description'])}</p><p><a href='/openapi.json'>OpenAPI document</a></p>",
    ]
    for path, operations in told["paths"].items():
        parts += [_operation(path, method, operation) for method, operation in operations.items()]
    return "".join((*parts, "</body></html>"))


def _operation(path: str, method: str, operation: dict[str, Any]) -> str:
    rows = "".join(
        f"<tr><td><code>{escape(p['name'])}</code></td><td>{escape(p.get('description', ''))}</td>"
        f"<td><code>{escape(_shown(p))}</code></td></tr>"
        for p in operation.get("parameters", [])
    )
    table = f"<table><tr><th>Parameter<th>What<th>Example</tr>{rows}</table>" if rows else ""
    return (
        f"<section><h2><code>{method.upper()} {escape(path)}</code></h2>"
        f"<p>{escape(operation.get('description', ''))}</p>{table}{_answers(operation)}</section>"
    )


def _shown(parameter: dict[str, Any]) -> str:
    examples = (
        parameter.get("examples") or parameter["schema"].get("examples") or [parameter.get("example", "")]
    )
    first = examples[0]
    return ", ".join(map(str, first)) if isinstance(first, list) else str(first)


def _answers(operation: dict[str, Any]) -> str:
    codes = ", ".join(f"{code} {escape(r['description'])}" for code, r in operation["responses"].items())
    content = operation["responses"].get("200", {}).get("content", {})
    told = content.get("application/json", {}).get("example")
    shown = f"<pre>{escape(orjson.dumps(told, option=orjson.OPT_INDENT_2).decode())}</pre>" if told else ""
    kinds = ", ".join(f"<code>{escape(kind)}</code>" for kind in content)
    return f"<p>{codes}</p>" + (f"<p>Comes as {kinds}.</p>" if kinds else "") + shown
