"""Tests of matches, each on the smallest graph that shows its point."""
