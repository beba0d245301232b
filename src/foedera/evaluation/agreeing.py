"""When a row of a kind other than events agrees with a gold item in its key fields, and what else is right about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from .matching import codes, inside, names_agree

Fields: TypeAlias = Mapping[str, Any]
Checks: TypeAlias = dict[str, bool]
"""What is reported beside a match: stance, stage, status, date."""

_TOLERANCE: Final = 0.01


def _statement(row: Fields, item: Fields) -> Checks | None:
    names = [item["speaker"], *(item.get("accept_speaker") or ())]
    if not (names_agree(row.get("speaker"), names) and inside(codes(row.get("side")), codes(item["side"]))):
        return None
    return {"stance": _same_stance(row, item)}


def _same_stance(row: Fields, item: Fields) -> bool:
    """Whether all that the row says toward gold's targets is what gold says, and it says something."""
    right = {
        target: {s["stance"], *(s.get("accept") or ())} for s in item["stance"] for target in codes(s["target"]) or {""}
    }
    said = [(target, s.get("stance")) for s in row.get("stance") or () for target in codes(s.get("target")) or {""}]
    if set(right) == {""}:
        return bool(said) and all(stance in right[""] for _, stance in said)
    toward = [(target, stance) for target, stance in said if target in right]
    return bool(toward) and all(stance in right[target] for target, stance in toward)


def _agreement(row: Fields, item: Fields) -> Checks | None:
    if not inside(codes(row.get("parties")), codes([item["parties"], item.get("candidate"), item.get("mediator")])):
        return None
    return {"stage": row.get("stage") in {item["stage"], *(item.get("accept_stages") or ())}, **_status(row, item)}


def _meeting(row: Fields, item: Fields) -> Checks | None:
    return _status(row, item) if inside(codes(row.get("participants")), codes(item["participants"]), 2) else None


def _figure(row: Fields, item: Fields) -> Checks | None:
    if not _same_amount(row, item["value"]) or (row.get("currency") or "") != (item.get("currency") or ""):
        return None
    owners = codes([item.get("country"), item.get("accept_country")])
    return _status(row, item) if not owners or inside(codes(row.get("country")), owners) else None


def _same_amount(row: Fields, wanted: float | None) -> bool:
    value = row.get("value")
    if wanted is None:  # "hundreds of thousands": there is no number to ask for
        return value is None or bool(row.get("approximate"))
    return isinstance(value, int | float) and abs(value - wanted) <= _TOLERANCE * abs(wanted)


def _incident(row: Fields, item: Fields) -> Checks | None:
    return _status(row, item) if inside(codes(row.get("parties")), codes(item["parties"]), 2) else None


def _policy(row: Fields, item: Fields) -> Checks | None:
    return _status(row, item) if codes(row.get("country")) == codes(item["country"]) else None


def _capability(row: Fields, item: Fields) -> Checks | None:
    """The country may be gold's or, in a joint undertaking, a partner."""
    everyone = codes([item["country"], item.get("partners")])
    ours = codes(row.get("country"))
    agrees = len(ours) == 1 and ours <= everyone and codes(row.get("partners")) <= everyone
    return _status(row, item) if agrees else None


def _status(row: Fields, item: Fields) -> Checks:
    if not item.get("status"):
        return {}
    return {"status": row.get("status") in {item["status"], *(item.get("accept_status") or ())}}


AGREE: Final[dict[str, Callable[[Fields, Fields], Checks | None]]] = {
    "statements": _statement,
    "agreements": _agreement,
    "meetings": _meeting,
    "figures": _figure,
    "incidents": _incident,
    "policies": _policy,
    "capabilities": _capability,
}
"""By kind: the checks of a row that agrees with an item in its key fields, None where it does not."""

REQUIRED: Final[dict[str, str]] = {"agreements": "stage", "meetings": "status"}
"""The check without which a row does not find its item: an act is its stage, a meeting was held or was not."""
