"""Undated reports whose true month is known, as a floor under the inference of publication dates."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from publication_tables import EVENTS, HOLDERS

from foedera.articles.publication import infer_publication
from foedera.model import DateValue, bounds

LATEST = dt.date(2026, 6, 30)


def _texts() -> list[tuple[str, str]]:
    raw = (Path(__file__).parent / "publication_texts.txt").read_text(encoding="utf-8")
    return [tuple(part.strip() for part in chunk.split("\n", 1)) for chunk in raw.split("== ")[1:]]  # type: ignore[misc]


TEXTS = _texts()


def _holds(found: DateValue, month: str) -> bool:
    _, first, last = bounds(month)
    return bool(found.low and found.high and found.low <= last.isoformat() and first.isoformat() <= found.high)


def _score(**tables) -> tuple[int, int, int]:
    held = exact = wrong = 0
    for month, text in TEXTS:
        found = infer_publication(text, (), latest=LATEST, **tables)
        held += _holds(found, month)
        if found.granularity in ("day", "month"):
            exact += (found.value or "")[:7] == month
            wrong += (found.value or "")[:7] != month
    return held, exact, wrong


def test_with_the_tables_of_the_package() -> None:
    held, exact, wrong = _score()
    assert len(TEXTS) == 44
    assert held >= 40
    assert exact >= 15
    assert wrong <= 1


def test_with_small_tables() -> None:
    held, exact, wrong = _score(events=EVENTS, holders=HOLDERS)
    assert held >= 32
    assert exact >= 7
    assert wrong <= 1


@pytest.mark.parametrize(("month", "text"), TEXTS[:3])
def test_a_text_read_before_it_was_written_is_never_dated_after_that(month: str, text: str) -> None:
    early = dt.date.fromisoformat(f"{month}-01")
    found = infer_publication(text, (), latest=early, events=EVENTS, holders=HOLDERS)
    assert found.high is None or found.high <= early.isoformat()
