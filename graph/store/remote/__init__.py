"""Any SPARQL 1.1 endpoint in place of the embedded store (`VERRE_STORE`); see docs/stores.md."""
