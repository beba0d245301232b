"""The version of the software, stamped on every row that it writes."""

__version__ = "0.1.0"
