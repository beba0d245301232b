"""What the tables say of a sentence, as records of a reading."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from foedera.model import Attribution, Predicate, Quantity, Status, TimeMention

from .attribution import quotations
from .events import Suggestion
from .labels import TYPES
from .predicates import Found
from .quantities import amounts
from .syntax import Syntax
from .views import View

_REACH: Final = 16
"""Words behind a predicate among which what it is about is looked for."""


def predicate(
    view: View, found: Found, here: Sequence[int], times: Sequence[TimeMention], mention_of: Mapping[int, int]
) -> Predicate:
    """A row of the predicate table that a sentence matches; ``mention_of`` gives the mention of a chunk."""
    span = view.characters(found.first, found.last)
    status = found.judgement.status
    return Predicate(
        *span, view.index, found.rule.family, found.rule.label, found.rule.modes, found.contexts,
        _of(found.sources, mention_of), _of(found.targets, mention_of), found.symmetric,
        "denied" if found.judgement.negated and status != "planned" else status, found.judgement.alleged,
        times_of(span, here, times, view.syntax),
        view.characters(*found.object) if found.object else None,
        None if found.place is None else mention_of.get(found.place),
        found.score, found.reason + (", refused" if found.judgement.negated and status == "planned" else ""),
    )  # fmt: skip


def suggestions(view: View) -> list[Suggestion]:
    """The events that the predicate table finds in a sentence, one for each pair of parties."""
    out: list[Suggestion] = []
    for f in view.matched:
        if f.rule.family != "event":
            continue
        sources, targets = ([w for c in chunks if (w := view.places[c])] for chunks in (f.sources, f.targets))
        kind = TYPES.index(f.rule.label)
        if f.symmetric and len(sources) + len(targets) > 1:
            out += [(a, b, kind) for a, b in itertools.permutations([*sources, *targets], 2)]
        else:
            out += [(a, b, kind) for a in sources for b in targets or (None,)]
    return out


def _of(chunks: tuple[int, ...], mention_of: Mapping[int, int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(mention_of[c] for c in chunks if c in mention_of))


def modes_of(view: View, start: int, end: int, kind: str) -> tuple[str, ...]:
    """The modes that the predicate table has for a word that shows a type."""
    for f in view.matched:
        if f.rule.label == kind and f.rule.modes:
            first, last = view.characters(f.first, f.last)
            if first < end and start < last:
                return f.rule.modes
    return ()


def alleged_by(view: View, start: int, end: int) -> bool:
    """Whether words before a predicate say that only somebody asserts it ("reportedly shelled")."""
    for f in view.matched:
        first, last = view.characters(f.first, f.last)
        if first < end and start < last and f.judgement.alleged:
            return True
    return False


def acted_on(view: View, start: int, end: int) -> tuple[str, tuple[int, int] | None]:
    """Whether a word is a "verb" or a "noun", and the characters of what it is about, None where nothing follows."""
    tokens = view.syntax.tokens
    at = next((k for k, t in enumerate(tokens) if t.start < end and start < t.end), None)
    if at is None:
        return "noun", None
    for f in view.matched:
        if f.rule.family == "event" and f.first <= at < f.last:
            return "noun" if f.rule.noun else "verb", view.characters(*f.object) if f.object else None
    verb = any(u.first <= at <= u.index for u in view.syntax.verbs)
    last = min(at + _REACH, view.syntax.zone_end(at) if verb else view.syntax.noun_zone_end(at))
    return "verb" if verb else "noun", view.characters(at + 1, last) if at + 1 < last else None


def times_of(
    span: tuple[int, int], here: Sequence[int], times: Sequence[TimeMention], syntax: Syntax
) -> tuple[int, ...]:
    """Times of the same clause, nearest first; those of other clauses behind them."""
    verbs = [syntax.tokens[u.index].start for u in syntax.verbs]

    def distance(k: int) -> tuple[int, int]:
        low, high = sorted((span[0], times[k].start))
        crossed = sum(low < v < high for v in verbs)
        return crossed, min(abs(times[k].start - span[1]), abs(span[0] - times[k].end))

    # A time beyond two verbs belongs to another clause.
    return tuple(k for k in sorted(here, key=distance) if distance(k)[0] <= 1)


def continued(view: View, before: Attribution, here: Sequence[int]) -> list[Attribution]:
    """A whole sentence in quotation marks behind a quotation has the same speaker."""
    quotes = quotations(view.syntax)
    words = len(view.syntax.tokens)
    if not quotes or not before.quotes or sum(b - a for a, b in quotes) < 0.8 * (words - 2) or words < 6:
        return []
    span = view.characters(0, words)
    inside = tuple(view.characters(*q) for q in quotes)
    return [Attribution(view.index, before.source, before.cue, span, True, inside, before.medium, before.addressee,
                        ((None, "neutral", False),), before.times, 0.55,
                        "quotation continued from the sentence before")]  # fmt: skip


def quantities(
    text: str, view: View, here: Sequence[int], times: Sequence[TimeMention], mention_of: Mapping[int, int]
) -> Iterator[Quantity]:  # fmt: skip
    """The amounts of a sentence with their owners, times and status."""
    for amount in amounts(text, view.syntax):
        near = [f for f in view.matched if f.use is not None and view.syntax.tokens[f.first].start < amount.start]
        status = near[-1].judgement.status if near else _planned_before(view.syntax, amount.start)
        yield Quantity(
            amount.start, amount.end, view.index, amount.value, amount.unit, amount.currency, amount.measure,
            None if amount.owner is None else mention_of.get(amount.owner), amount.approximate, amount.compared,
            _nearest(here, times, (amount.start, amount.end)), status if status != "denied" else "happened",
            amount.score, amount.reason,
        )  # fmt: skip


def _nearest(here: Sequence[int], times: Sequence[TimeMention], span: tuple[int, int]) -> tuple[int, ...]:
    return tuple(sorted(here, key=lambda k: max(times[k].start - span[1], span[0] - times[k].end)))


def _planned_before(syntax: Syntax, start: int) -> Status:
    words = ("plans", "will", "plan", "intends", "aims")
    return "planned" if any(t.lower in words for t in syntax.tokens if t.start < start) else "happened"
