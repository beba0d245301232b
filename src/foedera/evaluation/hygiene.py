"""Scores what an article is made of: title, furniture, captions, and the publication date or window."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from foedera.model import Article, DateValue, bounds, month_end
from foedera.model.errors import EvaluationError

from .bootstrap import Ratio, Unit, figures, precision_recall
from .gold import Process, load_gold, read_gold_pages
from .matching import words

RATIOS: Final[dict[str, Ratio]] = {
    "title_accuracy": Ratio(("title",), ("titled",)),
    "publication_accuracy": Ratio(("right",), ("published",)),
    "publication_exact": Ratio(("exact",), ("published",)),
    "publication_wrong": Ratio(("wrong",), ("published",)),
    "publication_unknown": Ratio(("unknown",), ("published",)),
    **precision_recall("lines_", "lines_hit", system="lines_system", gold="lines_gold"),
    **precision_recall("furniture_", "furniture_hit", system="furniture_system", gold="furniture_gold"),
    **precision_recall("captions_", "captions_hit", system="captions_system", gold="captions_gold"),
}
"""The figures of `evaluate_hygiene`; `lines` are furniture and captions together, each under its own kind."""

_PARTS: Final = ("furniture", "captions")


def evaluate_hygiene(
    gold: Path, pages: Sequence[Path] = (), *, process: Process, errors: bool = False
) -> dict[str, Any]:
    """Score titles, set-apart lines and publication dates of the pages of a gold folder.

    Lines agree when their words do. A publication date is right when its value is gold's or lies inside it, or when it
    gives a window that holds gold's date and lies inside gold's month.

    Args:
        gold: Folder of gold files with `hygiene`: `title`, `boilerplate` or `furniture` (lines), `captions` (lines),
            `publication_date`.
        pages: Files and folders that hold the pages; where there are none, see `find_page`.
        process: Reads one page.
        errors: Whether what is wrong is listed.

    Raises:
        EvaluationError: Gold or a page is missing or malformed.
    """
    annotated = load_gold(gold, "hygiene")
    made = read_gold_pages(annotated, pages, process)
    documents: list[list[Unit]] = []
    lines: list[str] = list(made.problems)
    for page in annotated:
        article = next(iter(made.articles.get(page.document, ())), None)
        units, wrong = score_hygiene(article, page.content["hygiene"], where=page.path)
        documents.append(units)
        lines.extend(f"{line} | {page.document}" for line in wrong)
    out = {**made.about("hygiene", len(annotated)), **figures(documents, RATIOS)}
    return {**out, "errors": lines} if errors else out


def score_hygiene(
    article: Article | None, gold: Mapping[str, Any], *, where: Path | None = None
) -> tuple[list[Unit], list[str]]:
    """Units and errors of one page.

    Args:
        article: What was made of it; None where it was rejected.
        gold: The `hygiene` of a gold file.
        where: The gold file, for errors.

    Raises:
        EvaluationError: A gold value has no known form.
    """
    units: list[Unit] = []
    errors: list[str] = []
    if "title" in gold:
        title = next(iter(_texts(gold["title"])), None)
        right = article is not None and _key(article.title) == _key(title)
        units.append({"titled": 1, "title": right})
        errors += [] if right else [f"title {article.title if article else None!r}, not {title!r}"]
    wanted = _wanted(gold.get("publication_date") or gold.get("published"), where)
    if wanted:
        verdict = judge(article.published if article else DateValue(), wanted)
        units.append({"published": 1, verdict: 1, "right": verdict in ("exact", "right")})
        if verdict in ("wrong", "unknown"):
            errors.append(f"published {verdict}: {_said(article)}, not {' or '.join(wanted)}")
    for part in _PARTS:
        found = _lines(article, part)
        expected = _texts(
            gold.get("boilerplate", gold.get("furniture", ())) if part == "furniture" else gold.get(part, ())
        )
        units += _line_units(part, found, expected, errors)
    return units, errors


def judge(found: DateValue, wanted: Sequence[str]) -> str:
    """Compare a publication date with the values that gold accepts.

    Returns:
        ``exact`` (the same value), ``right`` (inside gold's, or a window that holds gold's date and lies inside its
        month), ``unknown`` (neither a value nor a window) or ``wrong``.
    """
    if found.value is not None and found.value in wanted:
        return "exact"
    if found.first is None or found.last is None:
        return "unknown" if found.value is None else "wrong"
    return "right" if any(_agrees(found.first, found.last, value) for value in wanted) else "wrong"


def _agrees(first: dt.date, last: dt.date, value: str) -> bool:
    _, low, high = bounds(value)
    if low <= first and last <= high:
        return True
    in_month = low.replace(day=1) <= first and last <= month_end(high.year, high.month)
    return in_month and first <= low and high <= last


def _wanted(field: Any, where: Path | None) -> list[str]:
    """The publication dates that gold accepts, checked."""
    given = [field.get("value"), *(field.get("accept") or ())] if isinstance(field, Mapping) else [field]
    values = [str(value) for value in given if value]
    for value in values:
        try:
            bounds(value)
        except ValueError as error:
            raise EvaluationError(
                str(error), where=str(where) if where else None, remedy="Correct publication_date."
            ) from error
    return values


def _lines(article: Article | None, part: str) -> list[str]:
    if article is None:
        return []
    blocks = article.lines("furniture" if part == "furniture" else "caption")
    return [line for block in blocks for line in block.splitlines() if line.strip()]


def _texts(items: Any) -> list[str]:
    """Gold lines: a text, a list of texts or of objects with `text`, or an object with `line` or `lines`."""
    if isinstance(items, Mapping):
        items = items.get("lines") or [items.get("line")]
    elif isinstance(items, str):
        items = [items]
    given = [
        item.get("text") or item.get("evidence") or item.get("line") if isinstance(item, Mapping) else item
        for item in items or ()
    ]
    return [line for text in given if text for line in str(text).splitlines() if line.strip()]


def _line_units(part: str, found: Sequence[str], expected: Sequence[str], errors: list[str]) -> list[Unit]:
    ours, theirs = _counted(found), _counted(expected)
    units: list[Unit] = []
    for key in sorted({*ours, *theirs}):
        a, b = ours[key], theirs[key]
        units += [_line_unit(part, "hit", "gold", "system")] * min(a, b)
        units += [_line_unit(part, "system")] * max(a - b, 0) + [_line_unit(part, "gold")] * max(b - a, 0)
        if a != b:
            errors.append(f"{'spurious' if a > b else 'missed'} {part}: {' '.join(key)[:90]}")
    return units


def _line_unit(part: str, *columns: str) -> Unit:
    return {f"{name}_{column}": 1 for name in ("lines", part) for column in columns}


def _counted(lines: Iterable[str]) -> Counter[tuple[str, ...]]:
    return Counter(_key(line) for line in lines)


def _key(line: str | None) -> tuple[str, ...]:
    """What is compared of a line: its words, or its signs where it has no words."""
    return tuple(words(line)) or tuple((line or "").split())


def _said(article: Article | None) -> str:
    if article is None:
        return "rejected"
    published = article.published
    return f"{published.value} ({published.low} to {published.high}, {published.basis})"
