"""Foedera: an auditable record of relations between states, read from news reports."""

from ._version import __version__

__all__ = ["__version__"]
