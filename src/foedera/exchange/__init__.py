"""What leaves the record: rows in the formats that users ask for, and briefs with their evidence."""

from .brief import BriefInput, brief
from .cells import printable
from .formats import FORMATS, Written, write_rows
from .shapes import TABLE_COLUMNS, article_shape, claim_shape, column_types

__all__ = [
    "FORMATS", "TABLE_COLUMNS", "BriefInput", "Written", "article_shape", "brief", "claim_shape",
    "column_types", "printable", "write_rows",
]  # fmt: skip
