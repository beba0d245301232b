"""Page to Article: decode, repair, set the parts apart, date, and sign for near-copies."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, fields
from typing import Final

from foedera.model.article import Article, Block, OffsetMap
from foedera.model.errors import InputError
from foedera.model.ids import content_id
from foedera.model.page import Metadata, Page
from foedera.model.time import UNKNOWN_DATE, DateValue

from . import heads
from .copies import signature_of
from .dates import publication_date
from .decoding import Decoded, decode
from .hygiene import blocks_of, service_credit
from .language import READ, language_of
from .repair import repair

MOST_CHARACTERS: Final = 5_000_000
"""Longest text that is read as one report."""

_OUTLET_TAIL: Final = re.compile(
    r"\s+\|\s+[^|]{2,40}$|\s+[-–—]\s+(?:[\w.'& ]{0,30}\b)?(?:news|times|post|herald|daily|journal|agency|press|"
    r"today|reuters|afp|"
    r"online|tribune|gazette|observer|[\w-]+\.(?:com|org|net|co\.\w\w))$",
    re.IGNORECASE,
)
_BODY: Final = frozenset(("heading", "paragraph"))
_READABLE: Final = frozenset(("title", "heading", "paragraph", "caption"))
# Explicit source lines say more than a copyright sign.
# "TOKYO, Dec. 21 (Pacific Wire) -": the agency in brackets behind the place and day.
_AGENCY: Final = re.compile(r"\(([A-Z][\w.&'’ -]{1,40})\)\s*[-–—:.]*\s*$")
_CREDIT_ORDER: Final = (
    re.compile(r"\W*with\b|\W*(?:additional|further)\b", re.IGNORECASE),
    re.compile(r"\W*(?:sources?|fuentes?|fonte|via|originally from|from|courtesy)\b", re.IGNORECASE),
    re.compile(r"\W*(?:this|the|first|originally|republished|reprinted|syndicated)\b", re.IGNORECASE),
    re.compile(r"\W*(?:reporting|writing|compiled|translated|edited|editing|written)\b", re.IGNORECASE),
)


_NOTHING: Final = Metadata()


@dataclass(frozen=True, slots=True)
class _Draft:
    """What a page gave, whatever its format."""

    text: str
    blocks: tuple[Block, ...]
    offsets: OffsetMap | None
    repairs: tuple[str, ...]
    found: Metadata = _NOTHING
    markup_date: DateValue = UNKNOWN_DATE


def make_article(page: Page, *, latest: dt.date, signatures: bool = True) -> Article:
    """Turn a page into an article.

    Args:
        page: The page.
        latest: The last day that publication can fall on (the day of the run).
        signatures: Whether to compute the signature for near-copy grouping.

    Returns:
        The article. Every later offset points into its text.

    Raises:
        InputError: ``empty``, ``binary``, ``no_text`` or ``not_english``.
    """
    draft = _from_html(page, latest) if page.media_type == "text/html" else _from_text(page)
    if not any(block.kind in _READABLE for block in draft.blocks):
        raise InputError(
            "no_text", page.document, f"{len(draft.text)} characters, none of them a headline or a sentence"
        )
    if len(draft.text) > MOST_CHARACTERS:
        detail = f"{len(draft.text):,} characters of text, and one report has {MOST_CHARACTERS:,} at most"
        raise InputError("too_large", page.document, detail, remedy="Split it into the reports that it holds.")
    body = "\n".join(draft.text[b.start : b.end] for b in draft.blocks if b.kind in _BODY)
    meta = page.stated.over(page.declared).over(draft.found)
    return Article(
        id=content_id("art", page.id, draft.text),
        page=page.id,
        document=page.document,
        text=draft.text,
        blocks=draft.blocks,
        offsets=draft.offsets,
        title=meta.title or _written_title(draft),
        published=publication_date(page, draft.text, draft.blocks, latest=latest, markup=draft.markup_date),
        language=_language(page, body),
        outlet=meta.outlet,
        byline=meta.byline or _first(draft, "byline"),
        dateline=_dateline(draft),
        credit=_credit(draft),
        url=meta.url,
        licence=meta.licence,
        repairs=draft.repairs,
        stated=tuple(f.name for f in fields(page.stated) if getattr(page.stated, f.name) is not None),
        signature=signature_of(body) if signatures else (),
    )


def _from_text(page: Page) -> _Draft:
    decoded = decode(page.data, page.document)
    repaired = repair(decoded.text)
    _refuse_blank(repaired.text, page)
    blocks = blocks_of(repaired.text, page.stated.title or page.declared.title)
    return _Draft(repaired.text, blocks, repaired.offsets, (*decoded.notes, *repaired.notes))


def _from_html(page: Page, latest: dt.date) -> _Draft:
    # The extractor takes a while to load, and plain text does without it.
    from . import html

    decoded: Decoded = decode(page.data, page.document, html=True)
    url = page.stated.url or page.declared.url
    extract = html.extract(decoded.text, url=url, title=page.stated.title or page.declared.title, latest=latest)
    repairs = (*decoded.notes, "broken characters repaired") if extract.repaired else decoded.notes
    return _Draft(extract.text, extract.blocks, None, repairs, extract.found, extract.published)


def _refuse_blank(text: str, page: Page) -> None:
    if not text.strip():
        raise InputError("empty", page.document, "nothing but white space and control characters")


def _language(page: Page, body: str) -> str:
    """The language that the user states outranks the detector; so English is never refused against the user's word."""
    if (stated := page.stated.language) is None:
        return language_of(body, page.document)
    code = stated.strip().lower()[:2]
    if code not in READ:
        raise InputError("not_english", page.document, f"stated as {stated!r}")
    return code


def _written_title(draft: _Draft) -> str | None:
    title = _first(draft, "title")
    # "# Headline" in Markdown: the mark is no part of it.
    return None if title is None else _OUTLET_TAIL.sub("", title.lstrip("#").lstrip())


def _first(draft: _Draft, kind: str) -> str | None:
    block = next((b for b in draft.blocks if b.kind == kind), None)
    return None if block is None else " ".join(draft.text[block.start : block.end].split())


def _dateline(draft: _Draft) -> str | None:
    """The place and day as written; a date alone on its line is not a dateline."""
    lines = [" ".join(draft.text[b.start : b.end].split()) for b in draft.blocks if b.kind == "dateline"]
    return next((line for line in lines if not heads.is_date_line(line)), None)


def _credit(draft: _Draft) -> str | None:
    """The most telling credit line, the agency of the dateline, or a service that the text credits in passing."""
    lines = [" ".join(draft.text[b.start : b.end].split()) for b in draft.blocks if b.kind == "credit"]
    for pattern in _CREDIT_ORDER:
        if found := next((line for line in lines if pattern.match(line)), None):
            return found
    if agency := _AGENCY.search(_dateline(draft) or ""):
        return agency[1]
    service = service_credit([draft.text[b.start : b.end] for b in draft.blocks if b.kind == "paragraph"])
    return service or next(iter(lines), None)
