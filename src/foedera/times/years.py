"""Which four digits are a year."""

from __future__ import annotations

import re
from typing import Final

from .build import before, counts_something, make, modifier
from .expression import TimeExpression

_CUE: Final = re.compile(
    r"\b(?:in|since|by|until|till|during|from|of|before|after|through|throughout|to|for|around|circa|about|early|late|mid|"
    r"year|years|as of|between|starting|beginning|back in|than|versus|vs\.?|and|or|spring|summer|autumn|winter|fall)"
    r"[ \t\n\u00a0]{1,2}(?:the\s)?\Z",
    re.IGNORECASE,
)
# These join any two numbers, so they carry a year only from a year in front of them.
_WEAK: Final = re.compile(r"\b(?:to|for|about|around|than|and|or|of)[ \n]{1,2}(?:the\s)?\Z", re.IGNORECASE)
_LABEL: Final = re.compile(
    r"\b(?:resolutions?|no\.?|number|nos\.?|boeing|order|article|section|act|regulation|directive|flight|route|channel|"
    r"room|page|class|type|model|area|unit|some|nearly|almost|roughly|approximately|least|most|over|under|"
    r"exceeding|totaling|totalling|another|only)[ \n]{1,2}(?:[0-9]{1,5}(?:,?[ ](?:and[ ]|or[ ])?)){0,3}\Z",
    re.IGNORECASE,
)
_OPEN: Final = re.compile(r"[(\[;]\s?\Z")
_CLOSE: Final = re.compile(r"\s?(?:[)\],;:–-]|\Z)")
_JOIN: Final = re.compile(r"\s?(?:,|and|or|,\s?and|,\s?or|to|&)\s{1,2}(?:(?:in|of|by|early|late|the)\s)?\Z")
_NOUN: Final = re.compile(
    r"['’]s\b|[ \n](?!(?:and|or|to|of|in|on|the|a|an|at|by|for|with|as|is|are|was|were|have|has|had)\b)[A-Za-z]|"
    r"(?:,|[ ]and|[ ]or)[ ](?:19|20)[0-9]{2}[ ][a-z]"
)
_ARTICLE: Final = re.compile(
    r"(?:\b(?:the|a|an|its|their|his|her|this|that|under|landmark|original)|['’]s?)[ \n]{1,2}\Z", re.IGNORECASE
)
_END: Final = re.compile(
    r"\s?(?:[.,;:)\]!?—–]|\Z|\n|\s(?:and|when|after|before|by|to|the|at|as|with|until|while|between|over|under|but|"
    r"that|which|he|she|it|they)\b)"
)
_HEADING: Final = re.compile(r":|[ ][A-Za-z]|[ \t]*(?:\n|\Z)")
_STRONG: Final = re.compile(
    r"\b(?:in|since|until|till|during|before|after|of|from|by)[ \n]{1,2}(?:the\s)?\Z", re.IGNORECASE
)
_SENTENCE_IN: Final = re.compile(r"(?:\A|[.!?\n\"“]\s?|\s)(?:In|Since|By|Until|During)[ \n]\Z")


class YearGuard:
    """Decides on numbers in the order of a text: "2019 and 2020" makes the second a year because of the first."""

    def __init__(self) -> None:
        self._end = -10

    def build(self, m: re.Match[str]) -> TimeExpression | None:
        """The expression of a match of `grammar.YEARS`, or None where the number is something else."""
        expression = self._decade(m) or self._range(m) or self._year(m)
        if expression is not None:
            self._end = expression.end
        return expression

    def _decade(self, m: re.Match[str]) -> TimeExpression | None:
        raw = m["dec"] or m["dec2"]
        if not raw:
            return None
        year = int(raw) if m["dec"] else 1900 + int(raw[1:])
        return make(m, "date", "decade", year=year, modifier=modifier(m["mod"]))

    def _range(self, m: re.Match[str]) -> TimeExpression | None:
        first, last = m["from"] or m["from2"], m["to"] or m["to2"]
        if not first or counts_something(m.string, m.end()) or _LABEL.search(before(m)):
            return None
        start = int(first)
        end = int(last) if len(last) == 4 else start // 100 * 100 + int(last)
        if not (start < end <= start + 500 and 1000 <= start <= 2099 and end <= 2099):
            return None
        if len(last) == 2 and m.string[m.start("to") - 1] not in "-–—‒/":
            return None
        return make(m, "date", "range", year=start, final=(end, None, None))

    def _year(self, m: re.Match[str]) -> TimeExpression | None:
        if not m["y"]:
            return None
        year, left, text, end = int(m["y"]), before(m), m.string, m.end()
        # The number alone is judged: the words in front of it belong to the match already.
        cued = bool(m["mod"] or m["word"])
        modern = 1900 <= year <= 2099
        if not cued and not (self._modern(m, left, text, end) if modern else self._old(year, left, text, end)):
            return None
        if cued and (not 1500 <= year <= 2099 or counts_something(text, end)):
            return None
        return make(m, "date", "year", year=year, modifier=modifier(m["mod"]))

    def _modern(self, m: re.Match[str], left: str, text: str, end: int) -> bool:
        if _LABEL.search(left):
            return False
        if counts_something(text, end):
            return bool(_SENTENCE_IN.search(left)) and text[end : end + 7] == " people"
        gap = text[self._end : m.start()] if self._end >= 0 and m.start() - self._end < 12 else None
        if gap is not None and _JOIN.match(gap):
            return True
        if _CUE.search(left):
            return not _WEAK.search(left) or self._plain(left, text, end)
        if _OPEN.search(left) and _CLOSE.match(text, end):
            return True
        if _ARTICLE.search(left):
            return bool(_NOUN.match(text, end))
        line_start = not left or left.endswith("\n")
        return bool((_HEADING if line_start else _NOUN).match(text, end))

    def _plain(self, left: str, text: str, end: int) -> bool:
        return bool(_END.match(text, end) or _NOUN.match(text, end) or re.match(r"\s", text[end : end + 1]))

    def _old(self, number: int, left: str, text: str, end: int) -> bool:
        if _LABEL.search(left) or counts_something(text, end) or number % 100 == 0:
            return False
        if _ARTICLE.search(left):
            return bool(_NOUN.match(text, end))
        return bool(_STRONG.search(left) and _END.match(text, end))
