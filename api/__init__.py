"""Verre over HTTP."""
