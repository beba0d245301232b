"""Mentions → actors as of a date."""

from .directory import Directory, Listing, directory
from .document import DocumentActors
from .resolve import Resolved, resolve

__all__ = ["Directory", "DocumentActors", "Listing", "Resolved", "directory", "resolve"]
