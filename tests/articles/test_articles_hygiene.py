"""General properties of the classifier on texts of any kind."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedera.articles.hygiene import blocks_of, service_credit
from foedera.articles.lines import units_of
from foedera.model.article import BLOCK_KINDS

PIECES = st.sampled_from(
    [
        "Home", "Share", "×", "Read more", "By Jane Doe", "March 7, 2023", "Related articles", "Comments", "", "",
        "Alpha and Beta agree to talks", "SEOUL, March 7 (Agency) — The ministers met and signed the treaty on Monday.",
        "The foreign minister said on Tuesday that the talks would go on.", "A view of the bridge. (Photo: X)",
        "| a | 1 |",
                "“Yes,” she said.", "What next?", "Source: Agency", "- first point of the plan",
        "…", "12", "Á", "\t", "© 2020",
    ]
)  # fmt: skip


@settings(deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=25).map("\n".join)))
def test_blocks_cover_any_text(text: str) -> None:
    at = 0
    for block in blocks_of(text):
        assert block.kind in BLOCK_KINDS
        assert at <= block.start < block.end <= len(text)
        assert not text[at : block.start].strip()
        at = block.end
    assert not text[at:].strip()


@settings(deadline=None)
@given(st.lists(PIECES, max_size=25).map("\n".join))
def test_at_most_one_title(text: str) -> None:
    assert sum(block.kind == "title" for block in blocks_of(text)) <= 1


def kinds(text: str, title: str | None = None) -> list[str]:
    return [block.kind for block in blocks_of(text, title)]


LEAD = "The foreign ministers of both countries signed the treaty on Tuesday after ten years of talks."
SECOND = "Parliament has to ratify it before the end of the year, the speaker said."


def test_a_known_title_is_found_among_links() -> None:
    links = "Old treaty still disputed by the opposition\nTreaty signed at last\nMinister to visit the island"
    text = f"{links}\n{LEAD}\n{SECOND}"
    assert kinds(text, "Treaty Signed at Last")[1] == "title"


def test_a_title_with_a_question_mark() -> None:
    assert kinds(f"Will the two neighbours ever agree on where the border runs?\n{LEAD}\n{SECOND}")[0] == "title"


@pytest.mark.parametrize(
    "cut",
    ["Both sides have agreed that the commission will meet in the spring and,", "The ministers of both countries were"],
)
def test_a_last_sentence_without_its_end_is_read(cut: str) -> None:
    assert kinds(f"Treaty signed at last\n{LEAD}\n{SECOND}\n{cut}")[-1] == "paragraph"


def test_a_single_sentence_is_read() -> None:
    assert kinds("Ministers met in Seoul.") == ["paragraph"]


def test_body_after_a_link_list_is_read() -> None:
    text = f"Treaty signed at last\n{LEAD}\nRelated articles\nIsland talks fail\nPort reopens\n{SECOND}\n{LEAD}"
    assert kinds(text) == ["title", "paragraph", "furniture", "furniture", "furniture", "paragraph", "paragraph"]


def test_a_nested_credit_is_its_own_block() -> None:
    text = f"Treaty signed at last\n{LEAD}\n{SECOND} (Reporting by A. Person)"
    blocks = blocks_of(text)
    assert [b.kind for b in blocks][-2:] == ["paragraph", "credit"]
    assert text[blocks[-1].start : blocks[-1].end] == "(Reporting by A. Person)"


@pytest.mark.parametrize(
    "dateline",
    [
        "SEOUL, March 7 (Yonhap) —", "TOKYO --", "BEIJING (Reuters) -", "WASHINGTON, D.C., Nov. 3 (Xinhua) --",
        "Buenos Aires, Mar 3 (EFE).-", "RIO DE JANEIRO, BRAZIL –", "Tokyo, 7 March 2023 –", "ISLAMABAD:",
        "Moscow. March 3. INTERFAX -",
    ],
)  # fmt: skip
def test_datelines(dateline: str) -> None:
    text = f"Treaty signed at last\n{dateline} {LEAD}\n{SECOND}"
    blocks = blocks_of(text)
    assert [text[b.start : b.end] for b in blocks if b.kind == "dateline"] == [dateline]
    assert text[blocks[2].start : blocks[2].end] == LEAD


@pytest.mark.parametrize(
    "start", ["NATO — the alliance — said that", "Analysis:", "However –", "Q:", "What it means –"]
)
def test_no_datelines(start: str) -> None:
    text = f"Treaty signed at last\n{start} {LEAD}\n{SECOND}"
    assert "dateline" not in kinds(text)


@pytest.mark.parametrize(
    "sentence",
    [
        "By signing the deal, both sides agree to share their data.",
        "The minister said that the cookie factory would be sold to a foreign owner.",
        "More in the party support the treaty than oppose it, he said.",
        "Support for an independent commission grew after the summit.",
        "Follow-up talks in the capital will begin in March, the ministry said.",
        "Readers of the treaty will see more than one way to leave it.",
    ],
)
def test_prose_is_not_taken_for_furniture(sentence: str) -> None:
    assert kinds(f"Treaty signed at last\n{LEAD}\n{sentence}\n{SECOND}")[2] == "paragraph"


@pytest.mark.parametrize(
    ("paragraph", "credit"),
    [
        ("It will fail, she told VOA's Korean Service.", "VOA's Korean Service"),
        (
            "In an interview with Radio Free Asia’s Tibetan Service, he declined to comment.",
            "Radio Free Asia’s Tibetan Service",
        ),
        ("He left Canada's Security Service in 2010.", None),
    ],
)
def test_service_credit(paragraph: str, credit: str | None) -> None:
    assert service_credit([paragraph]) == credit


def test_wrapped_lines_become_one_unit() -> None:
    lines = [
        "The two governments have signed a treaty on the use of the river that",
        "forms their border, the ministries said on Friday in a statement which",
    ]
    text = "\n".join([*lines, *lines, "nobody had expected."]) + "\n\nNext paragraph."
    assert len(units_of(text)) == 2


def test_menu_lines_stay_apart() -> None:
    assert len(units_of("Home\nworld\nnews\nabout us")) == 4


@pytest.mark.parametrize(
    "noise", ["Aaa Bbb " * 20, "1 " * 300, "| " * 300, "a.b@" * 200, "Jan 1, " * 40, "home news " * 11, "(" * 500]
)
def test_odd_lines_are_classified(noise: str) -> None:
    assert len(kinds(f"{noise}\n\n{LEAD}\n{noise}x.")) >= 2
