"""Clients that other people made, unchanged, against the running product."""
