"""Facts → dyads and groups. At this stage: counts per dyad and quad class."""

from .dyads import QUADS, DyadCount, dyad_counts, dyads_of

__all__ = ["QUADS", "DyadCount", "dyad_counts", "dyads_of"]
