"""Finds the headline among menus, links and decks."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from . import heads
from .parts import Part, is_body

OUTLET_TAIL: Final = re.compile(r"\s+(?:\||-|–|—|::|»)\s+[^|]{2,40}$")
BULLET: Final = re.compile(r"^(?:[-–—*•·▪■●○◆▶►]|\(?\d{1,2}[.)]|\(?[a-zivx]{1,4}[.)])\s+\S")
# How many units are looked at around a decision, so that time stays linear on pages of any length.
HORIZON: Final = 60
FEWEST_HEADLINE_WORDS: Final = 5
FEWEST_TITLE_WORDS: Final = 3
_MOST_TITLE_WORDS: Final = 26
# Three names or more between bars: a row of sections, whatever their names.
_MENU: Final = re.compile(r"\S\s*[|·•›»/]\s+\S[^|·•›»/]{0,40}\s*[|·•›»/]\s")


def question_titles(parts: list[Part], given: int | None) -> None:
    """Mark a single question or exclamation before all other prose as a headline, not a sentence of the body.

    Args:
        parts: All units of a page.
        given: Index of the known headline; where there is one, nothing is marked.
    """
    if given is not None:
        return
    prose = [i for i, part in enumerate(parts) if is_body(part)]
    if len(prose) < 2:
        return
    part = parts[prose[0]]
    short = part.shape.words <= 20 and part.shape.sentences <= 2
    titled = any(not p.sure and p.shape.headline and p.shape.words >= 4 for p in parts[: prose[0]])
    if short and not titled and part.text.rstrip("\"'”’")[-1] in "?!…":
        part.prose, part.role = False, "question"


def _can_be_title(part: Part) -> bool:
    return (
        not part.sure
        and not part.prose
        and part.role != "row"
        and FEWEST_TITLE_WORDS <= part.shape.words <= _MOST_TITLE_WORDS
        and (part.shape.headline or part.role == "question")
        and not part.text.endswith((",", ";"))
        and not _MENU.search(part.text)
    )


def find_title(parts: list[Part], first: int) -> int | None:
    """The headline-like line nearest above the body; of a headline and the deck below it, the upper one.

    Args:
        parts: All units of a page.
        first: Index of the first paragraph.

    Returns:
        Its index, or None where no line can be a headline.
    """
    found = [i for i in range(first) if _can_be_title(parts[i]) and not heads.is_lone_name(parts[i].text)]
    plain = [i for i in found if parts[i].picture is None] or found
    if not plain:
        return None
    plain = plain[-HORIZON:]
    repeated = _repeated_title(parts, plain)
    if repeated is not None:
        return repeated
    index = plain[-1]
    while (above := _directly_above(parts, plain, index)) is not None and (
        _is_deck(parts[index], parts[above])
        or (parts[above].shape.words >= FEWEST_HEADLINE_WORDS and _directly_above(parts, plain, above) is None)
    ):
        index = above
    return index


def _repeated_title(parts: list[Part], candidates: list[int]) -> int | None:
    """A line that repeats the page title at the top (less the outlet's name) is the headline."""
    keys = {i: OUTLET_TAIL.sub("", parts[i].text).casefold() for i in candidates}
    counts = Counter(keys.values())
    twice = [i for i in candidates if counts[keys[i]] > 1 and len(keys[i].split()) >= FEWEST_TITLE_WORDS + 1]
    bare = [i for i in twice if parts[i].text.casefold() == keys[i]]
    return min(bare or twice, default=None)


def _directly_above(parts: list[Part], candidates: list[int], index: int) -> int | None:
    """The candidate above, where nothing but bylines, dates, captions and share buttons lies between."""
    above = [i for i in candidates if i < index]
    if not above:
        return None
    between = parts[above[-1] + 1 : index]
    quiet = all(part.sure and part.kind in ("byline", "dateline", "caption") for part in between)
    return above[-1] if quiet and len(between) <= 3 and not _in_link_list(parts, above[-1]) else None


def _in_link_list(parts: list[Part], index: int) -> bool:
    """Whether only short lines lie between a line and the words that head a list of links."""
    for part in reversed(parts[:index]):
        if part.role == "list":
            return True
        if part.sure or part.prose or part.shape.words < FEWEST_TITLE_WORDS + 1:
            return False
    return False


def _is_deck(lower: Part, upper: Part) -> bool:
    """A deck says more than its headline, in sentence case; a list of links has lines of one sort."""
    if upper.shape.words < 4:
        return False
    if upper.text.isupper() and not lower.text.isupper():
        return True
    longer = lower.shape.words >= upper.shape.words + 2
    plainer = lower.shape.capitalised + 0.2 < upper.shape.capitalised
    return longer or plainer or BULLET.match(lower.text) is not None
