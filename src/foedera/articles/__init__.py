"""Articles: a page's bytes become repaired text with its parts set apart, dated, and linked to near-copies."""

from __future__ import annotations

from .copies import CopyIndex, signature_of, similar
from .making import make_article

__all__ = ["CopyIndex", "make_article", "signature_of", "similar"]
