"""Repair keeps letters and quotes, and its offsets lead back to the page."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedera.articles.repair import repair

BROKEN = ["donâ€™t", "Â»", "&amp;", "&nbsp;", "cafÃ©", "ﬁnance", "a\u00adb", "\u200b", "\x00", "e\u0301", "â†’"]
PLAIN = st.text(alphabet="abcdefgh XYZ.,0123", min_size=0, max_size=12)
LINE = st.lists(st.one_of(PLAIN, st.sampled_from(BROKEN)), max_size=8).map(" ".join)


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("donâ€™t", "don’t"),
        ("Â»", "»"),
        ("R&amp;D &lt; 3 &quot;x&quot;", 'R&D < 3 "x"'),
        ("the ﬁnal oﬃce", "the final office"),
        ("inter\u00adnational", "international"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\x00b\x1b[31mc", "abc"),
        ("“curly” ‘quotes’ ½ ² Ⅳ １２", "“curly” ‘quotes’ ½ ² Ⅳ １２"),
    ],
)
def test_repairs(broken: str, whole: str) -> None:
    assert repair(broken).text == whole


def test_notes_say_what_was_repaired() -> None:
    notes = repair("donâ€™t\r\nR&amp;D\r\n").notes
    assert notes == (
        "HTML entities in plain text repaired in 1 line",
        "line ends repaired in 2 lines",
        "text decoded with the wrong encoding (mojibake) repaired in 1 line",
    )


@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126, exclude_characters="&"), max_size=200))
def test_clean_text_is_left_alone(text: str) -> None:
    found = repair(text)
    assert found.text == text
    assert found.offsets.anchors == ()
    assert found.notes == ()


@settings(deadline=None)
@given(st.lists(LINE, max_size=6), st.sampled_from(["\n", "\r\n", "\r"]))
def test_offsets_lead_back(lines: list[str], ending: str) -> None:
    original = ending.join(lines)
    found = repair(original)
    mapped = [found.offsets.original(i) for i in range(len(found.text) + 1)]
    assert mapped == sorted(mapped)
    assert all(0 <= place <= len(original) for place in mapped)


@settings(deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.sampled_from(BROKEN)), min_size=1, max_size=10))
def test_words_that_stay_map_exactly(plan: list[tuple[bool, str]]) -> None:
    words = [f"word{i}" if keep else broken for i, (keep, broken) in enumerate(plan)]
    original = " ".join(words)
    found = repair(original)
    for word in (w for w in words if w.startswith("word")):
        at = found.text.find(word)
        assert at >= 0
        start = found.offsets.original(at)
        assert original[start : start + len(word)] == word


def test_long_changed_lines_keep_their_start() -> None:
    original = "first\n" + "x &amp; y " * 400 + "\nlast line\n"
    found = repair(original)
    at = found.text.index("last line")
    assert original[found.offsets.original(at) :].startswith("last line")
    start = found.text.index("x &")
    assert found.offsets.original(start) == original.index("x &amp;")


def test_repair_is_stable() -> None:
    once = repair("donâ€™t &amp;amp; Â» cafÃ©\r\n").text
    assert repair(once).text == once
