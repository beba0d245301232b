"""Closed classes of English words that the lexical reader leans on."""

from __future__ import annotations

from typing import Final


def word_set(words: str) -> frozenset[str]:
    """The words of a string, as a set."""
    return frozenset(words.split())


DETERMINERS: Final = word_set(
    "the a an this that these those its their his her our my your some any no each every another both all"
)
POSSESSIVE_PRONOUNS: Final = word_set("its their his her our my your")
PRONOUNS: Final = word_set("he she they it we i them him us itself themselves")
PREPOSITIONS: Final = word_set(
    "of in on at by for with from to into onto over under about against between among through during before after"
    " since until toward towards around near across along behind beyond within without despite amid amidst upon via"
    " per off above below outside inside alongside like unlike as than regarding concerning throughout"
)
LOCATIVE: Final = word_set(
    "in near at around outside inside across throughout within off above beneath along beside beyond amid amidst"
)
SUBORDINATORS: Final = word_set(
    "after before while when because although though since if unless whereas until whether once lest as"
)
COORDINATORS: Final = word_set("and or but nor yet then")
RELATIVES: Final = word_set("which who whom whose that where")
BE: Final = word_set("is are was were be been being am 's 're ’s ’re")
HAVE: Final = word_set("has have had having")
DO: Final = word_set("do does did")
WILL: Final = word_set("will shall 'll ’ll wo won't won’t")
WOULD: Final = word_set("would 'd ’d wouldn't wouldn’t")
MAY: Final = word_set("could may might can couldn't couldn’t should must ought")
MODALS: Final = WILL | WOULD | MAY
NEGATION: Final = word_set("not never n't n’t neither nor cannot hardly without")
POSSESSIVE: Final = word_set("'s ’s ' ’")
QUOTES_CLOSE: Final = word_set('” " ’ »')
QUOTES: Final = frozenset('“”"«»')
ADVERBS: Final = word_set(
    "also again already always currently ever formally finally first further jointly just later long now officially"
    " often only previously recently repeatedly soon still strongly swiftly together today yesterday tomorrow"
    " separately reportedly allegedly publicly immediately increasingly likewise earlier temporarily once so even"
    " actually largely closely sharply fully partly newly very quickly effectively unilaterally directly thus"
    " therefore meanwhile initially eventually"
)
SET_NOUNS: Final = word_set(
    "countries nations sides allies neighbors neighbours governments parties states powers partners rivals capitals"
    " militaries leaders foes adversaries counterparts presidents ministers"
)
NUMBERS: Final = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "2": 2, "3": 3, "4": 4, "5": 5, "6": 6, "7": 7,
}  # fmt: skip
COUNTED: Final = word_set(
    "eight nine ten eleven twelve thirteen fourteen fifteen twenty thirty forty fifty dozen dozens hundreds thousands"
)
# Capitalised words that begin a sentence or a date, never a name.
NOT_NAMES: Final = word_set(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
    " september october november december although though however meanwhile moreover but and or if when while after"
    " before since because as at by for from in into of on over to under until up with without he she it they we i"
    " you his her its their our this that these those there here what who which how why where not no yes mr mrs ms dr"
    " a an the according following despite during amid such some many most both each earlier later yesterday today"
    " tomorrow still also instead then now so yet"
)
# Words with which a surname of the holders table could be confused; they need the full name near by.
COMMON_SURNAMES: Final = word_set(
    "may moon park rice brown bush major day young ban long wolf king cook hunt west green small hope bill"
)


def is_adverb(word: str) -> bool:
    """Whether a word (lower case) may stand between auxiliary and verb."""
    return word in ADVERBS or (len(word) > 4 and word.endswith("ly") and word not in {"july", "italy", "family",
    "ally", "supply", "rally", "reply", "assembly", "anomaly"})  # fmt: skip


def is_name_word(text: str) -> bool:
    """Whether a token looks like part of a name."""
    return text[:1].isupper() and text.lower() not in NOT_NAMES and any(c.isalpha() for c in text)
