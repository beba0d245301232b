"""Repair of broken characters, with a map back to the text as it was decoded."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate
from typing import Final

from ftfy import TextFixerConfig, fix_and_explain

from foedera.model.article import OffsetMap

_BREAKS: Final = re.compile(r"\r\n|[\n\r\f\v\u2028\u2029]")
# Quotes stay as written, and no letter is folded to another: evidence has to look like the page.
_CONFIG: Final = TextFixerConfig(
    unescape_html=True,
    uncurl_quotes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    fix_line_breaks=False,
    normalization="NFC",
    explain=True,
)
_INVISIBLE: Final = dict.fromkeys((0x00AD, 0x200B, 0x2060, 0xFEFF))
_LIGATURES: Final = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0x0085: " "}
_TYPOGRAPHY: Final = {**_INVISIBLE, **_LIGATURES}
_HIDDEN: Final = re.compile("[\u00ad\u200b\u2060\ufeff]")
_LIGATURE: Final = re.compile("[\ufb00-\ufb04]")
_WORDS: Final = re.compile(r"\S+\s*|\s+")
_LONGEST_ALIGNED: Final = 2_000
_LONGEST_CHANGE: Final = 400
_STEPS: Final = {
    "unescape_html": "HTML entities in plain text",
    "fix_c1_controls": "control codes that stand for punctuation",
    "remove_terminal_escapes": "terminal escapes",
    "remove_control_chars": "control characters",
    "fix_surrogates": "broken surrogate pairs",
    "decode_inconsistent_utf8": "text decoded with the wrong encoding (mojibake)",
    "NFC": "characters in decomposed form",
}


@dataclass(frozen=True, slots=True)
class Repaired:
    """Text after repair.

    Attributes:
        text: Lines separated by a newline.
        offsets: Map from this text to the decoded one; empty (the identity) when nothing changed.
        notes: What was repaired, in words, with counts of lines.
    """

    text: str
    offsets: OffsetMap
    notes: tuple[str, ...]


def repair(decoded: str) -> Repaired:
    """Repair mojibake, entities, control and invisible characters and line ends, line by line.

    Takes time linear in the text: a changed line is aligned character by character only while both forms are shorter
    than 2,000 characters; a longer one keeps the anchor at its start. Characters of unchanged lines, and the unchanged
    stretches of aligned lines, map exactly.
    """
    if not _BREAKS.search(decoded.replace("\n", "")) and not _suspicious(decoded):
        return Repaired(decoded, OffsetMap(), ())
    pieces: list[str] = []
    track = _Track()
    counts: Counter[str] = Counter()
    for line, at, ending in _lines(decoded):
        fixed, steps = repair_line(line)
        counts.update(steps)
        track.line(line, fixed, at)
        pieces.append(fixed)
        if ending:
            counts["line ends"] += ending != "\n"
            track.stretch("\n", ending, at + len(line))
            pieces.append("\n")
    return Repaired(
        "".join(pieces), track.map(), tuple(_note(what, counts[what]) for what in sorted(counts) if counts[what])
    )


def repair_line(line: str) -> tuple[str, list[str]]:
    """The repaired line, and what was repaired in it in words (empty when it stays as it is)."""
    if not _suspicious(line):
        return line, []
    fixed, plan = fix_and_explain(line, _CONFIG)
    steps = {_STEPS[step.parameter] for step in plan or [] if step.parameter in _STEPS}
    steps |= (
        {_STEPS["decode_inconsistent_utf8"]}
        if any(step.action in ("encode", "decode", "transcode") for step in plan or [])
        else set()
    )
    steps |= {"invisible characters"} if _HIDDEN.search(fixed) else set()
    steps |= {"ligatures"} if _LIGATURE.search(fixed) else set()
    clean = _BREAKS.sub(" ", fixed.translate(_TYPOGRAPHY))
    if clean == line:
        return line, []
    return clean, sorted(steps) or ["characters"]


def _suspicious(text: str) -> bool:
    """Plain ASCII without entities and controls is never changed, and is most of what is read."""
    return not text.isascii() or "&" in text or not text.replace("\t", "").replace("\n", "").isprintable()


def _lines(text: str) -> list[tuple[str, int, str]]:
    """Lines with the offset of their start and their line end ('' for the last)."""
    found: list[tuple[str, int, str]] = []
    at = 0
    for m in _BREAKS.finditer(text):
        found.append((text[at : m.start()], at, m[0]))
        at = m.end()
    return [*found, (text[at:], at, "")]


def _aligned(old: str, new: str) -> list[tuple[int, int, int, int]]:
    """Ranges (old start, old end, new start, new end) that cover both lines in order.

    Words are aligned first and characters only inside words that changed: the cost stays near linear.
    """
    old_words, new_words = _WORDS.findall(old), _WORDS.findall(new)
    old_at = [0, *accumulate(map(len, old_words))]
    new_at = [0, *accumulate(map(len, new_words))]
    ranges: list[tuple[int, int, int, int]] = []
    for tag, i, j, k, m in _word_changes(old_words, new_words):
        a, b, c, d = old_at[i], old_at[j], new_at[k], new_at[m]
        if tag != "replace" or max(b - a, d - c) > _LONGEST_CHANGE:
            ranges.append((a, b, c, d))
            continue
        inside = SequenceMatcher(None, old[a:b], new[c:d], autojunk=False).get_opcodes()
        ranges.extend((a + p, a + q, c + r, c + s) for _, p, q, r, s in inside)
    return ranges


def _word_changes(old: list[str], new: list[str]) -> list[tuple[str, int, int, int, int]]:
    """Opcodes between words. Repairs rarely add or remove a word, so pairing them off is nearly always right."""
    if len(old) == len(new) and sum(a == b for a, b in zip(old, new, strict=True)) >= len(old) // 2:
        return [
            ("equal" if a == b else "replace", i, i + 1, i, i + 1)
            for i, (a, b) in enumerate(zip(old, new, strict=True))
        ]
    return list(SequenceMatcher(None, old, new, autojunk=False).get_opcodes())


class _Track:
    """Collects anchors: a pair is kept only where the distance between both texts changes."""

    def __init__(self) -> None:
        self._anchors: list[tuple[int, int]] = [(0, 0)]
        self._out = 0

    def stretch(self, new: str, old: str, at: int) -> None:
        """Record that `new` stands for `old`, which starts at `at` in the decoded text."""
        self._anchor(self._out, at)
        self._out += len(new)
        if len(new) != len(old):
            self._anchor(self._out, at + len(old))

    def line(self, old: str, new: str, at: int) -> None:
        """Record a line, aligned inside where it changed and is short enough for it."""
        if new == old or max(len(old), len(new)) >= _LONGEST_ALIGNED:
            self.stretch(new, old, at)
            return
        for a, b, c, d in _aligned(old, new):
            self.stretch(new[c:d], old[a:b], at + a)

    def _anchor(self, out: int, at: int) -> None:
        last_out, last_at = self._anchors[-1]
        if out - last_out == at - last_at:
            return
        if out == last_out:
            self._anchors[-1] = (out, at)
        else:
            self._anchors.append((out, at))

    def map(self) -> OffsetMap:
        return OffsetMap() if self._anchors == [(0, 0)] else OffsetMap(tuple(self._anchors))


def _note(what: str, lines: int) -> str:
    return f"{what} repaired in {lines} line{'s' if lines != 1 else ''}"
