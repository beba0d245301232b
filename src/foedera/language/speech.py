"""Who says what: the network finds sources, cues and contents and which belong together; tables judge the stance."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from .attribution import judge_stance, medium_of, quotations
from .decode import Labelled, labelled
from .encoding import Encoded
from .lexicon import speech_cues
from .network import Network, Scored, Span
from .syntax import Syntax
from .words import NEGATION

_LINK: Final = re.compile(r"that\s+", re.IGNORECASE)
"""What links what is said to the cue and is no part of it."""
_UNSPOKEN: Final[dict[str, str]] = {}
_DIRECT: Final = 0.5
"""Share of the words said that stand in quotation marks from which speech is direct."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """An attribution in words of the network (``source``) and characters of the article (the rest).

    Attributes:
        source: The words that name who speaks, None where nobody is named.
        cue, content: Characters.
        quotes: Characters of the quoted parts.
        direct: Most of it is quoted.
        medium: As in `Attribution`.
        stance, hedged: What the words betray of the attitude.
        denial: It is said that something is not so.
        addressed: Somebody may be spoken to: the object of the cue.
        score: Mean probability of its spans.
        reason: In words.
    """

    source: Span | None
    cue: Span
    content: Span
    quotes: tuple[Span, ...]
    direct: bool
    medium: str | None
    stance: str
    hedged: bool
    denial: bool
    addressed: bool
    score: float
    reason: str


def sources(scored: Scored, network: Network) -> list[Span]:
    """Words that name speakers, whether or not a cue is found to them."""
    return [(a, b) for a, b, _, _ in labelled(scored.tags["source"], network.weights.card["tags"]["source"])]


def spoken(
    text: str, syntax: Syntax, encoded: Encoded, scored: Scored, network: Network, acts: Collection[int] = ()
) -> list[Spoken]:
    """The attributions of a sentence, the outermost where one stands in what another says.

    ``acts`` are tokens that the predicate table reads as events: what is "ordered" or "summoned" by them is done rather
    than said, unless the table of speech or quotation marks say otherwise.
    """
    labels = network.weights.card["tags"]
    cues, speakers, contents = (labelled(scored.tags[k], labels[k]) for k in ("cue", "source", "content"))
    if not cues or not scored.links.size:
        return []
    belongs = {c: max(cues, key=lambda cue: scored.links[cue[0], c[0], 1]) for c in contents}
    out: list[Spoken] = []
    for cue in cues:
        mine = [c for c in contents if belongs[c] == cue and c[1] - c[0] > 1]
        if mine and not _unsaid(syntax, _characters(encoded, cue)):
            source = _source(cue, speakers, scored, network)
            one = _spoken(text, syntax, encoded, cue, source, mine)
            place = _tokens(syntax, one.cue)
            done = not one.quotes and not _row(syntax, one.cue) and not set(range(*place)).isdisjoint(acts)
            if not done:
                out.append(one)
    return [s for s in out if not any(o is not s and _inside(s.cue, o.content) and not _inside(o.cue, s.content)
                                      for o in out)]  # fmt: skip


def opinion(
    text: str, syntax: Syntax, cue: Span, content: Span, source: Span | None, score: float
) -> Spoken | None:  # fmt: skip
    """An act that praises or criticises as a statement about what it is about; None where the words are not of those.

    Args:
        text: The article.
        syntax: The sentence.
        cue, content: Characters of the act, and of what it is about.
        source: The words that name who acts.
        score: That of the act.
    """
    row = _row(syntax, cue)
    if row.get("kind") not in ("praise", "criticise") or _unsaid(syntax, cue):
        return None
    tokens = _tokens(syntax, content)
    stance, hedged, why = judge_stance(syntax, tokens, row)
    return Spoken(source, cue, _bare(text, content), (), False, None, stance, hedged, False, False, score,
                  f"network: {row['cue']!r} is what was thought of it (speech.csv){why}")  # fmt: skip


def _unsaid(syntax: Syntax, cue: Span) -> bool:
    """ "Did not say that ...": nothing was said."""
    first, last = _tokens(syntax, cue)
    words = [syntax.lower(k) for k in range(max(0, first - 1), last)]
    return any(w in NEGATION or w.endswith(("n't", "n’t")) for w in words)


def _source(cue: Labelled, speakers: Sequence[Labelled], scored: Scored, network: Network) -> Labelled | None:
    if not speakers:
        return None
    best = max(speakers, key=lambda s: scored.links[cue[0], s[0], 0])
    nobody = float(network.weights.card["unlinked"][0])
    return best if scored.links[cue[0], best[0], 0] >= nobody else None


def _inside(inner: Span, outer: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _spoken(
    text: str, syntax: Syntax, encoded: Encoded, cue: Labelled, source: Labelled | None, contents: Sequence[Labelled]
) -> Spoken:
    place = _characters(encoded, cue)
    # What is said may stand on both sides of the cue.
    content = (_characters(encoded, contents[0])[0], _characters(encoded, contents[-1])[1])
    content = _bare(text, content)
    tokens = _tokens(syntax, content)
    row = _row(syntax, place)
    stance, hedged, why = judge_stance(syntax, tokens, row)
    quotes = tuple((syntax.tokens[a].start, syntax.tokens[b - 1].end) for a, b in quotations(syntax)
                   if tokens[0] - 1 <= a and b <= tokens[1] + 1)  # fmt: skip
    said = sum(_characters(encoded, c)[1] - _characters(encoded, c)[0] for c in contents)
    quoted = sum(b - a for a, b in quotes)
    spans = [cue, *([source] if source else []), *contents]
    words = text[place[0] : place[1]]
    return Spoken(
        (source[0], source[1]) if source else None, place, content, quotes, quoted >= _DIRECT * said and quoted >= 20,
        medium_of(text[syntax.tokens[0].start : syntax.tokens[-1].end]), stance, hedged, row.get("cue") == "deny",
        row.get("cue") in ("tell", "notify", "inform", "assure", "warn", "remind"),
        round(sum(s[3] for s in spans) / len(spans), 3), f"network: cue {words!r}{why}",
    )  # fmt: skip


def _bare(text: str, content: Span) -> Span:
    """What is said without the word that links it to the cue and the sign that ends it."""
    start, end = content
    if (link := _LINK.match(text, start, end)) and link.end() < end:
        start = link.end()
    while end > start + 1 and text[end - 1] in ".,;:":
        end -= 1
    return start, end


def _characters(encoded: Encoded, span: Labelled) -> Span:
    return int(encoded.starts[span[0]]), int(encoded.ends[span[1] - 1])


def _tokens(syntax: Syntax, place: Span) -> Span:
    """Tokens that overlap some characters."""
    inside = [k for k, t in enumerate(syntax.tokens) if t.start < place[1] and place[0] < t.end]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)


def _row(syntax: Syntax, place: Span) -> dict[str, str]:
    """The row of speech.csv that the cue's words begin with; empty where it has none."""
    for k in range(*_tokens(syntax, place)):
        for rest, _, row in speech_cues().get(syntax.lower(k), ()):
            if tuple(syntax.lower(i) for i in range(k + 1, k + 1 + len(rest))) == rest:
                return row
    return _UNSPOKEN
