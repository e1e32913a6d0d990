"""The working tool of a regional digital-support network."""

__version__ = "0.1.0"
