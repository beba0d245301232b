"""Versioned reference data with provenance, as tables that a person can read."""

from .codebook import CODEBOOK_VERSION, Entry, PloverType, contexts, explain, modes, plover_types, sectors
from .codes import actor_codes, code_for
from .loading import cells, load_table, load_toml, name_words, version

__all__ = [
    "CODEBOOK_VERSION", "Entry", "PloverType", "actor_codes", "cells", "code_for", "contexts", "explain", "load_table",
    "load_toml", "modes", "name_words", "plover_types", "sectors", "version",
]  # fmt: skip
