"""Sets the parts of a plain-text page apart: what is body, and what is furniture around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from foedera.model.article import Block, BlockKind

from . import heads
from .captions import picture_reason
from .cues import Cue, cue_of
from .layout import settle
from .lines import Unit, units_of
from .parts import Part
from .prose import shape_of

_TRAILING_CREDIT: Final = re.compile(
    r"\s(\((?:(?:additional |further )?(?:reporting|writing|editing|compiled|translated|edited|with (?:reporting|"
    r"inputs?|information))\b[^()]{2,300}"
    r"|(?:reuters|afp|ap|efe|pti|ani|upi|dpa|yonhap|kyodo|xinhua|bernama|tass|interfax|anadolu|"
    r"agencies)(?:[/,& ]+\w+)?)\)\.?)$",
    re.IGNORECASE,
)
_NUMBER_TABLE: Final = re.compile(r"(?:[^|\t]*[|\t]){1,12}[^|\t]*")
_SERVICE: Final = re.compile(
    r"\b(?:told|tells|interview(?:ed)? (?:with|by)|speaking (?:to|with)|spoke (?:to|with)|statement to|"
    r"reported by|reporting by|"
    r"according to|by|to|with)\s+((?:[A-Z][\w.&-]*\s){0,3}?[A-Z][\w.&-]*['’]s\s(?:[A-Z]\w+\s){1,2}Service)\b"
)
_WORD: Final = re.compile(r"[^\W_]+")
_FOREIGN_LINE: Final = 25


@dataclass(frozen=True, slots=True)
class _Words:
    """Letters and digits of a headline, for comparison."""

    key: str

    @classmethod
    def of(cls, text: str) -> _Words:
        return cls(" ".join(_WORD.findall(text.casefold())))


def blocks_of(text: str, title: str | None = None) -> tuple[Block, ...]:
    """Classify every non-blank line of a page, or paragraph where lines were wrapped.

    The whole text is covered: nothing is deleted. Takes time linear in the text.

    Args:
        text: Repaired text.
        title: The headline where it is known; a line equal to it becomes the title block.

    Returns:
        Blocks in order, not overlapping, with white space alone between them.
    """
    units = units_of(text)
    if _is_foreign(text):
        return tuple(_foreign_block(unit) for unit in units)
    parts = [_first_look(unit) for unit in units]
    given = _given_title(parts, title)
    settle(parts, given)
    return tuple(block for part in parts for block in _blocks(part, text, parts))


def service_credit(paragraphs: list[str]) -> str | None:
    """The broadcaster's service that a source spoke to ("VOA's Korean Service"), where a paragraph names one."""
    for paragraph in paragraphs:
        if found := _SERVICE.search(paragraph):
            return found[1]
    return None


def _is_foreign(text: str) -> bool:
    """Whether most letters belong to another script: then the language decides, and the cues do not apply."""
    sample = [c for c in text[:20_000] if c.isalpha()]
    return bool(sample) and sum(1 for c in sample if c < "\u0250") < 0.4 * len(sample)


def _foreign_block(unit: Unit) -> Block:
    if len(unit.text) >= _FOREIGN_LINE:
        return Block("paragraph", unit.start, unit.end, "a long line in another script")
    return Block("furniture", unit.start, unit.end, "a short line in another script")


def _first_look(unit: Unit) -> Part:
    """What a unit is by itself, before its place on the page is looked at."""
    shape = shape_of(unit.text)
    part = Part(unit, shape)
    text = unit.text
    if heads.is_date_line(text):
        return part.certain("dateline", "a date alone on its line", role="date")
    if _is_table_row(text):
        part.role = "row"
        return part
    if shape.words == 0 or shape.letters < 0.3:
        return part.certain("furniture", "no words")
    if shape.latin < 0.5:
        return part.certain("furniture", "in another script than the page")
    if heads.is_byline(text) and not text.startswith("("):
        return part.certain("byline", "names who wrote it")
    if (cue := cue_of(text)) is not None and _believed(cue, part):
        kind: BlockKind = "caption" if cue.kind == "caption" else "credit" if cue.kind == "credit" else "furniture"
        return part.certain(kind, cue.reason, role=cue.kind)
    introduces = text.endswith(":") and shape.words >= 6 and shape.finite
    if shape.strong or shape.sentence or introduces:
        part.prose = True
    if (reason := picture_reason(text, shape)) is not None:
        part.picture = reason
    return part


def _believed(cue: Cue, part: Part) -> bool:
    """Long or spoken prose outweighs a cue that also occurs in reports."""
    shape = part.shape
    if cue.kind == "caption":
        return shape.sentences <= 3
    if cue.kind in ("list", "end", "section"):
        return not (shape.ended and shape.finite and part.text.endswith("."))
    return True


def _is_table_row(text: str) -> bool:
    return bool(
        ("|" in text or "\t" in text) and any(c.isdigit() for c in text) and _NUMBER_TABLE.fullmatch(text[:500])
    )


def _given_title(parts: list[Part], title: str | None) -> int | None:
    """Index of the line that repeats a known headline: the last one before the body begins."""
    key = _Words.of(title or "").key
    if not key:
        return None
    hits = [
        i
        for i, part in enumerate(parts)
        if len(part.text) <= 3 * len(key) + 80 and _same(key, _Words.of(part.text).key)
    ]
    if not hits:
        return None
    body = next((i for i, part in enumerate(parts) if part.prose and part.shape.strong and i not in hits), len(parts))
    exact = [i for i in hits if _Words.of(parts[i].text).key == key]
    before = [i for i in exact or hits if i < body]
    return before[-1] if before else hits[0]


def _same(key: str, line: str) -> bool:
    return line == key or (line.startswith(key + " ") and len(line) - len(key) <= 40)


def _blocks(part: Part, text: str, parts: list[Part]) -> list[Block]:
    """The block of a part; a paragraph gives up its dateline and its closing credit to blocks of their own."""
    unit, kind = part.unit, part.kind
    if kind != "paragraph":
        return [Block(kind, unit.start, unit.end, part.reason)]
    found: list[Block] = []
    start, end = unit.start, unit.end
    raw = text[start:end]
    at = heads.dateline_end(raw, first=part.opens)
    if at and raw[at:].strip():
        head = raw[:at].rstrip()
        found.append(Block("dateline", start, start + len(head), "place and day before the first sentence"))
        start += at + len(raw[at:]) - len(raw[at:].lstrip())
    tail = _TRAILING_CREDIT.search(text[max(start, end - 330) : end])
    credit: Block | None = None
    if tail and tail.start() > 0:
        opening = max(start, end - 330) + tail.start(1)
        credit = Block("credit", opening, end, "credit in brackets at the end of a paragraph")
        end = start + len(text[start:opening].rstrip())
    if end > start:
        found.append(Block("paragraph", start, end, part.reason))
    return [*found, credit] if credit else found
