"""What reports claim becomes what is known. At this stage: which reports are copies of one another."""

from .copies import Head, copy_groups, originals

__all__ = ["Head", "copy_groups", "originals"]
