"""Which language an article is in, decided on its body: headlines are too short and too full of names."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

from foedera.model.errors import InputError

READ: Final = frozenset({"en"})
# Languages that news pages are found in. The model's rarer classes (dialects, creoles, dead languages) only draw
# probability away from English in texts made of names.
_CANDIDATES: Final = re.findall(
    r"\w+",
    r"af am ar az be bg bn bs ca cs cy da de el en es et eu fa fi fr ga gl gu he hi hr hu hy id is it ja ka kk km "
    r"kn ko ku ky lo lt lv mk ml mn mr ms mt my ne nl no pa pl ps pt ro ru si sk sl so sq sr sv sw ta te th tl tr "
    r"uk ur uz vi zh",
)
_FEWEST_LETTERS: Final = 20
_SHORTEST_REFUSED: Final = 80
_LAST_LATIN: Final = "\u024f"
_PLAINLY_ENGLISH: Final = 0.22
_FUNCTION_WORDS: Final = frozenset(
    "the of and that with was were has had have been which from would their they this these those it its is are by "
    "not as on to for he she his her but who said will could about than into after before because between during "
    "while against".split()
)
_CLEAR: Final = 0.8
_LONGEST_READ: Final = 20_000


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(_CANDIDATES)
    return identifier


def _english_share(sample: str) -> float:
    """Share of words that are function words of English and of no other language; 0 under 40 words."""
    words = re.findall(r"[^\W\d_]+", sample.lower())
    return sum(word in _FUNCTION_WORDS for word in words) / len(words) if len(words) >= 40 else 0.0


def detect(body: str) -> tuple[str, float]:
    """The language of a text and its normalised probability.

    Args:
        body: Running text; the first 20,000 characters are looked at.

    Returns:
        ISO 639-1 code and probability, or ``("und", 0.0)`` under 20 letters.
    """
    sample = body[:_LONGEST_READ]
    if sum(map(str.isalpha, sample)) < _FEWEST_LETTERS:
        return "und", 0.0
    if (share := _english_share(sample)) >= _PLAINLY_ENGLISH:
        # Most pages are: their function words settle it without loading a model of eighty languages.
        return "en", min(0.99, 0.5 + share)
    code, probability = _identifier().classify(sample)
    return str(code), float(probability)


def language_of(body: str, document: str) -> str:
    """The language of a body, where it is one that is read.

    Short and doubtful bodies are read: refusing an English page costs more than reading a foreign line.

    Args:
        body: Paragraphs of the article.
        document: Name of the page, for the error.

    Returns:
        ISO 639-1 code, or ``und`` when undetermined.

    Raises:
        InputError: ``not_english`` when a body of 80 characters or more, or one mostly in another script than the
            Latin, is clearly in another language.
    """
    code, probability = detect(body)
    if code == "und" or code in READ:
        return code
    if probability < _CLEAR:
        return "und"
    if len(body) >= _SHORTEST_REFUSED or _other_script(body):
        raise InputError(
            "not_english",
            document,
            f"language {code} with probability {probability:.2f} over {len(body)} characters",
            remedy="Translate the page first, or state its language if this is wrong.",
        )
    return code


def _other_script(body: str) -> bool:
    """Whether most letters are not Latin ones: no English text is so, however short it is."""
    letters = [c for c in body[:_LONGEST_READ] if c.isalpha()]
    return 2 * sum(c > _LAST_LATIN for c in letters) > len(letters)
