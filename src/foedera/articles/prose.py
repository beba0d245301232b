"""Features that tell running prose from headlines, labels and menus."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_WORD: Final = re.compile(r"[^\W\d_][\w'’.-]*")
_LOOKED_AT: Final = 4_000
SENTENCE_END: Final = re.compile(r"[.!?…][\"'”’»)\]]*$")
_INNER_END: Final = re.compile(r"[a-z0-9%)\"”’][.!?][\"”’)]*\s+[\"“‘(]?[A-Z]")
_ABBREVIATED: Final = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Sen|Rep|Gov|St|No|vs|Inc|Co|Ltd|Jan|Feb|Aug|Sept?|Oct|Nov|Dec)\."
)
_TEASER: Final = re.compile(r"(?:\[?(?:\.\.\.|…)\]?|read more|continue reading)\W*$", re.I)

_FINITE: Final = frozenset(
    re.findall(
        r"[\w']+",
        r"is are was were be been am has have had will would can could may might must should shall do does did isn't "
        r"aren't wasn't weren't hasn't haven't hadn't won't wouldn't can't cannot couldn't don't doesn't didn't it's "
        r"that's there's he's she's they're we're i'm we've they've i've said says say told tells tell asked asks "
        r"added adds announced announces warned warns noted notes stated states argued argues claimed claims explained "
        r"explains wrote writes believes believe thinks think thought hopes hope expects expect wants want needs need "
        r"seeks seek plans plan calls call urges urge vows vow agrees agree denies deny went goes go made makes make "
        r"took takes take gave gives give came comes come saw sees see met meets meet held holds led leads lead left "
        r"leaves leave won wins win lost loses lose began begins begin became becomes become rose rises rise fell "
        r"falls fall grew grows grow kept keeps keep sent sends send built builds build put puts set sets cut cuts hit "
        r"hits got gets get knew knows know found finds find brought brings bring bought buys buy paid pays pay ran "
        r"runs run sold sells sell spoke spent spends stood stands sat swore broke breaks broken drew draws drove "
        r"drives felt fought fights flew forced forces hurt laid let lies lay lent meant means read remains remain "
        r"rejects reject resumes resume signs sign shows show showed shrank sought spread struck strikes suspends "
        r"suspend taught threw understood withdrew withdraws woke wore approves approve backs back blames blame bans "
        r"ban boosts boost considers continues continue creates create cites cite delays delay demands demand "
        r"discusses discuss drops drop ends end eyes face faces follows follow helps help hosts host imposes impose "
        r"includes include joins join launches launch lifts lift looks look marks mark moves move offers offer opens "
        r"open opposes oppose orders order passes pass prepares prepare presses press promises promise pushes push "
        r"raises raise ranks rank reaches reach recalls recall reflects reflect reports report represents represent "
        r"requires require returns return reviews review serves serve slams slam starts start stays stay stops stop "
        r"supports support targets target threatens threaten tries try turns turn uses use visits visit votes vote "
        r"welcomes welcome works work",
    )
)
_FUNCTION: Final = frozenset(
    re.findall(
        r"[\w']+",
        r"the a an of to in on at by for with from that which who and but as it its their his her this these those be "
        r"not than into over after before between under about or if while since because",
    )
)
_PAST: Final = re.compile(r"^[a-z]{2,}ed$")


@dataclass(frozen=True, slots=True)
class Shape:
    """Countable features of a unit.

    Attributes:
        words: Number of words with a letter first.
        capitalised: Share of those words that begin with a capital letter.
        function: Share of them that are function words.
        finite: Whether one of them can be a finite verb.
        ended: Whether it ends like a sentence.
        sentences: Sentence ends inside, plus one.
        letters: Share of letters among the characters that are not blanks.
        latin: Share of ASCII and Latin-1 letters among its letters.
        teaser: Whether it breaks off the way teasers of other articles do.
    """

    words: int
    capitalised: float
    function: float
    finite: bool
    ended: bool
    sentences: int
    letters: float
    latin: float
    teaser: bool

    @property
    def strong(self) -> bool:
        """Certainly running text: a full sentence of some length, or several."""
        if self.latin < 0.5 or self.letters < 0.5 or self.words < 6:
            return False
        if self.ended:
            return self.words >= 8 and (self.finite or self.words >= 16)
        return (self.sentences > 1 and self.words >= 15 and self.finite) or (
            self.words >= 24 and self.function >= 0.2 and self.capitalised < 0.6
        )

    @property
    def sentence(self) -> bool:
        """A sentence, however short."""
        return self.ended and self.words >= 2 and self.letters >= 0.5 and self.latin >= 0.5

    @property
    def cut_off(self) -> bool:
        """Reads like a sentence whose end is missing, rather than like a headline."""
        return not self.ended and self.finite and self.words >= 10 and self.function >= 0.22 and self.capitalised < 0.45

    @property
    def headline(self) -> bool:
        """Could be a headline or a link to one."""
        return not self.strong and 2 <= self.words <= 25 and self.letters >= 0.6 and self.latin >= 0.5


def shape_of(text: str) -> Shape:
    """Measure a unit; of a very long one, its first 4,000 characters and its end."""
    head = text[:_LOOKED_AT]
    words = _WORD.findall(head)
    lowered = [word.lower().replace("’", "'").rstrip(".'-") for word in words]
    count = max(len(words), 1)
    dense = [c for c in head if not c.isspace()]
    letters = [c for c in dense if c.isalpha()]
    return Shape(
        words=len(words),
        capitalised=sum(1 for word in words if word[0].isupper()) / count,
        function=sum(1 for word in lowered if word in _FUNCTION) / count,
        finite=any(_is_finite(word, low) for word, low in zip(words, lowered, strict=True)),
        ended=bool(SENTENCE_END.search(text[-12:])),
        sentences=1 + len(_INNER_END.findall(_ABBREVIATED.sub("x", head))),
        letters=len(letters) / max(len(dense), 1),
        latin=sum(1 for c in letters if c < "\u0250") / len(letters) if letters else 1.0,
        teaser=bool(_TEASER.search(text[-24:])),
    )


def _is_finite(word: str, lowered: str) -> bool:
    return lowered in _FINITE or bool(_PAST.match(word))
