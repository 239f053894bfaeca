"""Why somebody asks for persons, or screens them: said by the client, kept in the audit log."""

from __future__ import annotations

from starlette.requests import Request

from api import parameters
from api.logs import Event, audit
from graph.errors import InputError, Issue
from graph.settings import Settings

PARAMETER, HEADER = "purpose", "Processing-Purpose"


def purpose_of(request: Request, settings: Settings) -> str | None:
    """The purpose of a request: its parameter, else its header.

    Raises:
        InputError: it cannot be used, or there is none and the setting asks for one.
    """
    given = request.query_params.get(PARAMETER)
    name = PARAMETER if given is not None else HEADER
    told = given if given is not None else request.headers.get(HEADER)
    if told is None:
        if not settings.screening_purpose:
            return None
        issue = Issue(PARAMETER, f"say what it is for: `{PARAMETER}=`, or the header {HEADER}")
        raise InputError("Who asks for persons says what for.", issues=(issue,), setting="screening_purpose")
    try:
        return parameters.check_text(told)
    except ValueError as error:
        raise InputError("The purpose cannot be used.", issues=(Issue(name, str(error), told),)) from None


def looked_up(request: Request, settings: Settings, ref: str | None = None) -> None:
    """Notes a look-up of persons for the audit log.

    Args:
        ref: which one; `None`: a list of them.

    Raises:
        InputError: as `purpose_of`.
    """
    more = {"about": "people", **({} if ref is None else {"person": ref[: parameters.TEXT]})}
    audit(request, Event("lookup", more=more))
    told = purpose_of(request, settings)
    if told is not None:
        audit(request, Event(more={"purpose": told}))
