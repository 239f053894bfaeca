"""The `verre` command."""

from graph.cli.main import app

__all__ = ["app"]
