"""How much of an organization somebody owns, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from api.pages.face import Face
from api.pages.formats import percent

Thing = Mapping[str, Any]


def share(face: Face, held: Thing) -> Markup | None:
    """`aandeel 96,85%`, or a range."""
    low, high = held.get("shareMin"), held.get("shareMax")
    exact = held.get("share")
    if exact is not None:
        text = percent(exact, face.lang)
    elif low is not None and high is not None:
        text = str(face.t("figure.between", low=percent(low, face.lang), high=percent(high, face.lang)))
    elif low is not None:
        text = str(face.t("figure.atleast", value=percent(low, face.lang)))
    elif high is not None:
        text = str(face.t("figure.atmost", value=percent(high, face.lang)))
    else:
        return None
    return face.t("family.share", share=text)
