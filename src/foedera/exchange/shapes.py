"""Rows as users see them: the keys of every export, in their order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from foedera.model import CLAIM_KINDS
from foedera.store import TABLES

Row = dict[str, Any]

_ARTICLE_EXTRAS: Final[dict[str, str]] = {
    "published": "VARCHAR", "outlet": "VARCHAR", "url": "VARCHAR", "language": "VARCHAR",
}  # fmt: skip
"""What a claim's row carries of its article."""

_COMMON: Final = (
    "date", "status", "alleged", "speaker", "confidence", "evidence", "start", "end", "article", *_ARTICLE_EXTRAS,
    "block", "focus_start", "focus_end", "basis", "reason", "reader", "software", "codebook", "knowledge", "run",
)  # fmt: skip

_OWN: Final[dict[str, tuple[str, ...]]] = {
    kind: tuple(name for name in TABLES[kind].names if name not in {"id", "document", *_COMMON}) for kind in CLAIM_KINDS
}

_ARTICLE_TYPES: Final[dict[str, str]] = {
    "document": "VARCHAR", "id": "VARCHAR", "title": "VARCHAR", "published": TABLES["articles"].types["published"],
    "language": "VARCHAR", "furniture": "VARCHAR[]", "captions": "VARCHAR[]", "credit": "VARCHAR", "outlet": "VARCHAR",
    "byline": "VARCHAR", "dateline": "VARCHAR", "url": "VARCHAR", "licence": "VARCHAR", "copy_of": "VARCHAR",
    "words": "BIGINT", "stated": "VARCHAR[]", "repairs": "VARCHAR[]", "page": "VARCHAR", "software": "VARCHAR",
    "codebook": "VARCHAR", "knowledge": "VARCHAR", "run": "VARCHAR",
}  # fmt: skip

TABLE_COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "events": ("id", "date", "type", "source", "target", "status", "evidence"),
    "statements": ("id", "date", "speaker", "side", "stance", "evidence"),
    "agreements": ("id", "date", "agreement", "stage", "actor", "status", "evidence"),
    "meetings": ("id", "date", "kind", "participants", "place", "status", "evidence"),
    "incidents": ("id", "date", "kind", "parties", "status", "evidence"),
    "figures": ("id", "country", "measure", "value", "unit", "date", "evidence"),
    "policies": ("id", "date", "country", "change", "topic", "status", "evidence"),
    "capabilities": ("id", "date", "country", "change", "system", "status", "evidence"),
    "articles": ("document", "published", "outlet", "words", "copy_of", "title"),
    "rejects": ("document", "reason", "detail"),
}
"""Columns that a table in a terminal shows; every other format has them all."""


def column_types(kind: str) -> dict[str, str]:
    """DuckDB type of every column of an export, in its order.

    Args:
        kind: A key of `TABLE_COLUMNS`.
    """
    if kind == "articles":
        return dict(_ARTICLE_TYPES)
    if kind == "rejects":
        return dict(TABLES["rejects"].types)
    types = {**TABLES[kind].types, **_ARTICLE_EXTRAS}
    return {name: types[name] for name in ("id", "document", *_OWN[kind], *_COMMON)}


def claim_shape(kind: str, row: Mapping[str, Any]) -> Row:
    """A claim as users see it.

    Args:
        kind: A key of `CLAIM_KINDS`.
        row: The stored row, with `published` (ISO value or None), `outlet`, `url` and `language` of its article.
    """
    return {name: row[name] for name in ("id", "document", *_OWN[kind], *_COMMON)}


def article_shape(row: Mapping[str, Any], copy_of: str | None) -> Row:
    """An article as users see it: without its text, with the lines that were set apart from it.

    Args:
        row: The stored row.
        copy_of: Name of the document that it is a near-copy of, or None.
    """
    text, blocks = row["text"], row["blocks"]

    def lines(kind: str) -> list[str]:
        return [text[block["start"] : block["end"]] for block in blocks if block["kind"] == kind]

    made = {
        "furniture": lines("furniture"),
        "captions": lines("caption"),
        "copy_of": copy_of,
        "words": sum(len(paragraph.split()) for paragraph in lines("paragraph")),
    }
    return {name: made[name] if name in made else row[name] for name in _ARTICLE_TYPES}
