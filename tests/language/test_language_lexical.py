"""The reader as a whole."""

from hypothesis import given, settings
from hypothesis import strategies as st

from foedera.knowledge import version
from foedera.language import default_reader
from foedera.model import Article, Block, Reader

TEXT = "A headline about Kenya\nHome | Contact\nKenya paid Peru $3 million on Monday.\nKenyan police in Lima"
KINDS = ("title", "furniture", "paragraph", "caption")


def article(text=TEXT, kinds=KINDS):
    blocks, at = [], 0
    for kind, line in zip(kinds, text.split("\n"), strict=True):
        blocks.append(Block(kind, at, at + len(line), "line"))
        at += len(line) + 1
    return Article("art_x", "pag_x", "x.txt", text, tuple(blocks))


def test_it_is_a_reader_that_names_its_version():
    reader = default_reader()
    assert isinstance(reader, Reader)
    assert reader.name.endswith("+" + version())
    assert default_reader() is reader


def test_furniture_is_not_read():
    read = default_reader().read(article())
    assert [s.block for s in read.sentences] == ["title", "paragraph", "caption"]
    assert read.article == "art_x"
    assert read.reader == default_reader().name


def test_every_span_lies_in_its_sentence_and_every_index_points_somewhere():
    read = default_reader().read(article())
    for m in (*read.mentions, *read.times, *read.predicates, *read.quantities):
        sentence = read.sentences[m.sentence]
        assert sentence.start <= m.start < m.end <= sentence.end
    for p in read.predicates:
        assert all(0 <= k < len(read.mentions) for k in (*p.sources, *p.targets))
        assert all(read.times[k].sentence == p.sentence for k in p.times)
    assert [TEXT[t.start : t.end] for t in read.times] == ["Monday"]
    assert len(read.quantities) == 1


def test_of_several_years_an_amount_takes_the_nearest():
    text = "Peru paid 7 million dollars this year, up from 6 million dollars in 2019."
    read = default_reader().read(article(text, ("paragraph",)))
    first = [text[read.times[q.times[0]].start : read.times[q.times[0]].end] for q in read.quantities]
    assert first == ["this year", "2019"]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from([*TEXT.replace("\n", " ").split(), "said", "that", "“", "”", ",", "by", "will", "not"]),
        max_size=40,
    )
)
def test_reading_is_the_same_each_time(words):
    whole = article(" ".join(words), ("paragraph",))
    assert default_reader().read(whole) == default_reader().read(whole)
