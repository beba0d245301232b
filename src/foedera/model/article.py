"""An article: repaired text with its parts set apart. Every later offset points into `Article.text`."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Final, Literal

from .time import UNKNOWN_DATE, DateValue

BlockKind = Literal["title", "heading", "paragraph", "caption", "furniture", "dateline", "byline", "credit"]

BLOCK_KINDS: Final[dict[str, str]] = {
    "title": "the headline",
    "heading": "a heading inside the text",
    "paragraph": "body text: claims are read here",
    "caption": "text that belongs to a picture: claims read here are marked",
    "furniture": "navigation, adverts, widgets, read-more links: kept, never read",
    "dateline": "place and day at the head of a report",
    "byline": "who wrote it",
    "credit": "whose material it is ('With information from ...')",
}


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the text with one function.

    Attributes:
        kind: A key of `BLOCK_KINDS`.
        start: Offset of its first character in `Article.text`.
        end: Offset after its last character.
        reason: Why it was taken for that kind.
    """

    kind: BlockKind
    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Maps offsets of the repaired text to offsets of the page's decoded text.

    Between two anchors both texts run in step. An empty map is the identity.

    Attributes:
        anchors: Pairs (repaired offset, original offset), ascending.
    """

    anchors: tuple[tuple[int, int], ...] = ()

    def original(self, offset: int) -> int:
        """The offset in the page's decoded text."""
        if not self.anchors:
            return offset
        i = max(bisect_right(self.anchors, (offset, 1 << 62)) - 1, 0)
        repaired, original = self.anchors[i]
        here = original + offset - repaired
        return min(here, self.anchors[i + 1][1]) if i + 1 < len(self.anchors) else here


@dataclass(frozen=True, slots=True)
class Article:
    """A page made readable.

    Attributes:
        id: Content id (``art_...``).
        page: Id of the page it was made from.
        document: Name shown to users.
        text: Repaired text, lines separated by a newline.
        blocks: All parts of the text, in order, not overlapping; white space lies between them.
        offsets: Map to the page's decoded text; None where the text was extracted from HTML markup.
        title: Headline, or None.
        published: Publication date with value, granularity, bounds, basis and reasons.
        language: ISO 639-1 code, ``und`` when undetermined.
        outlet: Who published it, or None.
        byline: Who wrote it, or None.
        dateline: As written, or None.
        credit: Source credit as written ("With information from ..."), or None.
        url: Where it was published, or None.
        licence: Its terms, or None.
        repairs: What was repaired, in words.
        stated: Names of the fields above that the user gave.
        signature: MinHash values of the body's shingles; empty when near-copy grouping is off or the text too short.
    """

    id: str
    page: str
    document: str
    text: str
    blocks: tuple[Block, ...]
    offsets: OffsetMap | None = OffsetMap()
    title: str | None = None
    published: DateValue = UNKNOWN_DATE
    language: str = "und"
    outlet: str | None = None
    byline: str | None = None
    dateline: str | None = None
    credit: str | None = None
    url: str | None = None
    licence: str | None = None
    repairs: tuple[str, ...] = ()
    stated: tuple[str, ...] = ()
    signature: tuple[int, ...] = ()

    def slice(self, block: Block) -> str:
        """The text of a block."""
        return self.text[block.start : block.end]

    def lines(self, kind: BlockKind) -> list[str]:
        """The texts of all blocks of a kind, in order."""
        return [self.slice(b) for b in self.blocks if b.kind == kind]
