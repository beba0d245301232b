"""The demo corpus: short invented reports on real relations, with what their readers are told about them beforehand."""

from __future__ import annotations

import csv
from importlib.resources import files
from pathlib import Path
from typing import Final

from foedera.model import Metadata
from foedera.model.errors import KnowledgeError

_HERE: Final = Path(str(files("foedera.demo")))

__all__ = ["report_paths", "sidecar_rows"]


def report_paths() -> tuple[Path, ...]:
    """The reports, sorted by name.

    Raises:
        KnowledgeError: The package data is missing.
    """
    found = tuple(sorted(path for path in (_HERE / "reports").glob("*") if path.is_file()))
    if not found:
        raise KnowledgeError("the demo reports are missing", where=str(_HERE), remedy="reinstall foedera")
    return found


def sidecar_rows() -> dict[str, Metadata]:
    """What the demo states about its reports: publication date and outlet by document name.

    The manifest knows both for every report; the demo hands them over for some only, so that the others show how they
    are found in the page.
    """
    text = (_HERE / "manifest.csv").read_text(encoding="utf-8")
    body = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    rows = csv.DictReader(body, strict=True)
    return {
        row["document"]: Metadata(published=row["published"] or None, outlet=row["outlet"] or None)
        for row in rows
        if row["stated"] == "y"
    }
