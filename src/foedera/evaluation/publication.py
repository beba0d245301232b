"""Scores publication dates against a table of addresses or file names and their dates."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any, Final
from urllib.parse import quote, unquote, urlsplit

from foedera.model import Article, DateValue, bounds
from foedera.model.errors import EvaluationError

from .bootstrap import Ratio, Unit, figures
from .gold import Made, Process, read_file

RATIOS: Final[dict[str, Ratio]] = {
    "exact_accuracy": Ratio(("exact",), ("page",)),
    "coarser": Ratio(("coarser",), ("page",)),
    "wrong": Ratio(("wrong",), ("page",)),
    "unknown": Ratio(("unknown",), ("page",)),
}
"""The figures of `evaluate_publication_dates`, as fractions of the pages that were found; they sum to 1."""

_PACKED: Final = (".gz", ".xz", ".bz2")


def evaluate_publication_dates(
    mapping_json: Path, folder: Path, *, process: Process, errors: bool = False
) -> dict[str, Any]:
    """Score publication dates.

    Args:
        mapping_json: An object from address or file name to date, or to ``{"date": ..., "file": ...}``.
        folder: Where the pages are. An address finds its file by `file`, by the file's name (the address quoted, its
            last part, or its MD5, SHA-1 or SHA-256), or by the address that a page declares.
        process: Reads one page.
        errors: Whether wrong and unknown dates are listed.

    Returns:
        ``exact_accuracy``: the value is the date. ``coarser``: it is less precise and holds the date. ``wrong``: the
        date lies outside it. ``unknown``: none was given. ``pages``: how many were found, ``missing``: how many not.

    Raises:
        EvaluationError: The table is missing or malformed, or none of its pages is in the folder.
    """
    wanted = _load(mapping_json)
    found = _Folder(folder, process)
    verdicts: dict[str, str] = {}
    lines: list[str] = []
    for name, (file, date) in sorted(wanted.items()):
        path = found.locate(name, file)
        if path is None:
            continue
        published = found.published(path)
        verdicts[name] = verdict = _verdict(published, date)
        if verdict in ("wrong", "unknown"):
            lines.append(f"{verdict} {name}: {published.value}, not {date}")
    if not verdicts:
        raise EvaluationError(
            f"none of the {len(wanted)} pages is in {str(folder)!r}",
            where=str(mapping_json),
            remedy="Name the folder that holds the pages.",
        )
    documents: list[list[Unit]] = [[{"page": 1, verdict: 1}] for verdict in verdicts.values()]
    out = {**found.made.about("publication-dates", len(verdicts)), **figures(documents, RATIOS)}
    out |= {"pages": len(verdicts), "missing": len(wanted) - len(verdicts)}
    return {**out, "errors": [*found.made.problems, *lines]} if errors else out


def _verdict(published: DateValue, date: str) -> str:
    if published.value is None:
        return "unknown"
    if published.value == date:
        return "exact"
    _, low, high = bounds(date)
    first, last = published.first, published.last
    overlaps = first is not None and last is not None and first <= high and low <= last
    return "coarser" if overlaps else "wrong"


def _load(path: Path) -> dict[str, tuple[str | None, str]]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise EvaluationError(
            f"table of dates cannot be read: {error}", where=str(path), remedy="It has to be a JSON object."
        ) from error
    if not isinstance(content, dict) or not content:
        raise EvaluationError(
            "the table of dates is not an object with entries",
            where=str(path),
            remedy='Write {"page.html": "2019-08-22"}.',
        )
    return {str(name): _entry(name, value, path) for name, value in content.items()}


def _entry(name: str, value: Any, path: Path) -> tuple[str | None, str]:
    file, date = (value.get("file"), value.get("date")) if isinstance(value, Mapping) else (None, value)
    text = str(date)[:10] if re.match(r"\d{4}-\d\d-\d\d[T ]", str(date)) else str(date)
    try:
        bounds(text)
    except ValueError as error:
        raise EvaluationError(
            f"{name}: {error}", where=str(path), remedy="Write 2019-08-22, or leave the page out."
        ) from error
    return file, text


class _Folder:
    """The files of a folder, found by name or by the address that their page declares."""

    def __init__(self, folder: Path, process: Process) -> None:
        if not folder.is_dir():
            raise EvaluationError(f"no folder {str(folder)!r}", remedy="Name the folder that holds the pages.")
        self.made = Made()
        self._process = process
        self._folder = folder
        self._paths = sorted(p for p in folder.rglob("*") if p.is_file())
        self._named: dict[str, Path] = {}
        for path in reversed(self._paths):
            self._named |= dict.fromkeys((*_names(path), path.relative_to(folder).as_posix()), path)
        self._declared: dict[str, Path] | None = None

    def locate(self, name: str, file: str | None) -> Path | None:
        """The file of an entry, None where there is none."""
        for candidate in (file, *_candidates(name)):
            if candidate and candidate in self._named:
                return self._named[candidate]
        if "://" not in name:
            return None
        if self._declared is None:
            self._declared = {}
            for path in self._paths:
                article = self._read(path)
                if article is not None and article.url:
                    self._declared.setdefault(_address(article.url), path)
        return self._declared.get(_address(name))

    def published(self, path: Path) -> DateValue:
        """The publication date of the page in a file."""
        article = self._read(path)
        return article.published if article is not None else DateValue()

    def _read(self, path: Path) -> Article | None:
        document = path.relative_to(self._folder).as_posix()
        if document not in self.made.articles:
            self.made.articles[document] = []
            read_file(self.made, document, path, self._process)
        return next(iter(self.made.articles[document]), None)


def _names(path: Path) -> Iterator[str]:
    """Names of a file, without the endings that say how it is packed and what it is."""
    name = path.name
    yield name
    if path.suffix in _PACKED:
        name = name.removesuffix(path.suffix)
        yield name
    yield PurePosixPath(name).stem


def _candidates(name: str) -> Iterator[str]:
    """File names that an entry may have."""
    yield name
    if "://" not in name:
        yield PurePosixPath(name).name
        return
    yield quote(name, safe="")
    bare = name.split("://", 1)[1]
    yield bare.replace("/", "_")
    for make in (hashlib.md5, hashlib.sha1, hashlib.sha256):
        yield make(name.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()
    last = PurePosixPath(unquote(urlsplit(name).path)).name
    if last:
        yield last


@lru_cache(maxsize=4096)
def _address(url: str) -> str:
    """An address without what two spellings of it differ in."""
    parts = urlsplit(url.strip())
    return f"{(parts.hostname or '').removeprefix('www.')}{parts.path.rstrip('/')}?{parts.query}"
