"""Quotation marks, the medium of what is said, and the stance that its words betray."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from foedera.knowledge import load_table

from .syntax import Syntax
from .words import NEGATION, QUOTES

_MEDIUM: Final = re.compile(
    r"\b(?:(?:in|during|at|through|via|by|on|from)\s+(?:an?|the|his|her|their|its)?\s*"
    r"(?:[\w-]+\s+){0,3}?(?:interview|statement|e-?mail|press conference|news conference|briefing|speech|address|tweet"
    r"|post|social media|telephone call|phone call|call|letter|report|commentary|editorial|testimony|hearing|forum"
    r"|readout|message|remarks|op-ed)"
    r"(?:\s+(?:with|to|on|before|for)\s+[^,.;“”\"]{2,60}?)??(?=\s+(?:that|on|last|this|in)\b|\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[,.;“”\"]|$))",
    re.IGNORECASE,
)
_TOLD: Final = re.compile(
    r"\btold\s+(reporters|journalists|[A-Z][^,.;“”\"]{1,50}?)(?=\s+(?:that|on|in|last|this)\b|\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[,.;“”\"]|$)"
)
_WEIGHT_OF_CUE: Final = 2


def quotations(syntax: Syntax) -> list[tuple[int, int]]:
    """Token ranges inside quotation marks, marks left out; an open quotation runs to the end."""
    out: list[tuple[int, int]] = []
    opened: int | None = None
    for k, token in enumerate(syntax.tokens):
        if token.text not in QUOTES:
            continue
        closing = token.text == "”" or (token.text == '"' and opened is not None)
        if closing and opened is not None:
            out.append((opened, k))
            opened = None
        elif not closing:
            opened = k + 1
    if opened is not None and opened < len(syntax.tokens):
        out.append((opened, len(syntax.tokens)))
    return [q for q in out if q[1] > q[0]]


def medium_of(sentence: str) -> str | None:
    """How or to whom something was said ("in an interview with CNN"), None where the sentence does not tell."""
    found = _MEDIUM.search(sentence) or _TOLD.search(sentence)
    return found[0].strip() if found else None


@cache
def _stance_cues() -> dict[str, list[tuple[tuple[str, ...], str, bool, int]]]:
    out: dict[str, list[tuple[tuple[str, ...], str, bool, int]]] = {}
    for row in load_table("stances"):
        words = tuple(row["cue"].lower().split())
        weight = int(row["weight"] or 1)
        key = words[0].rstrip("*")[:3]
        out.setdefault(key, []).append((words, row["stance"], row["hedge"] == "y", weight))
    return out


def judge_stance(syntax: Syntax, content: tuple[int, int], row: dict[str, str]) -> tuple[str, bool, str]:
    """Stance of a stretch of words: (stance, hedged, why)."""
    tally: dict[str, int] = {row["stance"]: _WEIGHT_OF_CUE} if row.get("stance") else {}
    hedged, seen = False, []
    for i in range(*content):
        for words, stance, hedge, weight in _stance_cues().get(syntax.lower(i)[:3], ()):
            if all(_like(syntax.lower(i + k), w) for k, w in enumerate(words)):
                if any(syntax.lower(k) in NEGATION for k in range(max(content[0], i - 3), i)):
                    stance = {"supportive": "critical", "critical": "neutral", "concerned": "neutral"}.get(
                        stance, stance
                    )
                tally[stance] = tally.get(stance, 0) + weight
                hedged |= hedge
                seen.append(" ".join(words))
                break
    why = f", stance by {', '.join(seen[:4])}" if seen else ""
    return _dominant(tally), hedged, why


def _dominant(tally: dict[str, int]) -> str:
    if not tally:
        return "neutral"
    good = tally.get("supportive", 0)
    bad = sum(tally.get(s, 0) for s in ("concerned", "critical", "hostile"))
    if good >= 2 and bad >= 2 and min(good, bad) * 2 >= max(good, bad):
        return "ambivalent"
    order = ("ambivalent", "hostile", "critical", "cautious", "concerned", "supportive", "neutral")
    return max(tally, key=lambda s: (tally[s], -order.index(s)))


def _like(word: str, pattern: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern
