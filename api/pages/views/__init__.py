"""Pure functions from what the index answers to what a template shows."""
