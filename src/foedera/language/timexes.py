"""Time expressions: the network says where they are, the normaliser of `times` what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from foedera.model import DateValue
from foedera.times import TIMEX_TYPES, TimeExpression, find_times, normalise, timex_value

from .decode import labelled
from .encoding import Encoded
from .network import Network, Scored
from .tokens import text_sentences


@dataclass(frozen=True, slots=True)
class Timex:
    """A time expression in TimeML's terms.

    Attributes:
        start, end: Its characters.
        type: DATE, TIME, DURATION or SET.
        value: TIMEX3 value, "" where it has none.
    """

    start: int
    end: int
    type: str
    value: str


def time_spans(encoded: Encoded, scored: Scored, labels: Sequence[str]) -> list[tuple[int, int]]:
    """The characters of the time expressions of a sentence."""
    return [(int(encoded.starts[a]), int(encoded.ends[b - 1])) for a, b, _, _ in labelled(scored.tags["time"], labels)]


def find_timexes(text: str, reference: DateValue, network: Network) -> list[Timex]:
    """The time expressions of a text with their values.

    Args:
        text: Any text.
        reference: When it was published, for what is said relative to that.
        network: The reader.
    """
    places = list(text_sentences(text))
    encoded = network.encode(text, places)
    labels = network.weights.card["tags"]["time"]
    out: list[Timex] = []
    previous: DateValue | None = None
    for (start, end), e, scored in zip(places, encoded, network.read(encoded), strict=True):
        known = [replace(t, start=start + t.start, end=start + t.end) for t in find_times(text[start:end])]
        for a, b in time_spans(e, scored, labels):
            expression = _expression(text, a, b, known)
            if expression is None:
                out.append(Timex(a, b, "DATE", ""))
                continue
            date = normalise(expression, reference=reference, tense="past", previous=previous)
            previous = date if date.value else previous
            out.append(Timex(a, b, TIMEX_TYPES[expression.kind], timex_value(expression, date)))
    return out


def _expression(text: str, start: int, end: int, known: Sequence[TimeExpression]) -> TimeExpression | None:
    """What the words of a span mean: the tabled expression that shares most of it, else what it means alone."""
    shared = [(min(end, t.end) - max(start, t.start), t) for t in known]
    best = max((s for s in shared if s[0] > 0), key=lambda s: s[0], default=None)
    if best:
        return best[1]
    alone = find_times(text[start:end])
    return alone[0] if alone else None
