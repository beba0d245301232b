"""One claim with all that it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

CONTEXT: Final = 300
"""Characters of context on either side, at most."""

_READABLE: Final = frozenset({"title", "heading", "paragraph", "caption", "dateline"})


@dataclass(frozen=True, slots=True)
class Shown:
    """A claim, its article, and the words around its evidence.

    Attributes:
        kind: Kind of the claim.
        claim: The claim, with the keys of `Record.events` and its sisters.
        article: Its article: id, document, title, outlet, published, url, licence, byline, credit, copy_of.
        before: What stands before the evidence.
        evidence: The characters that support the claim.
        after: What stands after them.
        focus: First character, and character after, of the words that carry the claim, counted in `evidence`.
        reason: Why it was coded so.
        stamps: What made it: software, codebook, knowledge, reader, run.
        superseded: True where a later reading of the same document has taken its place.
    """

    kind: str
    claim: dict[str, Any]
    article: dict[str, Any]
    before: str
    evidence: str
    after: str
    focus: tuple[int, int]
    reason: str
    stamps: dict[str, str | None]
    superseded: bool

    def as_dict(self) -> dict[str, Any]:
        """As a dictionary that JSON can carry."""
        return asdict(self)


_ARTICLE_KEYS: Final = (
    "id",
    "document",
    "title",
    "outlet",
    "published",
    "url",
    "licence",
    "byline",
    "credit",
    "copy_of",
)
_STAMPS: Final = ("software", "codebook", "knowledge", "reader", "run")


def shown(
    kind: str, claim: dict[str, Any], article: Mapping[str, Any], copy_of: str | None, *, superseded: bool
) -> Shown:
    """Put a claim together with its article.

    Args:
        kind: Kind of the claim.
        claim: The claim, as `claim_shape` gives it.
        article: The stored row of its article.
        copy_of: Name of the document that the article is a near-copy of, or None.
        superseded: Whether the article was superseded.
    """
    head = {key: copy_of if key == "copy_of" else article[key] for key in _ARTICLE_KEYS}
    start, end = claim["start"], claim["end"]
    before, after = _context(article["text"], article["blocks"], start, end)
    focus = (claim["focus_start"] - start, claim["focus_end"] - start)
    stamps = {key: claim[key] for key in _STAMPS}
    return Shown(kind, claim, head, before, claim["evidence"], after, focus, claim["reason"], stamps, superseded)


def _context(text: str, blocks: Sequence[Mapping[str, Any]], start: int, end: int) -> tuple[str, str]:
    """Readable text around some characters, furniture left out, cut at white space."""
    readable = [(b["start"], b["end"]) for b in blocks if b["kind"] in _READABLE]
    before = "\n".join(text[a : min(b, start)] for a, b in readable if a < start).rstrip("\n")
    after = "\n".join(text[max(a, end) : b] for a, b in readable if b > end).lstrip("\n")
    if len(before) > CONTEXT:
        cut = before[-CONTEXT:]
        before = "… " + (cut.split(None, 1)[-1] if any(c.isspace() for c in cut) else cut)
    if len(after) > CONTEXT:
        cut = after[:CONTEXT]
        after = (cut.rsplit(None, 1)[0] if any(c.isspace() for c in cut) else cut) + " …"
    return before, after
