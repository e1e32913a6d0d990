"""Every non-trivial read of the directory. Public pages read the catalogue."""

from .catalogue import Catalogue, catalogue

__all__ = ["Catalogue", "catalogue"]
