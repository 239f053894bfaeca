"""The graph as a network: what is around whom, how two are linked, who matters, who connects.

Everything here is bounded by `Limits`, in the SQL that fetches it; see `docs/network.md`.
"""

from graph.network.fetch import Network, fetch
from graph.network.limits import RELATIONS, Limits

__all__ = ["RELATIONS", "Limits", "Network", "fetch"]
