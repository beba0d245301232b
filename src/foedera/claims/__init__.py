"""Reading → claims: what one report asserts, each with its evidence."""

from __future__ import annotations

from foedera.model import Article, Claim, Reading

from .context import ClaimContext
from .events import events
from .figures import figures
from .ledger import agreements, capabilities, incidents, meetings, policies
from .statements import statements

__all__ = ["make_claims"]


def make_claims(article: Article, reading: Reading) -> list[Claim]:
    """All claims of an article, in the order of the text within each kind.

    Args:
        article: The article.
        reading: What a reader found in it.
    """
    ctx = ClaimContext(article, reading)
    kinds = (events, statements, agreements, meetings, incidents, figures, policies, capabilities)
    out: list[Claim] = []
    for kind in kinds:
        out.extend(sorted(kind(ctx), key=lambda c: (c.start, c.focus, c.id)))
    return out
