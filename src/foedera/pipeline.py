"""Wires the rooms: one page through all of them, and the rows that the store keeps of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from foedera.articles import make_article
from foedera.claims import make_claims
from foedera.language import default_reader
from foedera.model import Article, Claim, Page, Reader, Reject
from foedera.model.errors import InputError

_SAMPLE = 500


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one page.

    Attributes:
        page: The page; None where the input was rejected before it became one.
        article: The article; None where the page was rejected.
        claims: Its claims.
        reject: Why it was not read, or None.
    """

    page: Page | None
    article: Article | None = None
    claims: tuple[Claim, ...] = field(default=())
    reject: Reject | None = None


def process(
    page: Page, *, latest: dt.date, reader: Reader | None = None, signatures: bool = False
) -> tuple[Article, list[Claim]]:
    """Read one page.

    Args:
        page: The page.
        latest: The last day on which it may have been published, usually today.
        reader: The reader; the default one where None.
        signatures: Whether to compute what near-copies are found by.

    Raises:
        InputError: The page holds nothing that can be read.
    """
    article = make_article(page, latest=latest, signatures=signatures)
    return article, make_claims(article, (reader or default_reader()).read(article))


def outcome(found: Page | Reject, *, latest: dt.date, reader: Reader | None = None, signatures: bool = True) -> Outcome:
    """As `process`, with what cannot be read kept as a reject."""
    if isinstance(found, Reject):
        return Outcome(None, reject=found)
    try:
        article, claims = process(found, latest=latest, reader=reader, signatures=signatures)
    except InputError as error:
        return Outcome(found, reject=_reject(found, error))
    except RecursionError as error:
        failed = InputError("reader_failed", found.document, f"the page is nested too deeply ({error})")
        return Outcome(found, reject=_reject(found, failed))
    return Outcome(found, article, tuple(claims))


def _reject(page: Page, error: InputError) -> Reject:
    sample = page.data[: 4 * _SAMPLE].decode("utf-8", "replace")[:_SAMPLE]
    return Reject(page.document, page.locator, error.reason, error.detail, sample or None, page.sha256)
