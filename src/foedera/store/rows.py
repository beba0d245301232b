"""Records to rows and back. Pure functions; a row is a dictionary that JSON can carry, keyed by column name."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Final, TypeAlias

from foedera._version import __version__
from foedera.model import (
    CLAIM_KINDS,
    Actor,
    Article,
    Block,
    Claim,
    DateValue,
    Incident,
    Meeting,
    Metadata,
    OffsetMap,
    Page,
    Reject,
    StanceToward,
)
from foedera.model.errors import StoreDamaged, StoreError

Row: TypeAlias = dict[str, Any]

DATA_LIMIT: Final = 2_000_000
"""Pages of more bytes keep their hash and not their bytes."""

_RENAMED: Final[dict[type[Claim], tuple[str, str]]] = {Meeting: ("meeting", "kind"), Incident: ("incident", "kind")}
"""Fields whose column has another name: (field, column)."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What made a row; written into every row of every table.

    Attributes:
        software: Version of Foedera.
        codebook: Version of the codebook, None where none was used.
        knowledge: Version of the reference tables, None where none were used.
        run: Id of the run, None outside a run.
    """

    software: str = __version__
    codebook: str | None = None
    knowledge: str | None = None
    run: str | None = None

    def row(self) -> Row:
        """The stamp columns."""
        return _plain(self)  # type: ignore[no-any-return]


def page_row(page: Page) -> Row:
    """The row of a page; the bytes are left out above `DATA_LIMIT`."""
    kept = len(page.data) <= DATA_LIMIT
    return {
        "id": page.id,
        "document": page.document,
        "locator": page.locator,
        "media_type": page.media_type,
        "original_type": page.original_type,
        "sha256": page.sha256,
        "bytes": len(page.data),
        "stated": _plain(page.stated),
        "declared": _plain(page.declared),
        "data": base64.b64encode(zlib.compress(page.data, 6)).decode("ascii") if kept else None,
    }


def page_data(row: Mapping[str, Any]) -> bytes | None:
    """The bytes of a page; None where they were not kept.

    Raises:
        StoreDamaged: The column holds something else than compressed bytes.
    """
    if row["data"] is None:
        return None
    try:
        return zlib.decompress(base64.b64decode(row["data"], validate=True))
    except (ValueError, zlib.error) as error:
        raise StoreDamaged(f"page {row['id']} has bytes that cannot be unpacked: {error}", where="pages") from error


def row_page(row: Mapping[str, Any]) -> Page:
    """The page of a row.

    Raises:
        StoreError: Its bytes were not kept.
        StoreDamaged: Its bytes cannot be unpacked.
    """
    data = page_data(row)
    if data is None:
        raise StoreError(
            f"the bytes of page {row['id']} ({row['bytes']} bytes) were not kept",
            where=row["document"],
            remedy=f"pages above {DATA_LIMIT} bytes keep only their hash: read {row['locator']} again",
        )
    return Page(row["document"], row["locator"], row["media_type"], row["original_type"], data,
                Metadata(**row["stated"]), Metadata(**row["declared"]))  # fmt: skip


def article_row(article: Article, supersedes: str | None = None) -> Row:
    """The row of an article.

    Args:
        article: The article.
        supersedes: Id of the article that it takes the place of, None where it takes none.
    """
    row: Row = {f.name: _plain(getattr(article, f.name)) for f in fields(article) if f.name != "offsets"}
    anchors = article.offsets.anchors if article.offsets is not None else ()
    row["offsets"] = [{"repaired": repaired, "original": original} for repaired, original in anchors]
    row["extracted"] = article.offsets is None
    row["supersedes"] = supersedes
    return row


def row_article(row: Mapping[str, Any]) -> Article:
    """The article of a row."""
    values = {f.name: row[f.name] for f in fields(Article)}
    anchors = tuple((pair["repaired"], pair["original"]) for pair in row["offsets"])
    values["offsets"] = None if row["extracted"] else OffsetMap(anchors)
    values["blocks"] = tuple(Block(**block) for block in row["blocks"])
    values["published"] = _date(row["published"])
    for name in ("repairs", "stated", "signature"):
        values[name] = tuple(row[name])
    return Article(**values)


def reject_row(reject: Reject) -> Row:
    """The row of a reject."""
    return {"id": reject.id, **_plain(reject)}


def row_reject(row: Mapping[str, Any]) -> Reject:
    """The reject of a row."""
    return Reject(**{f.name: row[f.name] for f in fields(Reject)})


def claim_row(claim: Claim) -> Row:
    """The row of a claim; its table is `claim.KIND`."""
    row: Row = {f.name: _plain(getattr(claim, f.name)) for f in fields(claim) if f.name != "focus"}
    row["focus_start"], row["focus_end"] = claim.focus
    if type(claim) in _RENAMED:
        field, column = _RENAMED[type(claim)]
        row[column] = row.pop(field)
    return row


def row_claim(kind: str, row: Mapping[str, Any]) -> Claim:
    """The claim of a row.

    Args:
        kind: The table, a key of `CLAIM_KINDS`.
        row: The row, with or without its stamp.
    """
    cls = CLAIM_KINDS[kind]
    field, column = _RENAMED.get(cls, ("", ""))
    values = {f.name: row[column if f.name == field else f.name] for f in fields(cls) if f.name != "focus"}
    values["focus"] = (row["focus_start"], row["focus_end"])
    values["date"] = _date(row["date"])
    for name, value in values.items():
        if isinstance(value, list):
            values[name] = tuple(_part(name, item) for item in value)
    return cls(**values)


def _part(field: str, item: Any) -> Any:
    """An item of a list column as the record has it."""
    if field in ("source", "target"):
        return Actor(**{**item, "candidates": tuple(item["candidates"])})
    return StanceToward(**item) if field == "stance" else item


def _date(value: Mapping[str, Any]) -> DateValue:
    return DateValue(**{**value, "reasons": tuple(value["reasons"])})


def _plain(value: Any) -> Any:
    """Dataclasses as dictionaries, tuples as lists, everything else as it is."""
    if is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    return [_plain(item) for item in value] if isinstance(value, tuple) else value
