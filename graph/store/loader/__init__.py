"""A release in memory, and readers that are forked from the process that holds it.

One such process, the loader, for all web processes of a home. It is fresh and does nothing else: it
never opens a store on disk, gets the release as N-Quads from a child that does, and each new release
as its change. It is reached over a socket in a folder that only its user can open. A fork shares its
memory, so a reader of it costs milliseconds and what it writes itself.
"""
