"""A brief: what the record says about a matter, as dated Markdown in which every line is cited."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from foedera.knowledge import CODEBOOK_VERSION
from foedera.model import CLAIM_KINDS

from . import brief_events, brief_ledger
from .brief_draft import LOW, BriefInput, Draft
from .brief_items import Citations, items
from .brief_words import code_span, quoted

__all__ = ["LOW", "BriefInput", "brief"]

_SECTIONS: Final[tuple[tuple[str, Callable[[Draft], list[str]]], ...]] = (
    ("Timeline", brief_events.timeline),
    ("Relations at a glance", brief_events.relations),
    ("Agreements", brief_ledger.agreements),
    ("Meetings", brief_ledger.meetings),
    ("Who said what", brief_ledger.statements),
    ("Figures", brief_ledger.figures),
    ("Incidents", brief_ledger.incidents),
    ("Policies", brief_ledger.policies),
    ("Capabilities", brief_ledger.capabilities),
    ("Reported with low confidence", brief_ledger.low_confidence),
)


def brief(given: BriefInput) -> str:
    """Write a brief.

    Dates are as precise as the reports are; undated items stand at the end of the timeline. Near-copies of one report
    are counted once. Claims of low confidence stand in a section of their own and enter no count.

    Returns:
        Markdown, the same for the same input.
    """
    draft = Draft(given, Citations(given.articles))
    for kind in CLAIM_KINDS:
        for item in items(kind, given.claims.get(kind, ()), given.groups):
            if item.best["confidence"] < given.low:
                draft.unsure.append(item)
            else:
                draft.sure.setdefault(kind, []).append(item)
    parts = [f"# {quoted(given.title)}", quoted(given.scope)]
    for heading, section in _SECTIONS:
        if lines := section(draft):
            parts += [f"## {heading}", *lines]
    if len(parts) == 2:
        parts.append("The record holds nothing on this.")
    if evidence := draft.cites.lines():
        parts += ["## Evidence", "\n".join(evidence)]
    return "\n\n".join([*parts, "---", _footer(draft)]) + "\n"


def _footer(draft: Draft) -> str:
    given, cited = draft.given, draft.cites.articles
    licences: dict[str, int] = {}
    for article in cited:
        licences[article["licence"] or "not stated"] = licences.get(article["licence"] or "not stated", 0) + 1
    terms = "; ".join(f"{quoted(name)} ({count})" for name, count in sorted(licences.items()))
    licences_words = f" Licences: {terms}." if terms else ""
    lines = [
        f"Foedera {given.software}, codebook {CODEBOOK_VERSION}, record version {given.version}; "
        f"{len(cited)} articles cited of {given.total} in the record.",
        "Quoted sentences belong to their publishers and are cited as evidence." + licences_words,
        f"Open any line at its source with {code_span('foedera show ID')}.",
    ]
    return "  \n".join(lines)
