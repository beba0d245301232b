"""A page: bytes, where they come from, and what is said about them before they are read."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from .ids import content_id, sha256


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about a page beside its text. None means not given.

    Attributes:
        title: Headline.
        published: ISO date at any granularity that `DateValue` knows.
        outlet: Who published it.
        url: Where it was published.
        licence: Under which terms (SPDX id or words).
        byline: Who wrote it.
        language: ISO 639-1 code.
    """

    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    url: str | None = None
    licence: str | None = None
    byline: str | None = None
    language: str | None = None

    def over(self, other: Metadata) -> Metadata:
        """These values, with the other's where these are None."""
        filled = {f.name: getattr(other, f.name) for f in fields(self) if getattr(self, f.name) is None}
        return replace(self, **filled)


@dataclass(frozen=True, slots=True)
class Page:
    """One document as it was found.

    Attributes:
        document: Name shown to users: the file name, or ``file#row`` inside a table, archive or JSONL.
        locator: Where it was found (path or URL), for people; not part of its identity.
        media_type: ``text/plain`` or ``text/html``: what `data` holds.
        original_type: What the file was (``application/pdf`` ...).
        data: The bytes of the page. For formats whose text had to be extracted, that text in UTF-8.
        stated: What the user said about it. Outranks everything else.
        declared: What the file or its container says about itself.
    """

    document: str
    locator: str
    media_type: str
    original_type: str
    data: bytes
    stated: Metadata = Metadata()
    declared: Metadata = Metadata()

    @property
    def sha256(self) -> str:
        """Hash of the bytes."""
        return sha256(self.data)

    @property
    def id(self) -> str:
        """Content id: the same bytes under the same name with the same statements are the same page."""
        said = [[getattr(m, f.name) for f in fields(m)] for m in (self.stated, self.declared)]
        return content_id("pag", self.document, self.media_type, self.sha256, said)


@dataclass(frozen=True, slots=True)
class Reject:
    """An input that was not read, or not wholly.

    Attributes:
        document: Name as in `Page.document`.
        locator: Path or URL.
        reason: A key of `errors.REJECT_REASONS`.
        detail: What was found, with the place.
        sample: The first bytes, decoded with replacement, where there is something to keep. None when there is not.
        sha256: Hash of the bytes, None where there were none.
    """

    document: str
    locator: str
    reason: str
    detail: str
    sample: str | None = None
    sha256: str | None = None

    @property
    def id(self) -> str:
        """Content id: rejecting the same input again is the same reject."""
        return content_id("rej", self.document, self.reason, self.detail, self.sha256)
