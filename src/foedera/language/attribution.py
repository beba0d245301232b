"""Who says what: speech verbs, quotations, and the stance that the words betray."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from foedera.knowledge import load_table

from .lexicon import speech_cues
from .predicates import Matcher
from .syntax import Syntax, VerbUse
from .words import DO, NEGATION, QUOTES, QUOTES_CLOSE

# "Highlighted the value of ...": what is said may be a noun phrase.
_WITH_OBJECT: Final = frozenset(
    "highlight emphasise emphasize stress underline underscore outline reiterate reaffirm acknowledge".split()
)
_SPEAKERS: Final = frozenset(
    {"state", "organisation", "person", "office", "force", "group", "nominal", "pronoun", "set", "agreement"}
)
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


@dataclass(frozen=True, slots=True)
class Said:
    """An attribution as tokens and chunks; the fields are those of `Attribution`. A `denial` says that it is not so."""

    source: int | None
    cue: tuple[int, int]
    content: tuple[int, int]
    quotes: tuple[tuple[int, int], ...]
    direct: bool
    medium: str | None
    addressee: int | None
    stance: str
    hedge: bool
    targets: tuple[int, ...]
    score: float
    reason: str
    denial: bool = False


@dataclass(frozen=True, slots=True)
class _Cue:
    first: int
    last: int
    use: VerbUse | None
    row: dict[str, str]


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


def attributions(text: str, syntax: Syntax, matcher: Matcher) -> list[Said]:
    """All attributions of one sentence, at most one per speaker and content."""
    quotes = quotations(syntax)
    out: list[Said] = []
    for cue in _cues(syntax, quotes):
        source = _source(syntax, cue)
        if source is None:
            continue
        content = _content(syntax, cue, quotes, source)
        if content is None or any(s.content == content or s.cue == (cue.first, cue.last) for s in out):
            continue
        out.append(_said(text, syntax, cue, source, content, quotes))
    return _outermost(out)


def _outermost(found: list[Said]) -> list[Said]:
    """Nested speech keeps the outer speaker: "A said that B mentioned" is what A says."""
    keep: list[Said] = []
    for said in found:
        inside = any(
            o is not said and o.content[0] <= said.cue[0] < o.content[1] and o.cue[0] < said.cue[0] for o in found
        )
        if not inside:
            keep.append(said)
    return keep


def _cues(syntax: Syntax, quotes: list[tuple[int, int]]) -> list[_Cue]:
    out: list[_Cue] = []
    for i, token in enumerate(syntax.tokens):
        if any(a <= i < b for a, b in quotes):
            continue
        for rest, slots, row in speech_cues().get(token.lower, ()):
            words = tuple(syntax.lower(k) for k in range(i + 1, i + 1 + len(rest)))
            if words != rest:
                continue
            use = syntax.verb_use(i, slots) if slots else None
            if use is not None and any(w in DO for w in use.auxiliaries) and any(_negates(w) for w in use.auxiliaries):
                # "did not threaten" reports that nothing was said.
                continue
            if slots and (use is None or use.passive):
                use = _inverted(syntax, i, slots)
                if use is None:
                    continue
            out.append(_Cue(i, i + 1 + len(rest), use, row))
            break
    return out


def _negates(word: str) -> bool:
    return word in NEGATION or word.endswith(("n't", "n’t"))


def _inverted(syntax: Syntax, i: int, slots: frozenset[str]) -> VerbUse | None:
    """ "..., said Mr. Price": past form behind a quotation or comma."""
    if (
        "past" in slots
        and (syntax.lower(i - 1) in QUOTES_CLOSE or syntax.lower(i - 1) == ",")
        and syntax.chunk_at(i + 1) is not None
    ):
        return VerbUse(i, i, "past", False, (), False)
    return None


def _source(syntax: Syntax, cue: _Cue) -> int | None:
    if cue.use is None:
        if cue.row["cue"].startswith("in ") and not cue.row["cue"].endswith(" of"):
            # "in an interview with": how it was said, not who said it.
            return None
        behind = _chunk_from(syntax, cue.last)
        return behind if behind is not None and _can_speak(syntax, behind) else None
    before = syntax.lower(cue.use.first - 1)
    subject = [c for c in syntax.subject(cue.use) if _can_speak(syntax, c)]
    if cue.row["cue"] != "tell" and (before in QUOTES_CLOSE or (before == "," and not subject)):
        behind = syntax.chunk_at(cue.last)
        if behind is not None and _can_speak(syntax, behind):
            return behind
    # "…,” Price, a spokesman, said": the name, not what stands in apposition to it.
    return subject[0] if subject else None


def _chunk_from(syntax: Syntax, first: int) -> int | None:
    for k in range(first, min(first + 3, len(syntax.tokens))):
        if (chunk := syntax.chunk_at(k)) is not None:
            return chunk
    return None


def _can_speak(syntax: Syntax, chunk: int) -> bool:
    found = syntax.chunks[chunk]
    return (
        found.kind in _SPEAKERS
        and not found.adjective
        and not found.locative
        and syntax.lower(found.first) not in ("it", "which")
    )


def _content(syntax: Syntax, cue: _Cue, quotes: list[tuple[int, int]], source: int) -> tuple[int, int] | None:
    """Token range of what is said, None when nothing is."""
    end = len(syntax.tokens)
    kind = cue.row["kind"]
    if cue.use is None:
        chunk = syntax.chunks[source]
        return (0, cue.first) if cue.first > 2 else (chunk.last, end) if chunk.last < end - 2 else None
    before = cue.use.first
    inverted = syntax.chunks[source].first >= cue.last
    start = min(before, syntax.chunks[source].first) if not inverted else before
    front = start > 4 and (syntax.lower(start - 1) in (",", *QUOTES_CLOSE) or any(b <= start for _, b in quotes))
    quoted_front = front and (any(b <= start for _, b in quotes) or not _that_follows(syntax, cue.last, end))
    closed = any(b <= start for _, b in quotes)
    unlinked = syntax.lower(start - 1) == "," and inverted and not _that_follows(syntax, cue.last, end)
    if quoted_front and (closed or unlinked):
        return (0, start)
    said = (
        _that_follows(syntax, cue.last, end)
        or _clause_follows(syntax, cue.last, end)
        # "Held a summit on the \"ever closer\" ties" is no opinion.
        or (kind != "think" and any(a >= cue.last for a, _ in quotes))
    )
    if not said and kind not in ("praise", "criticise", "warn", "deny") and cue.row["cue"] not in _WITH_OBJECT:
        return None
    if kind in ("praise", "criticise") and not any(a >= cue.last for a, _ in quotes):
        # "praised X and sent help to Y": what is done besides is not said.
        end = min(end, syntax.zone_end(cue.last - 1, through_that=True))
    that = next((k + 1 for k in range(cue.last, min(end, cue.last + 14)) if syntax.lower(k) == "that"), cue.last)
    return (that, end) if that < end - (kind not in ("praise", "criticise")) else None


def _that_follows(syntax: Syntax, first: int, end: int) -> bool:
    return any(syntax.lower(k) == "that" for k in range(first, min(end, first + 16)))


def _clause_follows(syntax: Syntax, first: int, end: int) -> bool:
    """A chunk and a verb follow at once: "said Japan would ..."."""
    for k in range(first, min(end, first + 3)):
        chunk = syntax.chunk_at(k)
        if chunk is not None and not syntax.chunks[chunk].possessive:
            behind = syntax.chunks[syntax.group(chunk)[-1]].last
            return any(behind <= u.first <= behind + 2 and u.slot != "ing" for u in syntax.verbs)
    return False


def _said(
    text: str, syntax: Syntax, cue: _Cue, source: int, content: tuple[int, int], quotes: list[tuple[int, int]]
) -> Said:
    inside = tuple(q for q in quotes if content[0] <= q[0] and q[1] <= content[1] + 1)
    words = content[1] - content[0]
    direct = bool(inside) and sum(b - a for a, b in inside) >= 0.5 * words and max(b - a for a, b in inside) >= 4
    sentence = text[syntax.tokens[0].start : syntax.tokens[-1].end]
    medium = medium_of(sentence)
    stance, hedge, why = judge_stance(syntax, content, cue.row)
    targets = tuple(
        k for k, c in enumerate(syntax.chunks)
        if k != source and content[0] <= c.first < content[1] and c.kind in _SPEAKERS - {"agreement"} and not c.locative
    )  # fmt: skip
    addressee = _addressee(syntax, cue)
    return Said(
        source, (cue.first, cue.last), content, inside, direct, medium, addressee,
        stance, hedge, tuple(t for t in targets if t != addressee), 0.75 if inside else 0.65,
        f"reporting cue {cue.row['cue']!r} (speech.csv){why}", cue.row["cue"] == "deny",
    )  # fmt: skip


def medium_of(sentence: str) -> str | None:
    """How or to whom something was said ("in an interview with CNN"), None where the sentence does not tell."""
    found = _MEDIUM.search(sentence) or _TOLD.search(sentence)
    return found[0].strip() if found else None


def _addressee(syntax: Syntax, cue: _Cue) -> int | None:
    if cue.row["cue"] not in ("tell", "notify", "inform", "assure", "warn", "remind"):
        return None
    chunk = syntax.chunk_at(cue.last)
    return chunk


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
