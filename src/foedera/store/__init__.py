"""The record on disk: Delta Lake tables, one log of commits, DuckDB to read them.

A store is a folder::

    foedera.json        format version, and the software that made the store
    commits/            a Delta table: one row per version of the record
    tables/<name>/      a Delta table for each table of `schemas.TABLES`
    writer.lock         held while somebody writes

The record's version is the number of its newest commit. Tables are written first and the commit last, so a version is
there as a whole or not at all; what a dead writer left behind is rolled back by the next one. Nothing is overwritten
and no old file is removed: every version stays readable.
"""

from .check import Problem
from .log import Commit, TableState
from .rows import (
    Row,
    Stamp,
    article_row,
    claim_row,
    page_row,
    reject_row,
    row_article,
    row_claim,
    row_page,
    row_reject,
)
from .schemas import COMMITS, TABLES, Column, TableSchema, schema_markdown
from .store import FORMAT, Store
from .writer import Writer

__all__ = [
    "COMMITS", "FORMAT", "TABLES", "Column", "Commit", "Problem", "Row", "Stamp", "Store", "TableSchema", "TableState",
    "Writer", "article_row", "claim_row", "page_row", "reject_row", "row_article", "row_claim", "row_page",
    "row_reject", "schema_markdown",
]  # fmt: skip
