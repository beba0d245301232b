"""Time expressions against TimeML files."""

import io
import tarfile

import pytest
from reader_files import COMMON, check_common, refusal, with_intervals, write

from foedera.evaluation import evaluate_times
from foedera.evaluation.timexes import read_timeml
from foedera.language import Timex, network

DOCUMENT = """<?xml version="1.0" ?>
<TimeML>
<DCT><TIMEX3 tid="t0" type="DATE" value="2023-03-17" functionInDocument="CREATION_TIME">17 March 2023</TIMEX3></DCT>
<TITLE>A pact</TITLE>
<TEXT>
Kenya &amp; Uganda <EVENT eid="e1">signed</EVENT> a pact on <TIMEX3 tid="t1" type="DATE" value="2019-03-12">12 March
2019</TIMEX3>. It holds for <TIMEX3 tid="t2" value="P2Y" type="DURATION">two <b>years</b></TIMEX3>.
</TEXT>
</TimeML>
"""
TEXT = "\nKenya & Uganda signed a pact on 12 March\n2019. It holds for two years.\n"
GOLD = [Timex(33, 46, "DATE", "2019-03-12"), Timex(61, 70, "DURATION", "P2Y")]
KEYS = with_intervals(
    "strict_f1", "strict_precision", "strict_recall", "relaxed_f1", "relaxed_precision", "relaxed_recall", "value_f1",
    "type_accuracy",
)  # fmt: skip


def score(place, **options):
    return evaluate_times(place, network=network(), **options)


@pytest.fixture
def folder(tmp_path):
    """A folder with one document, in a folder of its own."""
    (tmp_path / "in").mkdir()
    write(tmp_path / "in" / "a.tml", DOCUMENT)
    write(tmp_path / "other.txt", "no document")
    return tmp_path


@pytest.fixture
def told(monkeypatch):
    """Lets the reader find the expressions that it is told."""

    def tell(*found):
        monkeypatch.setattr("foedera.evaluation.timexes.find_timexes", lambda text, day, using: [*found])

    return tell


def packed(path, **members):
    """A tar archive."""
    with tarfile.open(path, "w:xz" if path.suffix == ".xz" else "w") as archive:
        for name, text in members.items():
            info = tarfile.TarInfo(name.replace("__", "/"))
            info.size = len(text.encode())
            archive.addfile(info, io.BytesIO(text.encode()))
    return path


def test_keys(folder):
    scores = score(folder)
    assert set(scores) == COMMON | KEYS
    check_common(scores, "times", 2)


def test_what_the_reader_finds_is_scored(tmp_path):
    body = 'Kenya signed a pact on <TIMEX3 type="DATE" value="2019-03-12">12 March 2019</TIMEX3>.'
    write(tmp_path / "a.tml", f"<TimeML><TEXT>{body}</TEXT></TimeML>")
    scores = score(tmp_path, errors=True)
    assert [scores[k] for k in ("relaxed_f1", "value_f1", "type_accuracy")] == [1, 1, 1]
    assert [e for e in scores["errors"] if " is 2019" in e] == []


def test_a_document(folder):
    (found,) = read_timeml(folder)
    assert (found.name, found.text, found.day) == ("in/a.tml", TEXT, "2023-03-17")
    assert list(found.timexes) == GOLD
    assert [found.text[t.start : t.end] for t in found.timexes] == ["12 March\n2019", "two years"]


def test_ends_of_lines_and_a_mark_of_the_byte_order_change_nothing(folder):
    (plain,) = read_timeml(folder)
    (folder / "in" / "a.tml").write_bytes(b"\xef\xbb\xbf" + DOCUMENT.replace("\n", "\r\n").encode())
    assert list(read_timeml(folder)) == [plain]


def test_entities_are_characters_of_the_text(tmp_path):
    body = '&lt;A&gt; &#8212; <TIMEX3 type="DATE" value="2019">&quot;2019&quot;</TIMEX3> &amp;amp; B'
    write(tmp_path / "a.tml", f"<TimeML><TEXT>{body}</TEXT></TimeML>")
    (found,) = read_timeml(tmp_path)
    assert found.text == '<A> — "2019" &amp; B'
    assert [found.text[t.start : t.end] for t in found.timexes] == ['"2019"']


def test_an_expression_without_words_is_none(tmp_path):
    body = 'x <TIMEX3 tid="t1" type="DATE" value="2018"/> y <TIMEX3 tid="t2" type="DATE" value="2019">2019</TIMEX3>'
    write(tmp_path / "a.tml", f"<TimeML><TEXT>{body}</TEXT></TimeML>")
    (found,) = read_timeml(tmp_path)
    assert found.text == "x  y 2019"
    assert [(found.text[t.start : t.end], t.value) for t in found.timexes] == [("2019", "2019")]


@pytest.mark.parametrize(
    ("value", "day"), [("2023-03-17T10:00", "2023-03-17"), ("2023-03", ""), ("", ""), ("soon", ""), ("2023-99-01", "")]
)
def test_the_day_of_a_document(tmp_path, value, day):
    write(tmp_path / "a.tml", f'<TIMEX3 value="{value}">x</TIMEX3><TEXT>On Monday.</TEXT>')
    assert [d.day for d in read_timeml(tmp_path)] == [day]
    assert score(tmp_path)["n"] == 0


def test_an_expression_in_the_text_is_not_the_day_of_the_document(tmp_path):
    write(tmp_path / "a.tml", '<TEXT><TIMEX3 type="DATE" value="2019-01-01">then</TIMEX3></TEXT>')
    assert [d.day for d in read_timeml(tmp_path)] == [""]


@pytest.mark.parametrize("name", ["a.tar", "a.tar.xz"])
def test_an_archive_is_like_a_folder(folder, name):
    path = packed(folder / name, in__a=DOCUMENT, **{"in__a.tml": DOCUMENT, "in__.a.tml": "x"})
    assert list(read_timeml(path)) == list(read_timeml(folder))


def test_documents_come_by_name(tmp_path):
    path = packed(tmp_path / "a.tar", **{f"{n}.tml": "<TEXT>x</TEXT>" for n in "bca"})
    assert [d.name for d in read_timeml(path)] == ["a.tml", "b.tml", "c.tml"]


def test_perfect(folder, told):
    told(*GOLD)
    scores = score(folder, errors=True)
    assert [scores[k] for k in ("strict_f1", "relaxed_f1", "value_f1", "type_accuracy", "errors")] == [1, 1, 1, 1, []]


def test_shares_of_expressions(folder, told):
    told(
        Timex(36, 46, "DATE", "2019-03"), Timex(0, 2, "DATE", "x"), Timex(61, 70, "SET", "P2Y"),
        Timex(61, 62, "x", ""),
    )  # fmt: skip
    scores = score(folder, errors=True)
    # One of two and four has the same characters, two match, one of these its value, one its type.
    names = ("strict_f1", "relaxed_f1", "value_f1", "type_accuracy")
    assert [scores[k] for k in names] == [0.3333, 0.6667, 0.3333, 0.5]
    assert [scores[k] for k in ("strict_precision", "relaxed_recall")] == [0.25, 1]
    assert scores["errors"] == [
        "in/a.tml: missed '12 March\\n2019'", "in/a.tml: spurious '\\nK'", "in/a.tml: spurious 'March\\n2019'",
        "in/a.tml: spurious 't'", "in/a.tml: '12 March\\n2019' is 2019-03-12, read as 2019-03",
    ]  # fmt: skip


def test_nothing_found(folder, told):
    told()
    scores = score(folder)
    assert [scores[k] for k in ("strict_f1", "relaxed_f1", "value_f1", "type_accuracy")] == [0, 0, 0, None]


def test_no_value_is_never_right(tmp_path, told):
    write(tmp_path / "a.tml", "<TEXT><TIMEX3>then</TIMEX3></TEXT>")
    told(Timex(0, 4, "", ""))
    assert score(tmp_path)["value_f1"] == 0


@pytest.mark.parametrize("text", [b"", b"<TimeML>no body</TimeML>", b"<TEXT>open", b"<TEXT>\xff</TEXT>"])
def test_a_document_that_is_none(tmp_path, text):
    (tmp_path / "a.tml").write_bytes(text)
    assert refusal(evaluate_times, tmp_path) == f"{tmp_path}/a.tml"


def test_places_that_cannot_be_read(tmp_path):
    assert refusal(evaluate_times, tmp_path) == str(tmp_path)
    assert refusal(evaluate_times, tmp_path / "none") == str(tmp_path / "none")
    file = write(tmp_path / "a.tar", "no archive")
    assert refusal(evaluate_times, file) == str(file)


@pytest.mark.parametrize("at", [40, -30])
def test_a_damaged_archive(tmp_path, at):
    path = packed(tmp_path / "a.tar.xz", **{f"{n}.tml": DOCUMENT * 50 for n in range(5)})
    data = bytearray(path.read_bytes())
    data[at] ^= 0xFF
    path.write_bytes(data)
    assert refusal(evaluate_times, path) == str(path)
