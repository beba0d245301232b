"""Reads inputs into a store, in this process."""

from __future__ import annotations

import datetime as dt
import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Final

from foedera._version import __version__
from foedera.articles import CopyIndex
from foedera.knowledge import CODEBOOK_VERSION
from foedera.knowledge import version as knowledge_version
from foedera.language import default_reader
from foedera.model import CLAIM_KINDS, Page, Reject, bounds, content_id
from foedera.model.errors import UsageError
from foedera.pipeline import Outcome, outcome
from foedera.sources import SidecarTable, SourceOptions, open_pages
from foedera.store import Stamp, Store, Writer, article_row, claim_row, page_row, reject_row

_NEAR_COPY: Final = "near-copy"
_SAMPLE: Final = 500


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """How inputs are read.

    Attributes:
        copies: Whether near-copies are looked for.
        batch: Pages per commit.
        compact: Whether small files are merged at the end.
        latest: Last day on which a page may have been published; None means today (UTC).
    """

    copies: bool = True
    batch: int = 64
    compact: bool = True
    latest: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is; given after each page."""

    pages: int
    articles: int
    claims: int
    current: str


@dataclass(frozen=True, slots=True)
class ReadSummary:
    """What a run did.

    Attributes:
        pages: Pages opened, rejected inputs left out.
        articles: Articles added.
        known: Pages that the store had already.
        copies: Articles added that are near-copies of others.
        claims: Claims added by kind.
        rejects: Rejected inputs by reason, whether or not the store had them already.
        seconds: Wall time.
        version: Version of the record afterwards.
        unused_sidecar: Documents of the sidecar table that no input matched.
        rejected: The rejects themselves.
    """

    pages: int
    articles: int
    known: int
    copies: int
    claims: dict[str, int]
    rejects: dict[str, int]
    seconds: float
    version: int
    unused_sidecar: tuple[str, ...] = ()
    rejected: tuple[Reject, ...] = ()


@dataclass(slots=True)
class _Tally:
    pages: int = 0
    articles: int = 0
    known: int = 0
    copied: set[str] = field(default_factory=set)
    claims: Counter[str] = field(default_factory=Counter)
    rejected: list[Reject] = field(default_factory=list)


def read_into(
    store_path: Path,
    inputs: Sequence[str],
    *,
    options: SourceOptions | None = None,
    settings: ReadSettings | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    stdin: BinaryIO | None = None,
) -> ReadSummary:
    """Read inputs into a store, which is made where there is none.

    Pages that the store has are passed over, so a run that was stopped can be started again and completes what is
    missing. Each batch is one version of the record.

    Args:
        store_path: Folder of the store.
        inputs: Files, folders, ``-`` or one URL.
        options: What the user says about the inputs, and limits.
        settings: How they are read.
        on_progress: Called after each page.
        stdin: Standard input, where ``-`` is among the inputs.

    Raises:
        UsageError: Wrong arguments.
        StoreError: The store cannot be opened or written.
    """
    began = time.perf_counter()
    _check_stated(options or SourceOptions(), (settings or ReadSettings()).latest or dt.datetime.now(dt.UTC).date())
    options, settings = _with_table(options or SourceOptions()), settings or ReadSettings()
    store = Store.create_or_open(store_path)
    run = _Run(store, list(inputs), options, settings, on_progress)
    run.read(open_pages(inputs, options, stdin=stdin))
    tally = run.tally
    unused = options.sidecar.unused if isinstance(options.sidecar, SidecarTable) else ()
    return ReadSummary(
        tally.pages, tally.articles, tally.known, len(tally.copied), {k: tally.claims[k] for k in CLAIM_KINDS},
        dict(sorted(Counter(r.reason for r in tally.rejected).items())), round(time.perf_counter() - began, 3),
        store.version,
        tuple(unused), tuple(tally.rejected),
    )  # fmt: skip


def _check_stated(options: SourceOptions, latest: dt.date) -> None:
    """What the user says outranks everything else, so a slip in it must not pass in silence."""
    if options.stated.published is None:
        return
    try:
        first = bounds(options.stated.published)[1]
    except ValueError:
        return  # `open_pages` says what is wrong with its form
    if first > latest:
        raise UsageError(
            f"the stated publication date {options.stated.published!r} lies after {latest.isoformat()}",
            where="published",
            remedy="nothing that is read today can have been published later: correct the date",
        )


def _with_table(options: SourceOptions) -> SourceOptions:
    """Load the sidecar table here, so that what it did not match can be told afterwards."""
    if options.sidecar is None or isinstance(options.sidecar, SidecarTable):
        return options
    values = {f.name: getattr(options, f.name) for f in fields(options)}
    return SourceOptions(**{**values, "sidecar": SidecarTable.load(options.sidecar)})


class _Run:
    """One run over its inputs."""

    def __init__(
        self,
        store: Store,
        inputs: list[str],
        options: SourceOptions,
        settings: ReadSettings,
        on_progress: Callable[[Progress], None] | None,
    ) -> None:
        self.store, self.settings, self.on_progress = store, settings, on_progress
        self.tally = _Tally()
        self._reader = default_reader()
        self._latest = settings.latest or dt.datetime.now(dt.UTC).date()
        self._started = dt.datetime.now(dt.UTC)
        self._inputs = inputs
        self._options = json.dumps(
            {"copies": settings.copies, "stated": _said(options)}, sort_keys=True, ensure_ascii=False
        )
        # No clock in the id: the same reading of the same inputs stamps its rows alike.
        self.id = content_id("run", "read", inputs, self._options, __version__, self._reader.name, store.version)
        self._seen: set[str] = set()
        self._index: CopyIndex | None = None

    def read(self, found: Iterator[Page | Reject]) -> None:
        """Read everything, a batch at a time."""
        stamp = Stamp(__version__, CODEBOOK_VERSION, knowledge_version(), self.id)
        with self.store.writer(stamp) as writer:
            batch = list(islice(found, self.settings.batch))
            while batch:
                self._batch(writer, batch)
                batch = list(islice(found, self.settings.batch))
                if not batch and self.tally.articles:
                    writer.append("runs", [self._row()])
                writer.commit("read")
            if self.settings.compact:
                writer.compact()

    def _batch(self, writer: Writer, batch: list[Page | Reject]) -> None:
        pages = [p for p in batch if isinstance(p, Page)]
        stored = self.store.known("pages", [p.id for p in pages]) if pages else set()
        superseded = self._superseded([p for p in pages if p.id not in stored])
        for item in batch:
            if isinstance(item, Page):
                self.tally.pages += 1
                if item.id in stored or item.id in self._seen:
                    self.tally.known += 1
                    self._report(item.document)
                    continue
                self._seen.add(item.id)
            self._keep(writer, self._outcome(item), superseded)
            self._report(item.document)

    def _outcome(self, item: Page | Reject) -> Outcome:
        """What became of one page. Whatever a library stumbles over costs this page and not the run."""
        try:
            return outcome(item, latest=self._latest, reader=self._reader, signatures=self.settings.copies)
        except MemoryError:
            raise
        except Exception as error:
            if isinstance(item, Reject):
                raise
            detail = f"{type(error).__name__}: {str(error)[:300]}"
            sample = item.data[: 4 * _SAMPLE].decode("utf-8", "replace")[:_SAMPLE]
            reject = Reject(item.document, item.locator, "reader_failed", detail, sample or None, item.sha256)
            return Outcome(item, reject=reject)

    def _keep(self, writer: Writer, result: Outcome, superseded: dict[str, str]) -> None:
        if result.reject is not None:
            self.tally.rejected.append(result.reject)
            writer.append("rejects", [reject_row(result.reject)])
            return
        page, article = result.page, result.article
        if page is None or article is None:
            return
        writer.append("pages", [page_row(page)])
        writer.append("articles", [article_row(article, superseded.get(page.id))])
        writer.append("copies", self._copies(article.id, article.signature, superseded.get(page.id)))
        for kind in CLAIM_KINDS:
            rows = [claim_row(c) for c in result.claims if kind == c.KIND]
            writer.append(kind, rows)
            self.tally.claims[kind] += len(rows)
        self.tally.articles += 1

    def _copies(self, article: str, signature: Sequence[int], superseded: str | None) -> Iterable[dict[str, Any]]:
        """Rows for the near-copies of an article; the earlier reading that it takes the place of is none."""
        if not self.settings.copies or not signature:
            return []
        if self._index is None:
            self._index = self._stored_signatures()
        found = [(other, how) for other, how in self._index.add(article, signature) if other != superseded]
        if found:
            self.tally.copied.add(article)
        return [
            {
                "article_a": min(article, other),
                "article_b": max(article, other),
                "similarity": round(similarity, 4),
                "kind": _NEAR_COPY,
            }
            for other, similarity in found
        ]

    def _stored_signatures(self) -> CopyIndex:
        index = CopyIndex()
        if "articles" not in self.store.manifest.tables:
            return index
        cursor = self.store.connect().execute("SELECT id, signature FROM articles WHERE len(signature) > 0 ORDER BY id")
        while rows := cursor.fetchmany(1_000):
            for article, signature in rows:
                index.add(article, signature)
        return index

    def _superseded(self, pages: list[Page]) -> dict[str, str]:
        """Articles that the same bytes under the same name gave before the user said something else about them."""
        if not pages or not self.store.manifest.tables.get("articles"):
            return {}
        query = """SELECT p.document, p.sha256, a.id FROM pages p JOIN articles a ON a.page = p.id
                   WHERE p.sha256 IN (SELECT unnest(?::VARCHAR[])) ORDER BY a.id"""
        found = self.store.connect().execute(query, [[p.sha256 for p in pages]]).fetchall()
        earlier = {(document, sha): article for document, sha, article in found}
        return {p.id: earlier[p.document, p.sha256] for p in pages if (p.document, p.sha256) in earlier}

    def _report(self, current: str) -> None:
        if self.on_progress is not None:
            self.on_progress(Progress(self.tally.pages, self.tally.articles, sum(self.tally.claims.values()), current))

    def _row(self) -> dict[str, Any]:
        now = dt.datetime.now(dt.UTC)
        counts = {"pages": self.tally.pages, "articles": self.tally.articles, "claims": dict(self.tally.claims),
                  "rejects": len(self.tally.rejected)}  # fmt: skip
        return {
            "id": self.id, "started": self._started.isoformat(timespec="seconds"),
            "finished": now.isoformat(timespec="seconds"), "command": "read", "inputs": self._inputs,
            "options": self._options, "reader": self._reader.name, "engine": "local",
            "counts": json.dumps(counts, sort_keys=True), "seconds": round((now - self._started).total_seconds(), 3),
        }  # fmt: skip


def _said(options: SourceOptions) -> dict[str, str]:
    said = {f.name: getattr(options.stated, f.name) for f in fields(options.stated)}
    return {k: v for k, v in said.items() if v is not None}
