"""How the command talks: results on standard output, everything else on standard error."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from graph.errors import (
    Busy,
    InputError,
    Locked,
    NotFound,
    QueryError,
    StoreError,
    VerreError,
    WriteRefused,
    WriteTimeout,
)
from graph.sources.rows import GIVEN

EXIT: tuple[tuple[type[VerreError], int], ...] = (
    (InputError, 3),
    (WriteRefused, 3),
    (NotFound, 4),
    (QueryError, 5),
    (WriteTimeout, 5),
    (Locked, 6),
    (Busy, 6),
    (StoreError, 7),
)
"""Exit codes by error; 0 is done, 1 done with findings, 2 a wrong command line."""

ISSUES_SHOWN = 50

P = ParamSpec("P")
R = TypeVar("R")


def say(text: str) -> None:
    """One line for the person at the terminal, on standard error."""
    print(text, file=sys.stderr)  # noqa: T201


def out(text: str) -> None:
    """The result itself, on standard output."""
    print(text)  # noqa: T201


def exit_code(error: VerreError) -> int:
    """The exit code for an error."""
    return next((code for kind, code in EXIT if isinstance(error, kind)), 7)


def reports_errors(command: Callable[P, R]) -> Callable[P, R]:
    """Turns an error of Verre into lines on standard error and an exit code that means something."""

    @functools.wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except VerreError as error:
            say(f"verre: {error.detail}")
            for issue in error.issues[:ISSUES_SHOWN]:
                given = f" (given: {issue.value[:GIVEN]!r})" if issue.value is not None else ""
                say(f"  {issue.name}: {issue.detail}{given}")
            if len(error.issues) > ISSUES_SHOWN:
                say(f"  … and {len(error.issues) - ISSUES_SHOWN} more")
            if error.setting:
                say(f"  the limit is the setting {error.setting}")
            raise typer.Exit(exit_code(error)) from None
        except BrokenPipeError:
            raise  # typer ends quietly where nobody reads any more
        except OSError as error:  # a full disk, a folder that may not be written
            say(f"verre: {error}")
            raise typer.Exit(exit_code(StoreError(str(error)))) from None

    return wrapped


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar on a terminal; silence in a pipe.

    Yields:
        A function to be told what is being done, how much is done and how much there is (0: unknown).
    """
    console = Console(stderr=True)
    bar = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    tasks: dict[str, int] = {}
    with bar:

        def tell(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=total or None)
            bar.update(tasks[what], completed=done, total=total or None)  # type: ignore[arg-type]

        yield tell
