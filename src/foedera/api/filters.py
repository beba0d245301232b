"""What users ask for, checked and turned into conditions on the tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from foedera.knowledge import actor_codes, code_for, plover_types
from foedera.model import MEETING_KINDS, MEETING_STATUSES, STAGES, STANCES, STATUSES, bounds
from foedera.model.errors import REJECT_REASONS, UnknownCode, UsageError

Many = str | Iterable[str] | None
Day = str | dt.date | None

_DATE_FORMS: Final = frozenset({"day", "month", "year"})

_ANY: Final = "list_has_any({0}, ?::VARCHAR[])"
_MEMBER: Final = "list_contains(?::VARCHAR[], {0})"
_SOURCES: Final = "[x.code FOR x IN c.source]"
_TARGETS: Final = "[x.code FOR x IN c.target]"

_ROLES: Final[dict[str, dict[str, str]]] = {
    "statements": {"source": _ANY.format("c.side"), "target": _ANY.format("[x.target FOR x IN c.stance]")},
    "agreements": {
        "source": f"({_MEMBER.format('c.actor')} OR (c.actor IS NULL AND {_ANY.format('c.parties')}))",
        "target": _ANY.format("c.parties"),
    },
    "meetings": {"source": _ANY.format("c.participants"), "target": _ANY.format("c.participants")},
    "incidents": {"source": _ANY.format("c.parties"), "target": _ANY.format("c.parties")},
    "figures": {"source": _MEMBER.format("c.country")},
    "policies": {"source": _MEMBER.format("c.country")},
    "capabilities": {"source": _MEMBER.format("c.country"), "target": _ANY.format("c.partners")},
}
"""What source and target mean for the kinds beside events."""

_TYPES: Final[dict[str, tuple[str, tuple[str, ...] | None]]] = {
    "events": ("c.type", None),
    "statements": ("[x.stance FOR x IN c.stance]", STANCES),
    "agreements": ("c.stage", STAGES),
    "meetings": ("c.kind", MEETING_KINDS),
    "incidents": ("c.kind", None),
    "figures": ("c.measure", None),
    "policies": ("c.change", None),
    "capabilities": ("c.change", None),
    "rejects": ("c.reason", tuple(REJECT_REASONS)),
}
"""The column that `type` compares, and its vocabulary; None where any words may stand there."""

_DATES: Final[dict[str, str]] = {"articles": "c.published"}


@dataclass(frozen=True, slots=True)
class Filters:
    """A checked question. Empty tuples and None mean that anything will do."""

    source: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    document: tuple[str, ...] = ()
    status: tuple[str, ...] = ()

    @classmethod
    def of(cls, kind: str, asked: Mapping[str, Any]) -> Filters:
        """Check what was asked of a kind.

        Args:
            kind: A kind of claim, ``articles`` or ``rejects``.
            asked: Values by attribute name: text, several texts or None.

        Raises:
            UnknownCode: A country code, type or status that does not exist.
            UsageError: Something that is not a date, or a range that ends before it starts.
        """
        since, until = day(asked.get("since"), "since"), day(asked.get("until"), "until")
        if since and until and since > until:
            raise UsageError(f"since {since} is after until {until}", where="since", remedy="swap the two")
        return cls(
            codes(asked.get("source"), "source"),
            codes(asked.get("target"), "target"),
            _types(kind, asked.get("type")),
            since,
            until,
            many(asked.get("document")),
            _statuses(kind, asked.get("status")),
        )


def many(value: Many) -> tuple[str, ...]:
    """One text or several as a tuple; None as an empty one."""
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(str(item) for item in value)


def codes(value: Many, where: str) -> tuple[str, ...]:
    """Codes of countries and organisations, in capitals.

    Raises:
        UnknownCode: A text that cannot be a code.
    """
    found = tuple(item.strip().upper() for item in many(value))
    for code in found:
        if code not in actor_codes():
            meant = code_for(code)
            remedy = f"did you mean {meant}?" if meant else "write a code such as JPN (ISO 3166-1 alpha-3) or NATO"
            raise UnknownCode(f"{code!r} is not a code of a country or organisation", where=where, remedy=remedy)
    return found


def day(value: Day, where: str) -> str | None:
    """The first day (`since`) or the last (`until`) of a year, month or day, as ISO text; None for None.

    Raises:
        UsageError: The text is none of these.
    """
    if value is None:
        return None
    text = value.isoformat()[:10] if isinstance(value, dt.date) else str(value).strip()
    try:
        granularity, low, high = bounds(text)
    except (ValueError, RecursionError):
        granularity = "decade"
    if granularity not in _DATE_FORMS:
        raise UsageError(f"{where} {text!r} is not a date", where=where,
                         remedy="write 2019, 2019-08 or 2019-08-22")  # fmt: skip
    return (low if where == "since" else high).isoformat()


def _types(kind: str, value: Many) -> tuple[str, ...]:
    wanted = many(value)
    if not wanted:
        return ()
    if kind == "events":
        return _known(tuple(item.strip().upper() for item in wanted), tuple(plover_types()), "type")
    found = tuple(item.strip().lower() for item in wanted)
    vocabulary = _TYPES[kind][1]
    return found if vocabulary is None else _known(found, vocabulary, "type")


def _statuses(kind: str, value: Many) -> tuple[str, ...]:
    allowed = MEETING_STATUSES if kind == "meetings" else tuple(STATUSES)
    return _known(tuple(item.strip().lower() for item in many(value)), allowed, "status")


def _known(found: tuple[str, ...], allowed: tuple[str, ...], where: str) -> tuple[str, ...]:
    for item in found:
        if item not in allowed:
            raise UnknownCode(f"unknown {where} {item!r}", where=where, remedy=f"choose from {', '.join(allowed)}")
    return found


def conditions(kind: str, asked: Filters) -> tuple[list[str], list[Any]]:
    """SQL conditions on the table of a kind, which is called ``c``, and their parameters."""
    parts: list[str] = []
    values: list[Any] = []

    def add(condition: str, *given: Any) -> None:
        parts.append(condition)
        values.extend(given)

    if kind == "events":
        _event_roles(asked, add)
    else:
        for role in ("source", "target"):
            if wanted := getattr(asked, role):
                condition = _ROLES[kind][role]
                add(condition, *[list(wanted)] * condition.count("?"))
    if asked.type:
        column = _TYPES[kind][0]
        add(
            _ANY.format(column) if column.startswith("[") else _MEMBER.format(f"{_case(kind)}({column})"),
            list(asked.type),
        )
    if asked.status:
        add(_MEMBER.format("c.status"), list(asked.status))
    if asked.document:
        add(_MEMBER.format("c.document"), list(asked.document))
    _dates(_DATES.get(kind, "c.date"), asked, add)
    return parts, values


def _case(kind: str) -> str:
    return "upper" if kind == "events" else "lower"


def _event_roles(asked: Filters, add: Any) -> None:
    """Symmetric events have all parties as sources, so that each party may be either side of the question."""
    source, target = list(asked.source), list(asked.target)
    everyone = f"list_concat({_SOURCES}, {_TARGETS})"
    if source:
        add(f"({_ANY.format(_SOURCES)} OR (c.symmetric AND {_ANY.format(everyone)}))", source, source)
    if target:
        add(f"({_ANY.format(_TARGETS)} OR (c.symmetric AND {_ANY.format(everyone)}))", target, target)
    if source and target:
        # One party of a joint act must not answer for both sides.
        either = sorted({*source, *target})
        joint = f"len(list_filter({everyone}, lambda code: list_contains(?::VARCHAR[], code)))"
        add(f"(NOT c.symmetric OR {joint} > 1)", either)


def _dates(column: str, asked: Filters, add: Any) -> None:
    if asked.since is None and asked.until is None:
        return
    add(f"({column}.low IS NOT NULL OR {column}.high IS NOT NULL)")
    if asked.since:
        add(f"({column}.high IS NULL OR {column}.high >= ?)", asked.since)
    if asked.until:
        add(f"({column}.low IS NULL OR {column}.low <= ?)", asked.until)
