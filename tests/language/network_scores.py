"""Sentences as the network takes them, and scores written by hand."""

import re
from functools import cache

import numpy as np

from foedera.language.network import Scored, network

SURE = 12.0
"""A score that leaves the others of its head next to nothing."""


def encoded(text):
    """A text as one sentence."""
    (found,) = network().encode(text, [(0, len(text))])
    return found


def words(text, found):
    """The words of an encoded sentence as written."""
    return [text[a:b] for a, b in zip(found.starts, found.ends, strict=True)]


def span(text, found, phrase):
    """The words that a phrase covers, as first and last (exclusive)."""
    at = re.search(re.escape(phrase), text)
    return found.word_at(at.start(), at.end())


@cache
def card():
    """What the weights say of their labels."""
    return network().weights.card


def tagged(count, head, *spans, labels=None):
    """Scores of one head that say exactly these spans: (first, last, kind)."""
    labels = card()["tags"][head] if labels is None else labels
    row = [labels.index("O")] * count
    for first, last, kind in spans:
        row[first:last] = [labels.index(f"I-{kind}")] * (last - first)
        row[first] = labels.index(f"B-{kind}")
    out = np.zeros((count, len(labels)), dtype=np.float32)
    out[np.arange(count), row] = SURE
    return out


def scored(count, pairs=(), **tags):
    """A sentence of so many words in which these pairs are related, and these heads say these spans."""
    out = Scored(
        {head: tagged(count, head, *tags.get(head, ())) for head in ("mention", "time")},
        np.zeros(count, dtype=np.float32), np.zeros((count, count, 2), dtype=np.float32),
        np.zeros((count, count), dtype=np.float32), np.zeros((count, 1), dtype=np.float32),
    )  # fmt: skip
    for pair, heads, trigger in pairs:
        out.pairs.append((pair, heads))
        row = np.zeros(count, dtype=np.float32)
        row[trigger] = SURE
        out.triggers.append(row)
    return out


def related(source, target, kind, trigger, *, status="happened", alleged=False, symmetric=False, modes=(), sure=SURE):
    """A pair between which a type holds, by a word."""
    about = card()
    heads = {
        "type": [sure if t == kind else 0 for t in about["types"]],
        "mode": [SURE if m in {f"{kind}/{mode}" for mode in modes} else -SURE for m in about["modes"]],
        "status": [SURE if s == status else 0 for s in about["statuses"]],
        "alleged": [SURE if alleged else -SURE],
        "symmetric": [SURE if symmetric else -SURE],
    }
    return (source, target), {name: np.array(row, dtype=np.float32) for name, row in heads.items()}, trigger
