"""Reconciliation: which thing of the graph a row of somebody's table speaks of, and why.

The W3C Entity Reconciliation Community Group's API 0.2, without its HTTP: see `api.routers.reconcile`.
"""
