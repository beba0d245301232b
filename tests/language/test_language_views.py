"""The sentences of an article before the network has seen them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedera.language import network, views
from foedera.language.gazetteer import gazetteer
from foedera.model import Article, Block


def article(*lines, kind="paragraph"):
    blocks, text = [], ""
    for line in lines:
        blocks.append(Block(kind, len(text), len(text) + len(line), "line"))
        text += line + "\n"
    return Article("art_x", "pag_x", "x.txt", text, tuple(blocks))


def read(found):
    return [v for block in views.views(found, views.article_sentences(found), network()) for v in block]


def test_what_is_read():
    assert [s.block for k in ("title", "heading", "caption") for s in views.article_sentences(article("A.", kind=k))]
    assert views.article_sentences(article("A menu.", kind="furniture")) == []


def test_sentences_are_counted_through_the_article():
    found = read(article("Kenya met Peru. Chad did not.", "Nothing else happened."))
    assert [v.index for v in found] == [0, 1, 2]
    assert [v.sentence.start for v in found] == [0, 16, 30]


def test_a_later_sentence_supports_a_doubtful_name():
    def codes(*lines):
        return [m.entry.codes for c in read(article(*lines))[0].syntax.chunks for m in c.matches]

    assert not any("PHL" in c for c in codes("The AFP said so."))
    assert any("PHL" in c for c in codes("The AFP said so.", "The Philippines had asked."))


@pytest.mark.parametrize("most", [0, 1])
def test_a_long_article_is_read_like_a_short_one(monkeypatch, most):
    lines = ["Kenya met the Korean minister.", "Seoul agreed."] * 2
    expected = [(v.sentence, [c.kind for c in v.syntax.chunks], v.places) for v in read(article(*lines))]
    monkeypatch.setattr(views, "REMEMBERED", most)
    monkeypatch.setattr(views, "BLOCK", 3)
    assert [(v.sentence, [c.kind for c in v.syntax.chunks], v.places) for v in read(article(*lines))] == expected


def test_a_line_without_end_has_a_syntax_of_its_head():
    (view,) = read(article("visitor " * (2 * views.LONGEST)))
    assert len(view.syntax.tokens) == views.LONGEST
    assert len(view.encoded.first) == 2 * views.LONGEST


@given(st.text(alphabet="Kenya met US. ", max_size=40))
def test_what_is_remembered_of_a_line_is_what_is_there(text):
    names = gazetteer()
    line = names.line(text, 0, len(text))
    for _ in range(2):
        assert [names.at(line, i) for i in range(len(line))] == [names.at(list(line), i) for i in range(len(line))]
