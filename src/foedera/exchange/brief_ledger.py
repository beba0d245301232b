"""The sections of a brief that tell everything but events."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from foedera.model import CLAIM_KINDS

from .brief_draft import Draft, bullet, event_words, focus_words, marks
from .brief_events import table_row
from .brief_items import Item, Row, name_key
from .brief_words import amount_words, codes_words, date_words, quoted


def agreements(draft: Draft) -> list[str]:
    """Agreements with their acts in order."""
    acts: dict[str, list[Item]] = {}
    for item in draft.sure.get("agreements", []):
        acts.setdefault(name_key(item.best["agreement"]), []).append(item)
    lines: list[str] = []
    for found in sorted(acts.values(), key=lambda group: group[0].when):
        parties = sorted({code for item in found for claim in item.claims for code in claim["parties"]})
        lines.append(f"### {quoted(found[0].best['agreement'])}" + (f" ({codes_words(parties)})" if parties else ""))
        lines.append("\n".join(_agreement_line(draft, item) for item in found))
    return lines


def _agreement_line(draft: Draft, item: Item) -> str:
    row = item.best
    who = f" by {quoted(row['actor'])}" if row["actor"] else ""
    what = f"{date_words(row['date'])}: **{row['stage']}**{who}"
    return bullet(draft, item, what, quoted(row["subject"] or ""), marks(row))


def _meeting_line(draft: Draft, item: Item) -> str:
    row = item.best
    level = f" ({quoted(row['level'])})" if row["level"] else ""
    place = f" in {quoted(row['place'])}" if row["place"] else ""
    what = f"{date_words(row['date'])}: {row['kind']}{level} of {codes_words(row['participants'])}{place}"
    return bullet(draft, item, what, marks({**row, "status": "held"}))


def meetings(draft: Draft) -> list[str]:
    """Meetings held, scheduled, and those that did not take place."""
    lines: list[str] = []
    for status, heading in (("held", "Held"), ("scheduled", "Scheduled"), ("absent", "Did not take place")):
        if found := [item for item in draft.sure.get("meetings", []) if item.best["status"] == status]:
            lines += [f"### {heading}", "\n".join(_meeting_line(draft, item) for item in found)]
    return lines


def _statement_line(draft: Draft, item: Item) -> str:
    row = item.best
    role = f", {quoted(row['role'])}" if row["role"] else ""
    side = f" ({codes_words(row['side'])})" if row["side"] else " (outside observer)" if row["expert"] else ""
    stances = ", ".join(
        f"{s['stance']}{' toward ' + quoted(s['target']) if s['target'] else ''}{' (hedged)' if s['hedge'] else ''}"
        for s in row["stance"]
    )
    said = f"“{quoted(row['quote'])}”" if row["quote"] else f"on {quoted(row['topic'])}" if row["topic"] else ""
    who = f"{date_words(row['date'])}: **{quoted(row['speaker'] or 'unnamed speaker')}**{role}{side}"
    return bullet(draft, item, who, stances, said)


def statements(draft: Draft) -> list[str]:
    """Who said what."""
    found = draft.sure.get("statements", [])
    return ["\n".join(_statement_line(draft, item) for item in found)] if found else []


def figures(draft: Draft) -> list[str]:
    """Figures as a table."""
    found = draft.sure.get("figures", [])
    if not found:
        return []
    rows = [table_row(["country", "measure", "amount", "for", "status", "reports", "evidence"]),
            table_row(["---", "---", "---:", "---", "---", "---", "---"])]  # fmt: skip
    for item in sorted(found, key=lambda i: (i.best["country"] or "~", i.best["measure"], i.when)):
        row = item.best
        period = quoted(row["period"]) if row["period"] else date_words(row["date"])
        country = quoted(row["country"] or "(not said)")
        cells = [country, quoted(row["measure"]), amount_words(row), period, row["status"]]
        rows.append(table_row([*cells, item.counted or "1 report", draft.cites.cite(item)]))
    return ["\n".join(rows)]


def incidents(draft: Draft) -> list[str]:
    """Incidents, by date."""
    lines = []
    for item in draft.sure.get("incidents", []):
        row = item.best
        place = f", {quoted(row['place'])}" if row["place"] else ""
        what = f"{date_words(row['date'])}: **{quoted(row['kind'])}** {codes_words(row['parties'])}{place}"
        lines.append(bullet(draft, item, what, focus_words(row), marks(row)))
    return ["\n".join(lines)] if lines else []


def policies(draft: Draft) -> list[str]:
    """Changes of policy, by date."""
    return _changes(draft, "policies")


def capabilities(draft: Draft) -> list[str]:
    """Capabilities, by date."""
    return _changes(draft, "capabilities")


def _changes(draft: Draft, kind: str) -> list[str]:
    found = draft.sure.get(kind, [])
    lines = [bullet(draft, i, f"{date_words(i.best['date'])}: {_WORDS[kind](i.best)}", marks(i.best)) for i in found]
    return ["\n".join(lines)] if lines else []


def low_confidence(draft: Draft) -> list[str]:
    """Everything that the record is not sure of."""
    lines = []
    for item in sorted(draft.unsure, key=lambda i: (list(CLAIM_KINDS).index(i.kind), i.when)):
        row = item.best
        what = f"{date_words(row['date'])}: {_WORDS[item.kind](row)}"
        lines.append(bullet(draft, item, what, marks(row), f"confidence {row['confidence']:.2f}"))
    return ["\n".join(lines)] if lines else []


def _amount(row: Row) -> str:
    return f"{quoted(row['country'] or '(country not said)')}, {quoted(row['measure'])}: {amount_words(row)}"


def _policy(row: Row) -> str:
    return f"{quoted(row['country'])}, **{quoted(row['change'])}**: {quoted(row['topic'])}"


def _capability(row: Row) -> str:
    partners = f" with {codes_words(row['partners'])}" if row["partners"] else ""
    return f"{quoted(row['country'])}, **{quoted(row['change'])}**: {quoted(row['system'])}{partners}"


_WORDS: Final[dict[str, Callable[[Row], str]]] = {
    "events": event_words,
    "statements": lambda row: f"statement by {quoted(row['speaker'] or 'an unnamed speaker')}",
    "agreements": lambda row: f"{quoted(row['agreement'])}, {row['stage']}",
    "meetings": lambda row: f"{row['kind']} of {codes_words(row['participants'])}",
    "incidents": lambda row: f"incident, {quoted(row['kind'])}, {codes_words(row['parties'])}",
    "figures": _amount,
    "policies": _policy,
    "capabilities": _capability,
}
"""A claim of each kind in a few words."""
