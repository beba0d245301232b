"""What leaves the record: rows in the formats that users ask for, and briefs with their evidence."""

from .brief import BriefInput, brief
from .cells import printable
from .copies import Head, copy_groups, originals
from .formats import FORMATS, Written, write_rows
from .shapes import TABLE_COLUMNS, article_shape, claim_shape, column_types

__all__ = [
    "FORMATS", "TABLE_COLUMNS", "BriefInput", "Head", "Written", "article_shape", "brief", "claim_shape",
    "column_types", "copy_groups", "originals", "printable", "write_rows",
]  # fmt: skip
