"""What Verre knows of Limburg's exporters, and what can be asked of it."""

__version__ = "0.1.0"
