"""The W3C's SPARQL 1.1 tests, over HTTP, against `verre serve` in the bare profile."""
