"""Every line of the fixture pages gets the kind that a reader would give it."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from foedera.articles import make_article
from foedera.model.article import Article
from foedera.model.page import Page

PAGES = Path(__file__).parent / "pages"
NAMES = sorted(path.stem for path in PAGES.glob("*.txt"))
LATEST = dt.date(2024, 6, 30)


def article(name: str) -> Article:
    data = (PAGES / f"{name}.txt").read_bytes()
    return make_article(Page(f"{name}.txt", name, "text/plain", "text/plain", data), latest=LATEST)


def kinds_of_lines(found: Article) -> list[tuple[str, str]]:
    """Kind and text of each non-blank line; a line with a dateline before its paragraph is a paragraph."""
    lines: list[tuple[str, str]] = []
    at = 0
    for line in found.text.split("\n"):
        end = at + len(line)
        if line.strip():
            kinds = [b.kind for b in found.blocks if min(b.end, end) > max(b.start, at)]
            lines.append(("paragraph" if "paragraph" in kinds else kinds[-1], line))
        at = end + 1
    return lines


@pytest.mark.parametrize("name", NAMES)
def test_every_line_has_the_expected_kind(name: str) -> None:
    expected = json.loads((PAGES / f"{name}.json").read_text("utf-8"))
    lines = kinds_of_lines(article(name))
    assert len(lines) == len(expected)
    wrong = [(kind, want, line) for (kind, line), want in zip(lines, expected, strict=True) if kind != want]
    assert wrong == []


def test_there_are_enough_pages() -> None:
    assert len(NAMES) >= 12


@pytest.mark.parametrize("name", NAMES)
def test_blocks_cover_the_text_in_order(name: str) -> None:
    found = article(name)
    at = 0
    for block in found.blocks:
        assert at <= block.start < block.end
        assert not found.text[at : block.start].strip()
        assert block.reason
        at = block.end
    assert not found.text[at:].strip()


@pytest.mark.parametrize(
    ("name", "value", "basis"),
    [
        ("korean_portal", "2022-04-11", "explicit"),
        ("translated_japan", "2021-08-19", "explicit"),
        ("us_daily", "2018-10-09", "explicit"),
        ("broadcaster_service", "2019-03-14", "explicit"),
        ("capitals_agency", "2022-10-10", "explicit"),
        ("gulf_daily", "2023-07-24", "explicit"),
    ],
)
def test_written_dates(name: str, value: str, basis: str) -> None:
    published = article(name).published
    assert (published.value, published.basis) == (value, basis)


@pytest.mark.parametrize(
    ("name", "credit"),
    [
        ("tagdiv_latin", "With information from ABI"),
        ("broadcaster_service", "VOA's Korean Service"),
        ("agency_wrapped", "(Reporting by Selin Aksoy; Editing by Mark Lowe)"),
        ("live_wire_site", "Source: Ministry of Agriculture"),
        ("rule_of_table", "This article was first published in the Montevideo Review."),
    ],
)
def test_credits(name: str, credit: str) -> None:
    assert article(name).credit == credit


def test_dateline_is_a_block_of_its_own() -> None:
    found = article("korean_portal")
    assert found.dateline is None
    found = article("agency_wrapped")
    assert found.dateline == "ANKARA, Nov. 24 (Agencia) -"
    first = found.lines("paragraph")[0]
    assert first.startswith("Turkey and Libya's government in Tripoli have\nextended")


def test_the_weekday_of_the_page_load_is_never_the_date() -> None:
    published = article("african_portal").published
    assert published.value is None or published.basis == "inferred"
