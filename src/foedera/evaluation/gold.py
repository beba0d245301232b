"""Gold files, the pages that they annotate, and what the pipeline makes of those pages."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, TypeAlias

from foedera._version import __version__
from foedera.model import Article, Claim, Page, Reject
from foedera.model.errors import EvaluationError, InputError
from foedera.sources import open_pages
from foedera.store import Row, claim_row

Process: TypeAlias = Callable[[Page], tuple[Article, list[Claim]]]
"""Reads one page; raises InputError where it cannot be read."""

_ENDINGS: Final = ("", ".txt", ".html", ".htm", ".eml", ".jsonl")


@dataclass(frozen=True, slots=True)
class GoldPage:
    """One annotated document.

    Attributes:
        document: File name of the page, with ``#row`` where gold annotates a row of a file.
        path: The gold file.
        content: What it says.
    """

    document: str
    path: Path
    content: dict[str, Any]


@dataclass(slots=True)
class Made:
    """What the pipeline made of the gold pages.

    Attributes:
        articles: The articles of each document; several where it names a file of many rows.
        rows: The claims of each document in contract keys, by kind.
        readers: Names of the readers that made them.
        problems: Inputs that were not read, one line each.
        seconds: Wall time of the reading.
    """

    articles: dict[str, list[Article]] = field(default_factory=dict)
    rows: dict[str, dict[str, list[Row]]] = field(default_factory=dict)
    readers: set[str] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def add(self, document: str, article: Article, claims: Iterable[Claim]) -> None:
        """Keep what came out of one page of a document."""
        self.articles.setdefault(document, []).append(article)
        kinds = self.rows.setdefault(document, {})
        for claim in claims:
            kinds.setdefault(claim.KIND, []).append(claim_row(claim))
            self.readers.add(claim.reader)

    def about(self, task: str, n: int) -> dict[str, Any]:
        """The keys that every evaluation carries.

        Args:
            task: What was evaluated.
            n: Number of items that the main figure rests on.
        """
        return {
            "task": task,
            "n": n,
            "seconds": round(self.seconds, 3),
            "model": "+".join(sorted(self.readers - {""})) or None,
            "version": __version__,
            "rejected": len(self.problems),
        }


def load_gold(folder: Path, section: str) -> list[GoldPage]:
    """The gold files of a folder that have a section, sorted by name.

    Raises:
        EvaluationError: No such folder, no file with that section, or a file that is not a JSON object.
    """
    if not folder.is_dir():
        raise EvaluationError(f"no gold folder {str(folder)!r}", remedy="Name a folder of JSON files with --gold.")
    pages = [_load(path) for path in sorted(folder.glob("*.json"))]
    found = [page for page in pages if section in page.content]
    if not found:
        raise EvaluationError(
            f"none of the {len(pages)} gold files has {section!r}",
            where=str(folder),
            remedy="Each gold file is an object with `document` and one list per kind.",
        )
    return found


def _load(path: Path) -> GoldPage:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise EvaluationError(
            f"gold file is not JSON in UTF-8: {error}", where=str(path), remedy="Correct it."
        ) from error
    if not isinstance(content, dict):
        found = type(content).__name__
        raise EvaluationError(f"gold is a {found}, not an object", where=str(path), remedy='Write {"document": ...}.')
    return GoldPage(str(content.get("document") or path.stem), path, content)


def demo_reports() -> Path:
    """Where the demo corpus that comes with the package lies."""
    return Path(str(files("foedera"))) / "demo" / "reports"


def find_page(gold: GoldPage, pages: Sequence[Path] = ()) -> Path:
    """The file that a gold file annotates.

    Args:
        gold: The gold file.
        pages: Files and folders to look in, folders with all that lies below them. Where there are none: beside the
            gold file, in ``../../seeds`` and ``../pages`` from its folder, and in the demo corpus.

    Raises:
        EvaluationError: It is in none of them.
    """
    name = gold.document.split("#", 1)[0]
    folder = gold.path.parent
    places = list(pages) or [folder, folder / ".." / ".." / "seeds", folder / ".." / "pages", demo_reports()]
    for place in places:
        found = _look(place, name, deep=bool(pages))
        if found is not None:
            return found
    raise EvaluationError(
        f"the page {name!r} is missing, which {gold.path.name} annotates",
        where=", ".join(str(p) for p in places),
        remedy="Name the file, or the folder that holds it, after --gold DIR.",
    )


def _look(place: Path, name: str, *, deep: bool) -> Path | None:
    wanted = [name + ending for ending in _ENDINGS]
    if place.is_file():
        return place if place.name in {Path(w).name for w in wanted} else None
    direct = next((place / w for w in wanted if (place / w).is_file() and not w.endswith(".json")), None)
    if direct is not None or not deep:
        return direct
    return next((below[w] for w in wanted if w in (below := _below(place))), None)


def _below(folder: Path) -> dict[str, Path]:
    """Files anywhere below a folder by name; of equal names the first in order of path."""
    return {path.name: path for path in sorted(folder.rglob("*"), reverse=True) if path.is_file()}


def read_gold_pages(gold: Sequence[GoldPage], pages: Sequence[Path], process: Process) -> Made:
    """Run the pipeline over the pages of gold.

    A page that cannot be read is listed among the problems and makes nothing, so all its gold counts as missed.

    Raises:
        EvaluationError: A page is missing.
    """
    made = Made()
    paths = [(page, find_page(page, pages)) for page in gold]
    for page, path in paths:
        read_file(made, page.document, path, process)
    return made


def read_file(made: Made, document: str, path: Path, process: Process) -> None:
    """Run the pipeline over a file and keep the outcome under a name; of a name with ``#row``, only that row."""
    for found in open_pages([str(path)]):
        if isinstance(found, Reject):
            made.problems.append(f"rejected {found.document}: {found.reason}: {found.detail}")
        elif "#" not in document or found.document == Path(document).name:
            read_page(made, document, found, process)


def read_page(made: Made, document: str, page: Page, process: Process) -> None:
    """Run the pipeline over one page and keep the outcome under a name, or the reason why it cannot be read."""
    began = time.perf_counter()
    try:
        article, claims = process(page)
    except InputError as error:
        made.problems.append(f"rejected {page.document}: {error.reason}: {error.detail}")
    else:
        made.add(document, article, claims)
    finally:
        made.seconds += time.perf_counter() - began
