"""Reading inputs into a store, and what would be read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from foedera.demo import report_paths, sidecar_rows
from foedera.engines import Progress, ReadSettings, ReadSummary, read_into
from foedera.model import Metadata, Page
from foedera.model.errors import UsageError
from foedera.sources import FieldNames, Limits, SidecarTable, SourceOptions, WebLimits, open_pages
from foedera.store import Store

from .record import default_store

Paths = str | os.PathLike[str] | Sequence[str | os.PathLike[str]]
Report = Callable[[Progress], None] | None


def read(
    store: str | os.PathLike[str] | None,
    inputs: Paths,
    *,
    published: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    licence: str | None = None,
    sidecar: str | os.PathLike[str] | None = None,
    fields: Mapping[str, str] | None = None,
    allow_private: bool = False,
    max_bytes: int | None = None,
    copies: bool = True,
    on_progress: Report = None,
    stdin: BinaryIO | None = None,
) -> ReadSummary:
    """Read inputs into a store, which is made where there is none. Reading the same again adds nothing.

    Args:
        store: Folder of the store; None means `default_store()`.
        inputs: Files, folders, archives, addresses, or ``-`` for standard input.
        published: Publication date of all inputs, ISO; outranks whatever the pages say.
        outlet: Who published them.
        url: Where they were published.
        licence: Under which terms.
        sidecar: A CSV, TSV or JSONL file that says such things of single documents.
        fields: Names of the fields of JSONL and CSV rows, such as ``{"text": "body"}``.
        allow_private: Fetch addresses of this machine and of local networks too.
        max_bytes: Largest single document in bytes; None keeps the default.
        copies: Look for near-copies.
        on_progress: Called after each page.
        stdin: What ``-`` reads; None is the standard input of the process.

    Raises:
        UsageError: Wrong arguments.
        StoreError: The store cannot be opened or written.
    """
    options = _options(published, outlet, url, licence, sidecar, fields, allow_private, max_bytes)
    return read_into(_store(store), _inputs(inputs), options=options, settings=ReadSettings(copies=copies),
                     on_progress=on_progress, stdin=stdin)  # fmt: skip


def preview(
    store: str | os.PathLike[str] | None,
    inputs: Paths,
    *,
    published: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    licence: str | None = None,
    sidecar: str | os.PathLike[str] | None = None,
    fields: Mapping[str, str] | None = None,
    allow_private: bool = False,
    max_bytes: int | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[dict[str, Any]]:
    """What `read` would open, without reading or writing anything.

    Returns:
        Rows: document, locator, type, bytes (None for rejects), outcome (``new``, ``known`` or the reason of a
        reject), detail.

    Raises:
        UsageError: Wrong arguments.
        StoreError: There is a store, and it cannot be opened.
    """
    options = _options(published, outlet, url, licence, sidecar, fields, allow_private, max_bytes)
    found = open_pages(_inputs(inputs), options, stdin=stdin)
    path = _store(store)
    opened = Store.open(path) if os.path.exists(path / "foedera.json") else None
    return (_previewed(item, opened) for item in found)


def _previewed(item: Any, store: Store | None) -> dict[str, Any]:
    row = {"document": item.document, "locator": item.locator}
    if isinstance(item, Page):
        known = store is not None and bool(store.known("pages", [item.id]))
        return {**row, "type": item.original_type, "bytes": len(item.data), "outcome": "known" if known else "new",
                "detail": ""}  # fmt: skip
    return {**row, "type": None, "bytes": None, "outcome": item.reason, "detail": item.detail}


def demo(store: str | os.PathLike[str] | None, *, on_progress: Report = None) -> ReadSummary:
    """Read the demo corpus into a store.

    Args:
        store: Folder of the store; None means `default_store()`.
        on_progress: Called after each page.

    Raises:
        StoreError: The store cannot be opened or written.
    """
    table = SidecarTable(Path("manifest.csv"), dict(sidecar_rows()))
    return read_into(_store(store), [str(path) for path in report_paths()], options=SourceOptions(sidecar=table),
                     on_progress=on_progress)  # fmt: skip


def _store(store: str | os.PathLike[str] | None) -> Path:
    return Path(store) if store is not None else default_store()


def _inputs(inputs: Paths) -> list[str]:
    several = [inputs] if isinstance(inputs, str | os.PathLike) else list(inputs)
    if not several:
        raise UsageError(
            "nothing to read", where="inputs", remedy="name files, folders, addresses, or - for standard input"
        )
    return [os.fspath(one) for one in several]


def _options(
    published: str | None, outlet: str | None, url: str | None, licence: str | None,
    sidecar: str | os.PathLike[str] | None, fields: Mapping[str, str] | None, allow_private: bool,
    max_bytes: int | None,
) -> SourceOptions:  # fmt: skip
    limits, web = Limits(), WebLimits(allow_private=allow_private)
    if max_bytes is not None:
        if max_bytes < 1:
            raise UsageError(f"{max_bytes} is not a size", where="max_bytes", remedy="give a number of bytes above 0")
        limits = Limits(max_bytes=max_bytes, max_total=max(max_bytes, limits.max_total))
        web = WebLimits(allow_private=allow_private, max_bytes=max_bytes)
    return SourceOptions(
        fields=FieldNames.of(fields or {}),
        stated=Metadata(published=published, outlet=outlet, url=url, licence=licence),
        sidecar=Path(sidecar) if sidecar is not None else None,
        limits=limits,
        web=web,
    )
