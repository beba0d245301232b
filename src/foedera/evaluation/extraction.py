"""Scores main text against the Article Extraction Benchmark (Zyte, MIT): F1 over shingles of four words.

Each page counts alike: precision and recall are averages over pages, and F1 is taken of those averages. Gold is the
body without its headline, so the body is what is compared: paragraphs and the headings between them.
"""

from __future__ import annotations

import gzip
import json
import re
import tarfile
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any, Final

from foedera.model import Article, Metadata, Page
from foedera.model.errors import EvaluationError

from .bootstrap import Ratio, figures
from .gold import Made, Process, read_page

SHINGLE: Final = 4
"""Words in a shingle."""

_BODY: Final = ("paragraph", "heading")


def evaluate_extraction(
    folder: Path,
    *,
    process: Process,
    sample: int | None = None,
    any_language: bool = True,
    errors: bool = False,
) -> dict[str, Any]:
    """Score the main text of the pages of a folder in the benchmark's layout.

    A ninth of the benchmark is not in English, and Foedera rejects such pages. As its figures are about finding main
    text, which hardly depends on the language, that gate is open here unless `any_language` is turned off; then those
    pages count as empty.

    Args:
        folder: Holds ``ground-truth.json`` (id to ``articleBody`` and ``url``) and ``html/ID.html.gz``, or the latter
            in ``html.tar.xz``.
        process: Reads one page.
        sample: Take only so many pages, evenly spread over the sorted ids; None takes all.
        any_language: Whether pages in languages that Foedera rejects are scored all the same.
        errors: Whether rejected pages and the ten worst are listed.

    Returns:
        ``f1``, ``precision``, ``recall``, ``pages``, with the keys that every evaluation carries.

    Raises:
        EvaluationError: A file is missing or malformed.
    """
    truth = _truth(folder)
    wanted = sorted(truth)
    if sample is not None and sample < len(wanted):
        wanted = [wanted[i * len(wanted) // sample] for i in range(sample)]
    # A stated language passes the gate whatever the page is written in.
    stated = Metadata(language="en") if any_language else Metadata()
    made = Made()
    scores: dict[str, tuple[float, float]] = {}
    for name, data in _html(folder, set(wanted)):
        page = Page(f"{name}.html", f"{folder}/{name}", "text/html", "text/html", data, stated)
        read_page(made, name, page, process)
        articles = made.articles.get(name)
        scores[name] = shingle_scores(_body(articles[0]) if articles else "", truth[name])
        made.articles.pop(name, None)
        made.rows.pop(name, None)
    missing = sorted(set(wanted) - set(scores))
    if missing:
        raise EvaluationError(
            f"{len(missing)} pages are missing, the first is {missing[0]!r}",
            where=str(folder),
            remedy="Put html.tar.xz or the folder html beside ground-truth.json.",
        )
    out = {
        **made.about("extraction", len(scores)),
        "pages": len(scores),
        "any_language": any_language,
        **_figures(scores),
    }
    return {**out, "errors": [*made.problems, *_worst(scores)]} if errors else out


def shingle_scores(ours: str, theirs: str) -> tuple[float, float]:
    """Precision and recall of one text against another, by shingles counted as often as they occur."""
    a, b = _shingles(ours), _shingles(theirs)
    both = (a & b).total()
    if a == b:
        return 1.0, 1.0
    return (both / a.total() if a else 0.0), (both / b.total() if b else 0.0)


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    tokens = re.findall(r"\w+", text)
    starts = range(max(1, len(tokens) - SHINGLE + 1)) if tokens else range(0)
    return Counter(tuple(tokens[i : i + SHINGLE]) for i in starts)


def _figures(scores: dict[str, tuple[float, float]]) -> dict[str, Any]:
    """Averages over pages; as F1 is taken of the averages, its interval comes from the same resamples."""
    units = [[{"p": p, "r": r, "page": 1.0}] for _, (p, r) in sorted(scores.items())]
    ratios = {"precision": Ratio(("p",), ("page",), 0.0), "recall": Ratio(("r",), ("page",), 0.0)}
    return figures(units, ratios, harmonic={"f1": ("precision", "recall")})


def _worst(scores: dict[str, tuple[float, float]], most: int = 10) -> list[str]:
    ranked = sorted(scores.items(), key=lambda item: (min(item[1]), item[0]))
    return [f"{name}: precision {p:.3f}, recall {r:.3f}" for name, (p, r) in ranked[:most] if min(p, r) < 1]


def _body(article: Article) -> str:
    return "\n".join(article.slice(block) for block in article.blocks if block.kind in _BODY)


def _truth(folder: Path) -> dict[str, str]:
    path = folder / "ground-truth.json"
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        truth = {str(name): str(entry.get("articleBody") or "") for name, entry in content.items()}
    except (OSError, ValueError, AttributeError) as error:
        raise EvaluationError(
            f"ground truth cannot be read: {error}",
            where=str(path),
            remedy='It has to be {"id": {"articleBody": "..."}}.',
        ) from error
    if not truth:
        raise EvaluationError("the ground truth is empty", where=str(path), remedy="Name the benchmark's folder.")
    return truth


def _html(folder: Path, wanted: set[str]) -> Iterator[tuple[str, bytes]]:
    """Ids and the bytes of their pages, sorted by id in a folder and as they lie in an archive."""
    archive = folder / "html.tar.xz"
    if (folder / "html").is_dir():
        for path in sorted((folder / "html").glob("*.html.gz")):
            if (name := path.name.removesuffix(".html.gz")) in wanted:
                yield name, _unpacked(path.read_bytes(), path)
    elif archive.is_file():
        yield from _members(archive, wanted)


def _members(archive: Path, wanted: set[str]) -> Iterator[tuple[str, bytes]]:
    try:
        with tarfile.open(archive, "r|xz") as tar:
            for member in tar:
                name = PurePosixPath(member.name).name.removesuffix(".html.gz")
                file = tar.extractfile(member) if member.isfile() and name in wanted else None
                if file is not None:
                    yield name, _unpacked(file.read(), archive)
    except (tarfile.TarError, EOFError, OSError) as error:
        raise EvaluationError(f"archive is damaged: {error}", where=str(archive), remedy="Fetch it again.") from error


def _unpacked(data: bytes, where: Path) -> bytes:
    try:
        return gzip.decompress(data)
    except (OSError, EOFError, zlib.error) as error:
        raise EvaluationError(
            f"page cannot be unpacked: {error}", where=str(where), remedy="Fetch it again."
        ) from error
