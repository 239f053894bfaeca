"""The shapes of JSON answers, for OpenAPI only: answers are written straight from the list index.

A test reads real answers against these. Every schema has an example, put together from those of its fields.
"""
