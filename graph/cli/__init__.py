"""The `verre` command."""
