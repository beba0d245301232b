"""Opens what the user names (files, folders, archives, tables, mails, one address) and yields pages or rejects."""

from .files import open_pages
from .options import FieldNames, Limits, SourceOptions, WebLimits
from .sidecar import SidecarTable

__all__ = ["FieldNames", "Limits", "SidecarTable", "SourceOptions", "WebLimits", "open_pages"]
