"""Amounts: money and counted things, with what they measure and whose they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from foedera.knowledge import cells, load_table

from .syntax import Syntax

_MAGNITUDES: Final = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "mn": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "b": 1e9,
    "trillion": 1e12, "tn": 1e12,
}  # fmt: skip
_WORDS: Final = {
    "zero": 0.0, "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "seven": 7.0, "eight": 8.0,
    "nine": 9.0, "ten": 10.0, "eleven": 11.0, "twelve": 12.0, "thirteen": 13.0, "fourteen": 14.0, "fifteen": 15.0,
    "sixteen": 16.0, "seventeen": 17.0, "eighteen": 18.0, "nineteen": 19.0, "twenty": 20.0, "thirty": 30.0,
    "forty": 40.0, "fifty": 50.0, "sixty": 60.0, "seventy": 70.0, "eighty": 80.0, "ninety": 90.0, "dozen": 12.0,
}  # fmt: skip
_APPROXIMATE: Final = re.compile(
    r"\b(?:about|around|nearly|almost|some|roughly|approximately|more than|over|at least|up to|as many as"
    r"|as much as|less than|fewer than|under|close to|an estimated|estimated|in excess of|upwards of)\s*$",
    re.IGNORECASE,
)
_NUMBER: Final = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_COMPARED: Final = re.compile(
    r"\b(?:comparable to|compared with|compared to|against|up from|down from|versus|as against|than)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in characters of the article and chunks of its sentence; fields as in `Quantity`."""

    start: int
    end: int
    value: float | None
    unit: str
    currency: str | None
    measure: str
    owner: int | None
    approximate: bool
    compared: tuple[int, int] | None
    score: float
    reason: str


@cache
def _units() -> tuple[dict[str, tuple[str, str]], re.Pattern[str]]:
    """Surface → (unit, kind), and the pattern of an amount."""
    table: dict[str, tuple[str, str]] = {}
    for row in load_table("units"):
        for surface in cells(row["surface"]):
            table.setdefault(surface.lower(), (row["unit"], row["kind"]))
    money = sorted((s for s, (_, kind) in table.items() if kind == "currency"), key=len, reverse=True)
    symbols = "|".join(re.escape(s) for s in money if not s[-1:].isalpha() or len(s) <= 3)
    every = "|".join(re.escape(s) for s in sorted(table, key=len, reverse=True))
    words = "|".join(_WORDS)
    magnitude = r"(?:\s?-?(thousand|million|billion|trillion|bn|mn|tn)\b|(?<=\d)([mb])\b)?"
    before = (
        rf"(?<![A-Za-z])(?P<symbol>{symbols})\s?(?P<n1>{_NUMBER}){magnitude.replace('(thousand', '(?P<m1>thousand', 1)}"
    )
    before = before.replace("([mb])", "(?P<s1>[mb])")
    filler = r"(?:\s+(?:[a-z][a-z-]+|[A-Z][a-z]+|U\.S\.|US)){0,2}?"
    scale = r"(?:\s(?P<m2>hundred|thousand|million|billion|trillion|bn|mn)\b)?"
    after = (
        rf"(?<![\w.,-])(?P<n2>{_NUMBER}|(?:{words})\b){scale}"
        rf"(?P<gap>{filler})\s?(?P<unit>{every})(?![A-Za-z])"
    )
    return table, re.compile(f"{before}|{after}", re.IGNORECASE)


@cache
def _measures() -> tuple[tuple[tuple[str, ...], str], ...]:
    """Words and measure of each cue, the longest first."""
    found = [
        (tuple(cue.lower().split()), row["measure"]) for row in load_table("measures") for cue in cells(row["cue"])
    ]
    return tuple(sorted(found, key=lambda f: (-len(" ".join(f[0])), f[0])))


@cache
def _pattern(cue: tuple[str, ...]) -> re.Pattern[str]:
    """A cue as whole words. The amount may stand inside "spend ... on defence"."""
    split = cue[0].startswith("spend") and len(cue) > 2
    first, *rest = (re.escape(word) for word in cue)
    between = r"\s+(?:\S+\s+){0,6}?" if split else r"\s+" if rest else ""
    return re.compile(rf"\b{first}{between}" + r"\s+".join(rest) + r"\b")


def amounts(text: str, syntax: Syntax) -> list[Amount]:
    """All amounts of one sentence."""
    if not syntax.tokens:
        return []
    start, end = syntax.tokens[0].start, syntax.tokens[-1].end
    table, pattern = _units()
    out: list[Amount] = []
    for m in pattern.finditer(text, start, end):
        found = _amount(text, syntax, m, table, (start, end))
        if found is not None:
            out.append(found)
    return [_with_comparison(a, out, text) for a in out]


def _amount(
    text: str, syntax: Syntax, m: re.Match[str], table: dict[str, tuple[str, str]], sentence: tuple[int, int]
) -> Amount | None:
    surface = (m["symbol"] or m["unit"]).lower()
    unit, kind = table[surface]
    if kind == "currency" and m["gap"] and m["gap"].strip():
        return None
    number = (m["n1"] or m["n2"]).lower().replace(",", "")
    value = _WORDS.get(number) if number in _WORDS else float(number)
    magnitude = (m["m1"] or m["s1"] or m["m2"] or "").lower()
    if value is None:
        return None
    value *= _MAGNITUDES.get(magnitude, 1.0)
    measure = _measure(text[sentence[0] : sentence[1]].lower(), m.start() - sentence[0], unit, m["gap"])
    if kind != "currency" and measure is None and value < 2:
        return None
    owner, why = _owner(syntax, m.start(), m.end())
    currency = unit if kind == "currency" else None
    return Amount(
        m.start(), m.end(), round(value, 6), unit, currency, measure or _plain(unit, currency), owner,
        bool(_APPROXIMATE.search(text, max(sentence[0], m.start() - 16), m.start())), None,
        0.75 if currency and measure else 0.6, f"amount {m[0]!r} (units.csv {surface!r}), owner by {why}",
    )  # fmt: skip


def _plain(unit: str, currency: str | None) -> str:
    return "amount of money" if currency else f"number of {unit}"


def _measure(sentence: str, at: int, unit: str, gap: str | None) -> str | None:
    """The tabled measure whose cue stands nearest to the amount."""
    best: tuple[int, str] | None = None
    for words, measure in _measures():
        # Most cues are not there at all, and then need no pattern.
        if any(word not in sentence for word in words):
            continue
        for m in _pattern(words).finditer(sentence):
            distance = max(m.start() - at, at - m.end(), 0)
            if best is None or distance < best[0]:
                best = (distance, measure)
    return best[1] if best else None


def _owner(syntax: Syntax, start: int, end: int) -> tuple[int | None, str]:
    """Whose amount it is: a possessor just before, the subject of the verb, else the nearest actor."""
    index = next((k for k, t in enumerate(syntax.tokens) if t.end > start), len(syntax.tokens))
    before = [k for k, c in enumerate(syntax.chunks) if c.last <= index and c.kind != "agreement"]
    if before and syntax.chunks[before[-1]].possessive and index - syntax.chunks[before[-1]].last <= 5:
        return before[-1], "possessor"
    inside = next(
        (k for k, c in enumerate(syntax.chunks) if c.first >= index and syntax.tokens[c.first].start < end), None
    )
    verbs = [u for u in syntax.verbs if u.index < index]
    for use in reversed(verbs):
        subject = syntax.subject(use)
        if subject:
            return _possessor_of(syntax, subject[0]), "subject"
    if inside is not None:
        return inside, "name inside"
    if before:
        return _possessor_of(syntax, syntax.group(before[-1])[0]), "nearest name before"
    behind = [k for k, c in enumerate(syntax.chunks) if c.first >= index]
    return (behind[0], "nearest name behind") if behind else (None, "nobody named")


def _possessor_of(syntax: Syntax, chunk: int) -> int:
    """ "Norway's exports to Poland": what stands behind a preposition belongs to the possessor before it."""
    before = chunk - 1
    if syntax.chunks[chunk].preposition is None or before < 0:
        return chunk
    owner = syntax.chunks[before]
    owns = (owner.possessive or owner.adjective) and owner.kind != "pronoun"
    return before if owns and syntax.chunks[chunk].first - owner.last <= 5 else chunk


def _with_comparison(amount: Amount, others: list[Amount], text: str) -> Amount:
    for other in others:
        if other is not amount and other.unit == amount.unit:
            low, high = sorted((amount, other), key=lambda a: a.start)
            if _COMPARED.search(text, low.end, high.start) and amount is low:
                return Amount(
                    **{**{f: getattr(amount, f) for f in Amount.__slots__}, "compared": (other.start, other.end)}
                )
    return amount
