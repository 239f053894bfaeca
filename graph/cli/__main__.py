"""`python -m graph.cli` is `verre`."""

from graph.cli import app

app(prog_name="verre")
