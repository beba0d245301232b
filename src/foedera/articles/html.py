"""HTML pages: main text by trafilatura, metadata, and what the extraction left out kept as furniture."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from foedera.model.article import Block, BlockKind
from foedera.model.page import Metadata
from foedera.model.time import UNKNOWN_DATE, DateValue

from . import heads
from .cues import cue_of
from .hygiene import blocks_of
from .lines import squash
from .repair import repair_line

_SKIPPED: Final = frozenset(
    ("script", "style", "noscript", "template", "svg", "head", "iframe", "option", "textarea", "math")
)
_BREAKING: Final = frozenset(
    re.findall(
        r"\w+",
        "p div li ul ol dl dt dd h1 h2 h3 h4 h5 h6 tr td th table section article aside header footer nav main figure "
        "figcaption blockquote pre form fieldset legend button label address br hr body time caption details summary",
    )
)
_THIN_TEXT: Final = 250
_MOST_LINES, _MOST_CHARACTERS = 200, 20_000
_EARLIEST: Final = "1990-01-01"
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Extract:
    """What was taken from a page's markup.

    Attributes:
        text: Title, body, captions and furniture, a line for each.
        blocks: The parts of that text.
        found: Metadata of the markup.
        published: Date from the markup: basis ``metadata``, or ``inferred`` where it was only searched for in the page.
        repaired: Whether characters had to be repaired.
    """

    text: str
    blocks: tuple[Block, ...]
    found: Metadata
    published: DateValue
    repaired: bool


def extract(markup: str, *, url: str | None, title: str | None, latest: dt.date) -> Extract:
    """Read the main text, the metadata and the rest of an HTML page.

    Args:
        markup: The decoded page.
        url: Where it was published, which often holds its date.
        title: The headline where the user or the file gives it.
        latest: The last day that publication can fall on.

    Returns:
        The extract; its text is empty where the markup holds none.
    """
    from trafilatura.utils import load_html

    tree = load_html(markup)
    if tree is None:
        return Extract("", (), Metadata(), UNKNOWN_DATE, False)
    published = _published(tree, url, latest)
    found = _metadata(tree, url)
    body = _main_parts(tree, url)
    headline = title or found.title
    visible = list(_visible(tree))
    if not any(kind == "paragraph" for kind, _, _ in body):
        text, repaired = _clean_lines([line for line, _ in visible])
        return Extract(text, blocks_of(text, headline), found, published, repaired)
    parts = [*_titled(body, headline), *_left_out(visible, body, headline)]
    return _compose(parts, found, published)


_Piece = tuple[BlockKind, str, str]


def _metadata(tree: Any, url: str | None) -> Metadata:
    from trafilatura.metadata import extract_metadata

    meta = extract_metadata(
        tree,
        default_url=url,
        date_config={"extensive_search": False, "original_date": True, "outputformat": "%Y-%m-%d", "max_date": None},
    )
    language = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    return Metadata(
        title=_tidy(meta.title),
        outlet=_tidy(meta.sitename),
        url=_tidy(meta.url),
        licence=_tidy(meta.license),
        byline=_tidy(meta.author),
        language=language[:2].lower() or None,
    )


def _tidy(value: str | None) -> str | None:
    return squash(repair_line(value)[0]) or None if value else None


def _main_parts(tree: Any, url: str | None) -> list[_Piece]:
    """The body as trafilatura sees it; with more recall where its first answer is thin."""
    from copy import deepcopy

    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    best: list[_Piece] = []
    for recall in (False, True):
        document = bare_extraction(
            deepcopy(tree),
            url=url,
            include_comments=False,
            include_tables=True,
            favor_recall=recall,
            with_metadata=False,
        )
        pieces = list(_pieces(document.body)) if isinstance(document, Document) else []
        if sum(len(text) for _, text, _ in pieces) > sum(len(text) for _, text, _ in best):
            best = pieces
        if sum(len(text) for _, text, _ in best) >= _THIN_TEXT:
            break
    return best


def _pieces(body: Any) -> Iterator[_Piece]:
    """Paragraphs, headings, list items and table rows of an extracted body, each with its kind."""
    for element in body:
        tag = element.tag
        if tag == "table":
            for row in element.iter("row"):
                cells = [squash(" ".join(cell.itertext())) for cell in row.iter("cell")]
                yield from _piece("paragraph", " | ".join(cell for cell in cells if cell), "a row of a table")
        elif tag in ("list", "quote") and len(element):
            for item in element:
                yield from _piece("paragraph", " ".join(item.itertext()), f"an item of a {tag}")
        elif tag == "head":
            yield from _piece("heading", " ".join(element.itertext()), "marked up as a heading")
        else:
            yield from _piece("paragraph", " ".join(element.itertext()), "main text of the page")


def _piece(kind: BlockKind, text: str, reason: str) -> Iterator[_Piece]:
    line = squash(text)
    if not line:
        return
    if kind == "paragraph" and heads.is_byline(line):
        yield "byline", line, "names who wrote it"
        return
    cue = cue_of(line) if kind == "paragraph" else None
    if cue is None or cue.kind == "section":
        yield kind, line, reason
    elif cue.kind in ("caption", "credit"):
        yield ("caption" if cue.kind == "caption" else "credit"), line, cue.reason
    else:
        yield "furniture", line, cue.reason


def _titled(body: list[_Piece], headline: str | None) -> list[_Piece]:
    """The body with its headline first, once."""
    if not headline:
        return body
    key = _key(headline)
    rest = [piece for i, piece in enumerate(body) if not (i < 4 and _key(piece[1]) == key)]
    return [("title", headline, "the page's headline"), *rest]


def _key(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _visible(tree: Any) -> Iterator[tuple[str, bool]]:
    """Lines of visible text in order, each with whether it stands in a figure's caption."""
    buffer: list[str] = []
    stack: list[tuple[Any, bool, bool]] = [(tree, False, False)]
    in_caption = False

    while stack:
        element, leaving, captioned = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else None
        if leaving:
            if tag in _BREAKING:
                yield from _flush(buffer, captioned)
            buffer.append(element.tail or "")
            continue
        in_caption = captioned or tag == "figcaption"
        stack.append((element, True, in_caption))
        if tag is None or tag in _SKIPPED:
            continue
        if tag in _BREAKING:
            yield from _flush(buffer, captioned)
        buffer.append(element.text or "")
        stack.extend((child, False, in_caption) for child in reversed(element))
    yield from _flush(buffer, False)


def _flush(buffer: list[str], captioned: bool) -> Iterator[tuple[str, bool]]:
    line = squash("".join(buffer))
    buffer.clear()
    if line:
        yield line, captioned


def _left_out(visible: list[tuple[str, bool]], body: list[_Piece], headline: str | None) -> list[_Piece]:
    """Captions and other lines that are not part of the body, without repeats, within a limit."""
    whole = "\n".join(_key(text) for _, text, _ in body)
    known = {_key(headline or "")}
    pieces: list[_Piece] = []
    size = 0
    for line, captioned in visible:
        key = _key(line)
        if key in known or (key and key in whole) or size + len(line) > _MOST_CHARACTERS:
            continue
        known.add(key)
        size += len(line)
        pieces.append(_left_out_piece(line, captioned))
        if len(pieces) == _MOST_LINES:
            break
    order = ("byline", "dateline", "caption", "credit", "furniture")
    return sorted(pieces, key=lambda piece: order.index(piece[0]))


def _left_out_piece(line: str, captioned: bool) -> _Piece:
    cue = cue_of(line)
    if captioned:
        return "caption", line, "caption of a figure"
    if cue is not None and cue.kind == "caption":
        return "caption", line, cue.reason
    if cue is not None and cue.kind == "credit":
        return "credit", line, cue.reason
    if heads.is_date_line(line) and heads.is_labelled_date(line):
        return "dateline", line, "a date alone on its line"
    return "furniture", line, "on the page, outside its main text"


def _compose(pieces: list[_Piece], found: Metadata, published: DateValue) -> Extract:
    """Join pieces into a text, with the offsets of each; a paragraph's dateline becomes a block of its own."""
    lines: list[str] = []
    blocks: list[Block] = []
    at, opened, repaired = 0, False, False
    for kind, raw, reason in pieces:
        fixed, steps = repair_line(raw)
        line = squash(fixed)
        if not line:
            continue
        repaired = repaired or bool(steps)
        cut = heads.dateline_end(line, first=not opened) if kind == "paragraph" else 0
        opened = opened or kind == "paragraph"
        if cut:
            blocks.append(
                Block("dateline", at, at + len(line[:cut].rstrip()), "place and day before the first sentence")
            )
        blocks.append(Block(kind, at + cut, at + len(line), reason))
        lines.append(line)
        at += len(line) + 1
    return Extract("\n".join(lines), tuple(blocks), found, published, repaired)


def _clean_lines(lines: list[str]) -> tuple[str, bool]:
    fixed = [repair_line(line) for line in lines]
    return "\n".join(squash(line) for line, _ in fixed if line.strip()), any(steps for _, steps in fixed)


def _published(tree: Any, url: str | None, latest: dt.date) -> DateValue:
    """The date by htmldate: from metadata first, and only then by its search through the page.

    It is given the tree, never the text: a text that starts with an address it would fetch, and of a page that is
    one long line it would cut off the head.
    """
    from htmldate import find_date

    for extensive, basis, reason in (
        (False, "metadata", "the page's markup or address gives this date"),
        (True, "inferred", "the likeliest date in the text of the markup (htmldate)"),
    ):
        day = find_date(
            tree,
            extensive_search=extensive,
            original_date=True,
            url=url,
            min_date=_EARLIEST,
            max_date=latest.isoformat(),
        )
        if day and day <= latest.isoformat():
            return DateValue.of(day, "metadata" if basis == "metadata" else "inferred", reason)
    return UNKNOWN_DATE
