"""What goes wrong on a machine is told in one line, not in a trace."""

from __future__ import annotations

import errno

import pytest
import typer

from graph.cli.console import exit_code, reports_errors
from graph.errors import StoreError


def test_a_full_disk_is_told_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    @reports_errors
    def command() -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(typer.Exit) as caught:
        command()
    assert caught.value.exit_code == exit_code(StoreError("x")) != 0
    assert capsys.readouterr().err == "verre: [Errno 28] No space left on device\n"


def test_a_closed_pipe_is_left_to_typer() -> None:
    @reports_errors
    def command() -> None:
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        command()
