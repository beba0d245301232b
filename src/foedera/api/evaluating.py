"""The benchmarks, run with the pipeline of this installation."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from foedera import evaluation
from foedera.evaluation import Process
from foedera.pipeline import process

Place = str | os.PathLike[str]


def _process() -> Process:
    return partial(process, latest=dt.datetime.now(dt.UTC).date())


def evaluate_events(gold: Place, pages: Sequence[Place] = (), *, errors: bool = False) -> dict[str, Any]:
    """Score the events that are found in the pages of a gold folder.

    Args:
        gold: Folder of gold files.
        pages: Files and folders that hold the pages; none where they lie beside the gold.
        errors: Whether missed and spurious events are listed.

    Raises:
        EvaluationError: Gold or a page is missing or malformed.
    """
    return evaluation.evaluate_events(Path(gold), [Path(page) for page in pages], process=_process(), errors=errors)


def evaluate_claims(kind: str, gold: Place, pages: Sequence[Place] = (), *, errors: bool = False) -> dict[str, Any]:
    """Score the claims of one kind that are found in the pages of a gold folder.

    Args:
        kind: statements, agreements, meetings, figures, incidents, policies or capabilities.
        gold: Folder of gold files.
        pages: As for `evaluate_events`.
        errors: Whether missed, spurious and half-right claims are listed.

    Raises:
        UsageError: No such kind.
        EvaluationError: Gold or a page is missing or malformed.
    """
    paths = [Path(page) for page in pages]
    return evaluation.evaluate_claims(kind, Path(gold), paths, process=_process(), errors=errors)


def evaluate_hygiene(gold: Place, pages: Sequence[Place] = (), *, errors: bool = False) -> dict[str, Any]:
    """Score titles, set-apart lines and publication dates in the pages of a gold folder.

    Args:
        gold: Folder of gold files.
        pages: As for `evaluate_events`.
        errors: Whether what is wrong is listed.

    Raises:
        EvaluationError: Gold or a page is missing or malformed.
    """
    return evaluation.evaluate_hygiene(Path(gold), [Path(page) for page in pages], process=_process(), errors=errors)


def evaluate_publication_dates(mapping: Place, folder: Place, *, errors: bool = False) -> dict[str, Any]:
    """Score publication dates.

    Args:
        mapping: A JSON file, from address or file name to date.
        folder: Where the pages are.
        errors: Whether wrong and unknown dates are listed.

    Raises:
        EvaluationError: The file is missing or malformed, or none of its pages is in the folder.
    """
    return evaluation.evaluate_publication_dates(Path(mapping), Path(folder), process=_process(), errors=errors)


def evaluate_extraction(folder: Place, *, sample: int | None = None, errors: bool = False) -> dict[str, Any]:
    """Score the main text of HTML pages.

    Args:
        folder: Holds ``ground-truth.json`` and the pages.
        sample: Take only so many pages; None takes all.
        errors: Whether the worst pages are listed.

    Raises:
        EvaluationError: A file is missing or malformed.
    """
    return evaluation.evaluate_extraction(Path(folder), process=_process(), sample=sample, errors=errors)
