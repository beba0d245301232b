"""What the user may say about inputs, and the limits that keep a hostile input from filling the memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from foedera._version import __version__
from foedera.model import Metadata, bounds
from foedera.model.errors import UsageError

from .sidecar import SidecarTable


@dataclass(frozen=True, slots=True)
class FieldNames:
    """Which field of a JSON object, or column of a table, holds what.

    Attributes:
        text: The text of the document.
        html: The document as HTML, read only where the text is missing.
        title: Headline.
        published: Publication date.
        outlet: Who published it.
        url: Where it was published.
        licence: Under which terms.
        byline: Who wrote it; a JSON list is joined with commas.
        language: ISO 639-1 code.
    """

    text: str = "text"
    html: str = "html"
    title: str = "title"
    published: str = "published"
    outlet: str = "outlet"
    url: str = "url"
    licence: str = "licence"
    byline: str = "byline"
    language: str = "language"

    @classmethod
    def of(cls, names: Mapping[str, str]) -> FieldNames:
        """Names from a mapping such as ``{"text": "body"}``; what it leaves out keeps its default.

        Raises:
            UsageError: A key is not an attribute of this class, or a name is empty.
        """
        known = [f.name for f in fields(cls)]
        for key, name in names.items():
            if key not in known:
                raise UsageError(f"unknown field {key!r}", where="field names", remedy=f"Known: {', '.join(known)}.")
            if not name:
                raise UsageError(f"the name for field {key!r} is empty", where="field names", remedy="Write text=body.")
        return cls(**names)


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes beyond which an input is rejected.

    Attributes:
        max_bytes: Largest single document, in bytes.
        max_line: Longest single line, in bytes.
        max_ratio: Highest ratio of expanded to packed bytes, judged from 1 MiB of expanded bytes on.
        max_total: Most bytes that one input may expand to.
        max_members: Most members that one input may hold, nested archives included.
        max_depth: How many archives or compressed files may lie inside each other.
    """

    max_bytes: int = 50_000_000
    max_line: int = 10_000_000
    max_ratio: int = 200
    max_total: int = 1_000_000_000
    max_members: int = 10_000
    max_depth: int = 2


@dataclass(frozen=True, slots=True)
class WebLimits:
    """How a page may be fetched from the web.

    Attributes:
        timeout: Seconds for the whole fetch, redirects included.
        max_redirects: Most redirects that are followed.
        max_bytes: Largest body in bytes, both as sent and as expanded.
        allow_private: Whether addresses that are not public (this machine, local networks) may be fetched.
        user_agent: What the request says about its sender.
    """

    timeout: float = 20.0
    max_redirects: int = 5
    max_bytes: int = 20_000_000
    allow_private: bool = False
    user_agent: str = f"foedera/{__version__}"


@dataclass(frozen=True, slots=True)
class SourceOptions:
    """How inputs are opened.

    Attributes:
        fields: Names of the fields of JSON and CSV rows.
        stated: What the user says about every document of all inputs.
        sidecar: A CSV, TSV or JSONL table with a column ``document`` and any columns of `Metadata`, or such a table
            that was already loaded with `SidecarTable.load` (whose `unused` then tells which rows matched nothing).
            Its values outrank `stated`.
        limits: Sizes beyond which an input is rejected.
        web: How a page may be fetched.
    """

    fields: FieldNames = field(default_factory=FieldNames)
    stated: Metadata = field(default_factory=Metadata)
    sidecar: str | Path | SidecarTable | None = None
    limits: Limits = field(default_factory=Limits)
    web: WebLimits = field(default_factory=WebLimits)


def check_stated(stated: Metadata) -> None:
    """Make sure that the stated publication date has an ISO form.

    Raises:
        UsageError: It has not.
    """
    if stated.published is None:
        return
    try:
        bounds(stated.published)
    except (ValueError, RecursionError) as error:
        raise UsageError(
            f"the stated publication date {stated.published!r} is not a date",
            where="published",
            remedy="Write 2019, 2019-08, 2019-Q3, 2019-08-22, 2010s or an interval A/B.",
        ) from error
