"""Near-copies are found whatever the order, and short texts are left alone."""

from __future__ import annotations

import random

import pytest

from foedera.articles import CopyIndex, signature_of, similar

WORDS = [f"word{i}" for i in range(400)]
BODY = " ".join(WORDS[:150])
EDITED = " ".join([*WORDS[:60], "inserted", *WORDS[61:150]])
OTHER = " ".join(WORDS[200:350])


def test_signatures() -> None:
    signature = signature_of(BODY)
    assert len(signature) == 128
    assert all(0 <= value < 2**32 for value in signature)
    assert signature == signature_of(BODY.upper().replace(" ", ", "))
    assert signature_of(" ".join(WORDS[:39])) == ()
    assert len(signature_of(" ".join(WORDS[:40]))) == 128


def test_the_signature_of_a_text_is_pinned() -> None:
    assert signature_of(BODY)[:4] == PINNED


def test_similarity() -> None:
    assert similar(signature_of(BODY), signature_of(EDITED)) > 0.85
    assert similar(signature_of(BODY), signature_of(OTHER)) < 0.1
    assert similar((), signature_of(BODY)) == 0.0


def pairs(order: list[int], bodies: list[str]) -> set[tuple[int, int]]:
    index = CopyIndex()
    found: set[tuple[int, int]] = set()
    for n in order:
        for other, score in index.add(str(n), signature_of(bodies[n])):
            assert score >= 0.6
            found.add((min(n, int(other)), max(n, int(other))))
    return found


def test_order_does_not_matter() -> None:
    rng = random.Random(4)
    bodies = []
    for _ in range(6):
        base = rng.sample(WORDS, 120)
        bodies.append(" ".join(base))
        for changes in (1, 4, 12):
            copy = list(base)
            for _ in range(changes):
                copy[rng.randrange(120)] = "changed"
            bodies.append(" ".join(copy))
    order = list(range(len(bodies)))
    expected = pairs(order, bodies)
    assert len(expected) >= 6
    for _ in range(3):
        rng.shuffle(order)
        assert pairs(order, bodies) == expected


def test_adding_twice_changes_nothing() -> None:
    index = CopyIndex()
    assert index.add("a", signature_of(BODY)) == []
    assert [other for other, _ in index.add("b", signature_of(EDITED))] == ["a"]
    assert [other for other, _ in index.add("b", signature_of(EDITED))] == ["a"]
    assert index.add("c", ()) == []
    assert len(index) == 2


def test_a_wrong_length_is_refused() -> None:
    with pytest.raises(ValueError, match="128"):
        CopyIndex().add("a", (1, 2, 3))


PINNED = (682311160, 738495377, 1107560615, 214379228)
