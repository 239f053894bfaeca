"""`verre keys`: who may see what is restricted, and who may write."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Annotated

import typer

from graph.cli.console import out, reports_errors, say
from graph.errors import InputError, Issue
from graph.keys import ROLES, Keys, Role
from graph.settings import Settings

commands = typer.Typer(
    name="keys",
    help="Make, list and take back keys: who may see what is restricted, and who may write.",
    no_args_is_help=True,
)
_DAYS = re.compile(r"(\d{1,5})d", re.ASCII)


def _role(word: str) -> Role:
    if word not in ROLES:
        issue = Issue("role", f"one of {', '.join(ROLES)}", word)
        raise InputError("there is no such role", issues=(issue,))
    return Role[word.upper()]


def _end(text: str | None) -> datetime | None:
    """The moment that `2027-01-31` (when that day is over) or `90d` means."""
    if text is None:
        return None
    days = _DAYS.fullmatch(text)
    try:
        if days:
            return datetime.now(UTC).replace(microsecond=0) + timedelta(days=int(days[1]))
        day = date.fromisoformat(text) + timedelta(days=1)
    except (ValueError, OverflowError):
        issue = Issue("expires", "write a day as 2027-01-31, or a number of days as 90d", text)
        raise InputError("the end cannot be used", issues=(issue,)) from None
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


@commands.command()
@reports_errors
def create(
    role: Annotated[
        str, typer.Argument(help=f"One of {', '.join(ROLES)}; each may do what the one before may.")
    ],
    note: Annotated[str, typer.Option(help="Whom it is for.")] = "",
    expires: Annotated[
        str | None,
        typer.Option(help="Its last day (2027-01-31, universal time), or after how many days (90d)."),
    ] = None,
) -> None:
    """Make a key and show it, this once."""
    key, text = Keys(Settings().home).create(_role(role), note, _end(expires))
    say(f"key {key.id} ({role}); it is shown this once and kept nowhere:")
    out(text)


@commands.command("list")
@reports_errors
def list_keys() -> None:
    """List every key that was made, by its id, with its role and whether it is valid."""
    now = datetime.now(UTC)
    for key in Keys(Settings().home).list():
        end = f"until {key.expires:%Y-%m-%dT%H:%MZ}" if key.expires else "no end"
        words = (
            key.id,
            f"{key.role.word:<7}",
            f"{key.state(now):<7}",
            f"{key.created:%Y-%m-%d}",
            f"{end:<23}",
        )
        out("  ".join((*words, key.note)).rstrip())


@commands.command()
@reports_errors
def revoke(
    name: Annotated[str, typer.Argument(metavar="ID", help="Its id, as `verre keys list` shows it.")],
) -> None:
    """Take a key back: a running server refuses it within a second."""
    key = Keys(Settings().home).revoke(name)
    say(f"key {key.id} ({key.role.word}) is revoked")


def register(app: typer.Typer) -> None:
    """Adds the commands of this module."""
    app.add_typer(commands)
