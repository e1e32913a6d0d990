"""Every non-trivial read of the directory. Public pages read the catalogue."""

from .catalogue import Catalogue, catalogue, excerpt

__all__ = ["Catalogue", "catalogue", "excerpt"]
