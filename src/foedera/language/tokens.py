"""Words and sentences, with their characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_TOKEN: Final = re.compile(
    r"(?:[A-Za-z]\.){2,}"  # U.S., U.N.
    r"|[A-Z]\.(?=\s?[A-Z])"  # initials
    r"|(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Sgt|Capt|Adm|Sen|Rep|Gov|Prof|St|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|No|vs)\."
    r"|\d+(?:[.,]\d+)*"
    r"|[^\W\d_]+(?:[-'’.][^\W\d_]+)*?(?=['’]s?\b(?![^\W\d_]))|[^\W\d_]+(?:[-‐‑](?:[^\W\d_]+|\d+))*(?:['’](?!s\b)[^\W\d_]+)?"
    r"|['’]s?\b|\S"
)
_HYPHEN: Final = re.compile(r"[-‐‑–]")
_ENDING: Final = re.compile(r"[.!?…]+[\"”’')\]]*(?=\s|$)")
_ABBREVIATION: Final = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Sgt|Capt|Adm|Maj|Brig|Sen|Rep|Gov|Prof|St|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov"
    r"|Dec|No|vs|Inc|Ltd|Co|Corp|Jr|Sr|approx|e\.g|i\.e)|(?<![A-Za-z])[A-Z]|(?:[A-Za-z]\.)+[A-Za-z])$"
)  # fmt: skip
_LINE: Final = re.compile(r"[^\n]+")
_OPENERS: Final = "“\"'‘(["


@dataclass(frozen=True, slots=True)
class Token:
    """A word or sign.

    Attributes:
        start, end: Its characters.
        text: As written.
        lower: In lower case.
    """

    start: int
    end: int
    text: str
    lower: str


def tokenize(text: str, start: int = 0, end: int | None = None, splitters: frozenset[str] = frozenset()) -> list[Token]:
    """Words and signs of a stretch of text; a possessive ``'s`` is a token of its own.

    Args:
        text: The article.
        start, end: The stretch.
        splitters: Words (lower case) after which a hyphen separates: "US-Japan" is three tokens, "Jae-in" one.
    """
    out: list[Token] = []
    for m in _TOKEN.finditer(text, start, len(text) if end is None else end):
        out.extend(_split_hyphen(m.start(), m[0], splitters))
    return out


def name_words(name: str, splitters: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The words of a tabled name, split as `tokenize` splits them in a text."""
    plain = name.split()
    # Most names are letters and spaces, which need no pattern.
    return tuple(plain) if all(map(str.isalpha, plain)) else tuple(t.text for t in tokenize(name, splitters=splitters))


def _split_hyphen(start: int, word: str, splitters: frozenset[str]) -> Iterator[Token]:
    hyphen = _HYPHEN.search(word)
    if hyphen and hyphen.start() and word[: hyphen.start()].lower() in splitters:
        yield _token(start, word[: hyphen.start()])
        yield _token(start + hyphen.start(), hyphen[0])
        yield from _split_hyphen(start + hyphen.end(), word[hyphen.end() :], splitters)
    elif word:
        yield _token(start, word)


def _token(start: int, word: str) -> Token:
    return Token(start, start + len(word), word, word.lower())


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Characters of the sentences in a stretch of text, white space trimmed.

    A full stop ends a sentence unless it closes an abbreviation or initial, or the next word is in lower case.
    """
    begin = start
    for m in _ENDING.finditer(text, start, end):
        if _continues(text, begin, m, end):
            continue
        yield from _trimmed(text, begin, m.end())
        begin = m.end()
    yield from _trimmed(text, begin, end)


def text_sentences(text: str) -> Iterator[tuple[int, int]]:
    """Characters of the sentences of a whole text, in which a line is a paragraph."""
    for line in _LINE.finditer(text):
        yield from sentences(text, line.start(), line.end())


def _continues(text: str, begin: int, m: re.Match[str], end: int) -> bool:
    """Whether the sentence goes on after a possible ending."""
    rest = text[m.end() : min(end, m.end() + 3)].lstrip()
    following = rest.lstrip(_OPENERS)[:1]
    if following.islower():
        return True
    if m[0] != "." or not rest:
        return False
    before = text[max(begin, m.start() - 12) : m.start()]
    if not _ABBREVIATION.search(before):
        return False
    # "the U.S. Officials said": an acronym of a state may end a sentence, a title or month never does.
    acronym = re.search(r"(?:[A-Za-z]\.)+[A-Za-z]$", before) is not None
    opener = re.match(
        r"\s+(?:The|He|She|It|They|In|On|But|However|Meanwhile|A|An|This|That)\b", text[m.end() : m.end() + 12]
    )
    return not (acronym and opener)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        yield start, end
