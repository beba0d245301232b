"""Runs the pipeline: in this process."""

from .local import Progress, ReadSettings, ReadSummary, read_into

__all__ = ["Progress", "ReadSettings", "ReadSummary", "read_into"]
