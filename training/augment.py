"""Variants of labelled sentences that say the same of other states, so that a type is not learnt from who is named."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from foedera.knowledge import cells, load_table
from foedera.language.gazetteer import gazetteer
from foedera.language.tokens import tokenize

Span = tuple[int, int]

_WITH_ARTICLE: Final = re.compile(
    r"^(?:United|Philippines|Netherlands|Gambia|Bahamas|Maldives|Comoros|Seychelles)"
    r"|Congo|Republic|Islands|Union|Emirates|Kingdom|States"
)
_ARTICLE: Final = re.compile(r"\b(an?)(\s+)$", re.IGNORECASE)


@cache
def _forms() -> Mapping[str, Mapping[str, str]]:
    """Code of a state of today → its name, adjective and capital, where each is usual and clear."""
    out: dict[str, Mapping[str, str]] = {}
    for row in load_table("states"):
        named = {"state": row["name"], "adjective": next(iter(cells(row["adjectives"])), ""),
                 "capital": next(iter(cells(row["capital"])), "")}  # fmt: skip
        clear = not set(named.values()) & set(cells(row["ambiguous_aliases"]))
        if row["gw"] and not row["end"] and all(named.values()) and clear and not _WITH_ARTICLE.search(row["name"]):
            out[row["code"]] = named
    return out


def elsewhere(text: str, spans: Sequence[Span], rng: random.Random) -> tuple[str, list[Span]]:
    """The sentence with its states exchanged for others, each for the same one throughout; spans move along.

    States, their adjectives and capitals are exchanged where the tables name them without doubt; the rest stays.
    """
    names, forms = gazetteer(), _forms()
    tokens = tokenize(text, 0, len(text), names.splitters)
    chosen: dict[str, str] = {}
    edits: list[tuple[int, int, str]] = []
    i = 0
    while i < len(tokens):
        match = names.at(tokens, i)
        i = match.last if match else i + 1
        if match is None or match.entry.kind not in ("state", "adjective", "capital") or match.entry.ambiguous:
            continue
        start, end = tokens[match.first].start, tokens[match.last - 1].end
        code = match.entry.codes[0]
        named = match.entry.kind == "state" and text[:start].lower().endswith("the ")
        if code not in forms or text[start:end].isupper() or named:
            continue
        if code not in chosen:
            chosen[code] = rng.choice([c for c in forms if c not in chosen.values()])
        new = forms[chosen[code]][match.entry.kind]
        article = _ARTICLE.search(text, 0, start)
        if article and article.end() == start:
            kept = article[1][0] + ("n" if new[0] in "AEIO" else "")
            edits.append((article.start(1), article.end(1), kept))
        edits.append((start, end, new))
    return _edited(text, spans, edits)


def _edited(text: str, spans: Sequence[Span], edits: Sequence[tuple[int, int, str]]) -> tuple[str, list[Span]]:
    out: list[str] = []
    at = 0
    for start, end, new in edits:
        out += [text[at:start], new]
        at = end
    out.append(text[at:])

    def moved(place: int, *, closing: bool) -> int:
        by = 0
        for start, end, new in edits:
            if end <= place:
                by += len(new) - (end - start)
            elif start < place:
                # Inside of what is exchanged: a span takes all of it.
                return start + by + (len(new) if closing else 0)
        return place + by

    return "".join(out), [(moved(a, closing=False), moved(b, closing=True)) for a, b in spans]
