"""Tests of the house itself: layers, documents, pins."""
