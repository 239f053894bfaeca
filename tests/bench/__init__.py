"""The benchmark: a synthetic graph, and Verre beside its peers on it. `docs/performance.md` says how to run it."""
