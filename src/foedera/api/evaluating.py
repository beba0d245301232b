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
from foedera.language import network
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


def evaluate_relations(file: Place, *, cooperation: int = 0, errors: bool = False) -> dict[str, Any]:
    """Score the PLOVER type between a marked source and target (the PLV benchmark's layout).

    Args:
        file: Tab-separated, with ``marked_sentence`` and ``gold_root`` (and ``gold_penta``), or ``gold_binary``.
        cooperation: The value of ``gold_binary`` that stands for cooperation.
        errors: Whether what is wrong is listed.

    Raises:
        EvaluationError: The file is missing or malformed.
    """
    return evaluation.evaluate_relations(Path(file), network=network(), cooperation=cooperation, errors=errors)


def evaluate_entities(file: Place, *, errors: bool = False) -> dict[str, Any]:
    """Score names of persons, places and organisations (IOB2, a token a line).

    Args:
        file: UNER's columns, or token and label.
        errors: Whether missed and spurious names are listed.

    Raises:
        EvaluationError: The file is missing or malformed.
    """
    return evaluation.evaluate_entities(Path(file), network=network(), errors=errors)


def evaluate_times(place: Place, *, errors: bool = False) -> dict[str, Any]:
    """Score time expressions (TIMEX3).

    Args:
        place: A folder or tar archive of ``.tml`` files.
        errors: Whether missed, spurious and differently valued expressions are listed.

    Raises:
        EvaluationError: The files are missing or malformed.
    """
    return evaluation.evaluate_times(Path(place), network=network(), errors=errors)


def evaluate_attribution(file: Place) -> dict[str, Any]:
    """Score who says what (PolNeAR's JSONL), token by token.

    Args:
        file: JSONL with ``text`` and ``annotations``.

    Raises:
        EvaluationError: The file is missing or malformed.
    """
    return evaluation.evaluate_attribution(Path(file), network=network())


def evaluate_factuality(file: Place) -> dict[str, Any]:
    """Score the factuality of predicates (UDS's JSONL).

    Args:
        file: JSONL with ``tokens`` and ``pred_factuality``.

    Raises:
        EvaluationError: The file is missing or malformed.
    """
    return evaluation.evaluate_factuality(Path(file), network=network())
