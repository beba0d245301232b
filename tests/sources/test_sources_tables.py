"""JSON Lines, JSON, CSV and TSV: rows become pages, and bad rows rejects of their own."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedera.model import Metadata, Page, Reject
from foedera.sources import FieldNames, Limits, SourceOptions, open_pages
from foedera.sources.dates import iso_published


def read(tmp_path, name, data, **options):
    (tmp_path / name).write_bytes(data)
    return list(open_pages([str(tmp_path / name)], SourceOptions(**options)))


def summary(found):
    return [(f.document, f.reason if isinstance(f, Reject) else f.data.decode("utf-8")) for f in found]


def test_jsonl_rows_and_their_metadata(tmp_path):
    row = {
        "text": "One.", "title": " Talks ", "published": "2019-08-22T10:00:00+09:00", "outlet": "Post",
        "url": "https://post.example/1", "licence": "CC-BY-4.0", "byline": ["A. Kim", "B. Lee"],
        "language": "en", "x": 1,
    }  # fmt: skip
    found = read(tmp_path, "a.jsonl", json.dumps(row).encode() + b"\r\n\n" + b'{"html": "<p>Two.</p>"}')
    one, two = found
    assert (one.document, one.data, one.media_type, one.original_type) == (
        "a.jsonl#1", b"One.", "text/plain", "application/x-ndjson",
    )  # fmt: skip
    assert one.declared == Metadata(
        "Talks", "2019-08-22", "Post", "https://post.example/1", "CC-BY-4.0", "A. Kim, B. Lee", "en"
    )
    assert (two.document, two.data, two.media_type) == ("a.jsonl#3", b"<p>Two.</p>", "text/html")


def test_bad_jsonl_rows_do_not_stop_the_rest(tmp_path):
    lines = [
        b'{"text": "Good."}', b"not json", b"[1, 2]", b'{"body": "x"}', b'{"text": 5}', b'{"text": "  "}',
        b'{"text": "' + b"x" * 300 + b'"}', "{'текст': 'новости дня'}".encode("cp1251"), b"[" * 100_000 + b"\n",
        b'{"text": "caf\xe9 talks"}', b'{"text": "\\ud83d talks"}', b'{"text": "Last.", "published": "some day"}',
    ]  # fmt: skip
    found = read(tmp_path, "a.jsonl", b"\n".join(lines), limits=Limits(max_line=200))
    assert summary(found) == [
        ("a.jsonl#1", "Good."),
        ("a.jsonl#2", "bad_row"), ("a.jsonl#3", "bad_row"), ("a.jsonl#4", "bad_row"), ("a.jsonl#5", "bad_row"),
        ("a.jsonl#6", "empty"), ("a.jsonl#7", "line_too_long"), ("a.jsonl#8", "bad_row"),
        ("a.jsonl#9", "line_too_long"),
        ("a.jsonl#11", "café talks"), ("a.jsonl#12", "\ufffd talks"), ("a.jsonl#13", "Last."),
        ("a.jsonl#13", "bad_row"),
    ]  # fmt: skip
    assert found[9].original_type == "application/x-ndjson; charset=windows-1252"
    assert found[3].sample == '{"body": "x"}'
    assert "'text'" in found[3].detail
    assert "int" in found[4].detail
    assert "'some day'" in found[-1].detail


def test_deep_json_is_a_bad_row(tmp_path):
    found = read(tmp_path, "a.jsonl", b'{"text": "Good."}\n' + b"[" * 100_000)
    assert summary(found) == [("a.jsonl#1", "Good."), ("a.jsonl#2", "bad_row")]


def test_field_names_can_be_others(tmp_path):
    fields = FieldNames.of({"text": "body", "title": "headline"})
    (page,) = read(tmp_path, "a.jsonl", b'{"body": "One.", "headline": "T", "title": "no"}', fields=fields)
    assert (page.data, page.declared.title) == (b"One.", "T")


def test_json_of_each_shape(tmp_path):
    assert summary(read(tmp_path, "a.json", b'{"text": "One."}')) == [("a.json", "One.")]
    listed = read(tmp_path, "a.json", b'[{"text": "One."}, 5, {"text": "Two."}]')
    assert summary(listed) == [("a.json#1", "One."), ("a.json#2", "bad_row"), ("a.json#3", "Two.")]
    assert summary(read(tmp_path, "a.json", b'{"text": "One."}\n{"text": "Two."}\n')) == [
        ("a.json#1", "One."), ("a.json#2", "Two."),
    ]  # fmt: skip
    assert summary(read(tmp_path, "a.json", b"[]")) == [("a.json", "empty")]
    assert summary(read(tmp_path, "a.json", b"5")) == [("a.json", "bad_row")]
    assert summary(read(tmp_path, "a.json", b'{"title": "x"}')) == [("a.json", "bad_row")]
    assert summary(read(tmp_path, "a.json", b"[" * 100_000)) == [("a.json", "damaged")]
    assert summary(read(tmp_path, "a.json", '{"text": "One é."}'.encode("utf-16"))) == [("a.json", "One é.")]
    big = read(tmp_path, "a.json", b'{"text": "One."}', limits=Limits(max_bytes=5))
    assert summary(big) == [("a.json", "too_large")]


def test_csv_rows(tmp_path):
    data = 'title,text,published\r\nA,"One, ""two""\nthree.",2019-08\r\n\r\nB,Four.,\r\n'.encode("utf-8-sig")
    found = read(tmp_path, "a.csv", data)
    assert summary(found) == [("a.csv#1", 'One, "two"\nthree.'), ("a.csv#2", "Four.")]
    assert [f.declared.published for f in found] == ["2019-08", None]
    assert [f.declared.title for f in found] == ["A", "B"]
    assert found[0].original_type == "text/csv"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1252"])
def test_csv_in_other_encodings_and_with_semicolons(tmp_path, encoding):
    found = read(tmp_path, "a.csv", "title;text\nA;Café talks in the town\n".encode(encoding))
    assert summary(found) == [("a.csv#1", "Café talks in the town")]


def test_bad_csv_rows_do_not_stop_the_rest(tmp_path):
    data = b'title,text\nA,One.\nB\nC,Two.,extra\nD,nul\x00\nE,"open, quote\nF,Three.\nG,"Fo"ur"\nH,Five.\n'
    assert summary(read(tmp_path, "a.csv", data)) == [
        ("a.csv#1", "One."), ("a.csv#2", "bad_row"), ("a.csv#3", "bad_row"), ("a.csv#4", "bad_row"),
        ("a.csv#5", "bad_row"), ("a.csv#6", "Three."), ("a.csv#7", "bad_row"), ("a.csv#8", "Five."),
    ]  # fmt: skip


def test_csv_cells_may_be_long_but_not_longer_than_the_limit(tmp_path):
    before = csv.field_size_limit()
    data = b"title,text\nA," + b"word " * 40_000 + b'\nB,"' + b"line\n" * 100_000 + b'"\nC,Short.\n'
    found = read(tmp_path, "a.csv", data, limits=Limits(max_line=300_000))
    assert [f.document for f in found if isinstance(f, Page)] == ["a.csv#1", f"a.csv#{len(found)}"]
    assert found[1].reason == "line_too_long"
    assert csv.field_size_limit() == before


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"title,body\nA,One.\n", "bad_row"),
        (b"title,text\n", "empty"),
        (b"\n\n", "empty"),
        (b'"title,text\nA,One.\n', "bad_row"),
        (b"text,text\nA,One.\n", "bad_row"),
    ],
)
def test_csv_files_without_use(tmp_path, data, reason):
    (reject,) = read(tmp_path, "a.csv", data)
    assert (reject.document, reject.reason) == ("a.csv", reason)
    assert reject.sha256


def test_tsv_with_and_without_quoting(tmp_path):
    data = b'title\ttext\nA\t"Two\nlines."\nB\t"We agree," he said.\nC\tPlain.\n'
    assert summary(read(tmp_path, "a.tsv", data)) == [
        ("a.tsv#1", "Two\nlines."), ("a.tsv#2", '"We agree," he said.'), ("a.tsv#3", "Plain."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2019", "2019"), ("2019-08", "2019-08"), ("2019-Q3", "2019-Q3"), ("2019-08-22", "2019-08-22"),
        ("2010s", "2010s"), ("1910/1945", "1910/1945"), ("2019-08-22 10:00", "2019-08-22"),
        ("2019-08-22T23:30:00.123Z", "2019-08-22"), ("20190822", "2019-08-22"), ("20190822T101500Z", "2019-08-22"),
        ("2019/08/22", "2019-08-22"), ("Thu, 22 Aug 2019 18:20:00 +0900", "2019-08-22"),
        ("03/04/2019", None), ("2019-02-30", None), ("last week", None), ("", None), ("20191322", None),
        ("2019/" * 12 + "2019", None), ("٢٠١٩", None),
    ],
)  # fmt: skip
def test_declared_dates(value, expected):
    assert iso_published(value) == expected


printable = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]) | st.sampled_from("\n\t"), max_size=40)
words = st.text(st.characters(codec="utf-8"), max_size=40)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.fixed_dictionaries({"text": words, "title": words}), min_size=1, max_size=5))
def test_jsonl_keeps_every_text(rows):
    data = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode("utf-8")
    found = list(open_pages(["-"], stdin=io.BytesIO(data + b"\n")))
    assert len(found) == len(rows)
    for number, (row, page) in enumerate(zip(rows, found, strict=True), 1):
        assert page.document == f"stdin#{number}"
        if isinstance(page, Page):
            assert page.data.decode("utf-8") == row["text"]
            assert page.declared.title == (row["title"].strip() or None)
        else:
            assert page.reason == "empty"
            assert not row["text"].strip("\ufeff\x00 \t\r\n\f\v")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(printable, printable), min_size=1, max_size=5))
def test_csv_keeps_every_text(rows):
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerows([("text", "title"), *rows])
    found = list(open_pages(["-"], stdin=io.BytesIO(out.getvalue().encode("utf-8"))))
    assert len(found) == len(rows)
    for row, page in zip(rows, found, strict=True):
        if isinstance(page, Page):
            assert page.data.decode("utf-8") == row[0]
        else:
            assert page.reason == "empty"
            assert not row[0].strip("\ufeff \t\n")
