"""How good matches are: leave-one-out over known facts, beside baselines. `make evaluate`; docs/matching.md."""
