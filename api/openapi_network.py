"""What OpenAPI says of the forms in which a network comes."""

from __future__ import annotations

from typing import Any

from api.network_parameters import FORMS
from api.openapi import Responses, problems
from api.schemas.shape import Shape, example

_EXAMPLES = {
    "application/graphml+xml": '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"/>',
    "application/gexf+xml": '<gexf xmlns="http://gexf.net/1.3" version="1.3"/>',
    "text/csv": "source,target,type,kind,label,weight\r\n",
    "image/svg+xml": '<svg xmlns="http://www.w3.org/2000/svg"/>',
}


def network_of(model: type[Shape]) -> Responses:
    """The responses of a network whose JSON is that of `model`."""
    content: dict[str, Any] = {}
    for form in FORMS:
        text = _EXAMPLES.get(form.media_type)
        if form.name == "json":
            content[form.media_type] = {"example": example(model)}
        elif text is None:
            empty: dict[str, Any] = {"elements": {"nodes": [], "edges": []}}
            content[form.media_type] = {"schema": {"type": "object"}, "example": empty}
        else:
            content[form.media_type] = {"schema": {"type": "string"}, "example": text}
    told: dict[str, Any] = {"model": model, "description": str(model.__doc__), "content": content}
    return {200: told, **problems(400, 404, 406, 410, 500, 503)}
