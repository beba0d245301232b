"""Files, folders, standard input: what becomes a page, what a reject, and under which name."""

from __future__ import annotations

import io
import os

import pytest

from foedera import sources
from foedera.model import Metadata, Page, Reject, sha256
from foedera.model.errors import REJECT_REASONS, UsageError
from foedera.sources import FieldNames, Limits, SourceOptions, files, open_pages
from foedera.sources.entry import Meter
from foedera.sources.files import _refused
from foedera.sources.plain import long_line
from foedera.sources.sniff import extension

TEXT = b"The two ministers met on the border.\n"


def read(*inputs, **options):
    return list(open_pages([str(i) for i in inputs], SourceOptions(**options)))


def only(found):
    assert len(found) == 1, found
    return found[0]


def reasons(found):
    return [f.reason for f in found if isinstance(f, Reject)]


def test_the_public_face_is_pinned():
    assert sources.__all__ == ["FieldNames", "Limits", "SidecarTable", "SourceOptions", "WebLimits", "open_pages"]


def test_a_text_file_keeps_its_bytes(tmp_path):
    raw = "Café talks\r\n".encode("cp1252")
    path = tmp_path / "note.txt"
    path.write_bytes(raw)
    page = only(read(path))
    assert (page.document, page.media_type, page.original_type, page.data) == (
        "note.txt", "text/plain", "text/plain", raw,
    )  # fmt: skip
    assert page.locator == path.as_posix()


@pytest.mark.parametrize(
    ("name", "data", "media", "original"),
    [
        ("a.md", TEXT, "text/plain", "text/markdown"),
        ("README", TEXT, "text/plain", "text/plain"),
        ("Talks in the U.S. capital", TEXT, "text/plain", "text/plain"),
        ("a.htm", b"<p>Talks</p>", "text/html", "text/html"),
        ("a.xhtml", b"<html><body>Talks</body></html>", "text/html", "application/xhtml+xml"),
        ("a.txt", b"\xef\xbb\xbf <!-- saved --> <!DOCTYPE html><p>Talks", "text/html", "text/html"),
        ("a.jsonl", b"<html><body>moved</body></html>", "text/html", "text/html"),
        ("a.log", TEXT, "text/plain", "text/plain"),
        ("a.txt", "The talks".encode("utf-16"), "text/plain", "text/plain"),
    ],
)
def test_types_of_text(tmp_path, name, data, media, original):
    (tmp_path / name).write_bytes(data)
    page = only(read(tmp_path / name))
    assert (page.media_type, page.original_type, page.data) == (media, original, data)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b"\xef\xbb\xbf \n\t\r\n", "empty"),
        ("a.html", b"   ", "empty"),
        ("a.txt", bytes(range(256)) * 10, "binary"),
        ("a.jsonl", bytes(range(256)) * 10, "binary"),
        ("a.txt", b"text " * 20_000 + bytes(range(32)) * 4_000, "binary"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(50), "unsupported_type"),
        ("a.bin", bytes(range(256)) * 10, "unsupported_type"),
        ("a.pdf", b"not a pdf at all", "damaged"),
        ("a.docx", b"not a word file", "damaged"),
        ("a.gz", b"not compressed", "damaged"),
        ("a.zip", b"not compressed", "damaged"),
        ("a.tar", b"not compressed", "damaged"),
        ("a.json", b'{"text": ', "damaged"),
        ("a.eml", b"no header here, just words", "damaged"),
    ],
)
def test_bad_files_are_rejected_with_sample_and_hash(tmp_path, name, data, reason):
    (tmp_path / name).write_bytes(data)
    reject = only(read(tmp_path / name))
    assert isinstance(reject, Reject)
    assert (reject.document, reject.reason) == (name, reason), reject.detail
    assert reject.reason in REJECT_REASONS
    assert reject.sha256 == (sha256(data) if data else None)
    assert bool(reject.sample) == bool(data)
    assert len(reject.sample or "") <= 500


def test_limits_on_size_and_line(tmp_path):
    (tmp_path / "big.txt").write_bytes(b"word " * 1000)
    limits = Limits(max_bytes=4000, max_line=500)
    assert only(read(tmp_path / "big.txt", limits=limits)).reason == "too_large"
    limits = Limits(max_bytes=9000, max_line=500)
    reject = only(read(tmp_path / "big.txt", limits=limits))
    assert reject.reason == "line_too_long"
    assert "byte 0" in reject.detail
    (tmp_path / "big.txt").write_bytes((b"word " * 99 + b"\n") * 10)
    assert isinstance(only(read(tmp_path / "big.txt", limits=limits)), Page)


def test_long_lines_are_found_wherever_they_are():
    assert long_line(b"abcd\nabcdef\nab", 5) == 5
    assert long_line(b"abcde\nabcde\r", 5) is None
    assert long_line(b"abcdef", 5) == 0
    assert long_line(b"", 5) is None


def test_missing_paths_do_not_stop_the_rest(tmp_path):
    (tmp_path / "a.txt").write_bytes(TEXT)
    found = read(tmp_path / "none.txt", tmp_path / "a.txt", "", "a\x00b", "x" * 5000, tmp_path / "a.txt" / "b")
    assert reasons(found) == ["missing"] * 5
    assert [f.document for f in found if isinstance(f, Page)] == ["a.txt"]


def test_what_the_system_says_becomes_a_reason():
    assert _refused("a", "/a", PermissionError(13, "Permission denied")).reason == "no_permission"
    assert _refused("a", "/a", OSError(5, "Input/output error")).reason == "damaged"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_no_permission(tmp_path):
    (tmp_path / "a.txt").write_bytes(TEXT)
    (tmp_path / "a.txt").chmod(0)
    assert only(read(tmp_path / "a.txt")).reason == "no_permission"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_is_refused_rather_than_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    assert only(read(tmp_path / "pipe.txt")).reason == "unsupported_type"


def test_a_folder_is_read_in_order_and_nothing_vanishes(tmp_path):
    for name in ("b.txt", "a/z.txt", "a/y/x.txt", ".hidden.txt", ".git/c.txt", "style.css", "pic.jpg"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"\xff\xd8\xff\xe0" if name.endswith("jpg") else TEXT)
    found = read(tmp_path)
    assert [f.document for f in found] == ["a/y/x.txt", "a/z.txt", "b.txt", "pic.jpg", "style.css"]
    assert [f.reason for f in found if isinstance(f, Reject)] == ["unsupported_type"] * 2
    assert found == read(tmp_path)


def test_a_folder_with_loops_and_broken_links(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "t.txt").write_bytes(TEXT)
    try:
        (tmp_path / "a" / "loop").symlink_to(tmp_path, target_is_directory=True)
        (tmp_path / "a" / "self").symlink_to(tmp_path / "a" / "self")
        (tmp_path / "broken.txt").symlink_to(tmp_path / "gone.txt")
    except OSError:
        pytest.skip("no links here")
    found = read(tmp_path)
    assert [f.document for f in found if isinstance(f, Page)] == ["a/t.txt"]
    assert [(f.document, f.reason) for f in found if isinstance(f, Reject)] == [
        ("a/self", "missing"), ("broken.txt", "missing"),
    ]  # fmt: skip


def test_an_empty_folder_says_so(tmp_path):
    (tmp_path / ".keep").write_bytes(b"")
    assert only(read(tmp_path)).reason == "empty"


def test_names_with_control_characters_are_shown_safely(tmp_path):
    path = tmp_path / "a\x1b[31m.txt"
    try:
        path.write_bytes(TEXT)
    except OSError:
        pytest.skip("no such names here")
    assert only(read(path)).document == "a\ufffd[31m.txt"


@pytest.mark.parametrize(
    ("data", "documents", "original"),
    [
        (TEXT, ["stdin"], "text/plain"),
        (b"<html><p>Talks</p></html>", ["stdin"], "text/html"),
        (b'{"text": "One."}\n{"text": "Two."}\n', ["stdin#1", "stdin#2"], "application/x-ndjson"),
        (b'{\n "text": "One."\n}\n', ["stdin"], "application/json"),
        (b'[{"text": "One."}, {"text": "Two."}]', ["stdin#1", "stdin#2"], "application/json"),
        (b"title,text\nA,One.\n", ["stdin#1"], "text/csv"),
        (b"title\ttext\nA\tOne.\n", ["stdin#1"], "text/tab-separated-values"),
        (b"From: a@b.example\nMIME-Version: 1.0\nSubject: Talks\n\nOne.\n", ["stdin"], "message/rfc822"),
        (b"[Seoul] Talks began.\n", ["stdin"], "text/plain"),
        (b"{Talks} began.\n", ["stdin"], "text/plain"),
        (b"From: the border\n\nTalks began.\n", ["stdin"], "text/plain"),
    ],
)
def test_standard_input_is_sniffed(data, documents, original):
    found = list(open_pages(["-"], stdin=io.BytesIO(data)))
    assert [f.document for f in found] == documents
    assert {f.original_type for f in found} == {original}


def test_empty_standard_input():
    assert only(list(open_pages(["-"], stdin=io.BytesIO(b"")))).reason == "empty"


def test_stated_metadata_goes_to_every_page(tmp_path):
    (tmp_path / "a.txt").write_bytes(TEXT)
    stated = Metadata(published="2019-Q3", outlet="The Border Post")
    assert only(read(tmp_path / "a.txt", stated=stated)).stated == stated
    assert only(read(tmp_path / "a.txt", stated=stated)).id != only(read(tmp_path / "a.txt")).id


def test_a_stated_date_is_checked_at_the_call():
    with pytest.raises(UsageError, match="'yesterday'"):
        open_pages(["-"], SourceOptions(stated=Metadata(published="yesterday")))


def test_field_names_are_checked():
    assert FieldNames.of({"text": "body"}) == FieldNames(text="body")
    with pytest.raises(UsageError, match="'txt'"):
        FieldNames.of({"txt": "body"})
    with pytest.raises(UsageError, match="empty"):
        FieldNames.of({"text": ""})


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a.TXT", ".txt"), ("a.2019", ""), ("U.S. capital", ""), ("a.tar.gz", ".gz"), ("x/y.7z", ".7z"), (".txt", "")],
)
def test_extensions(name, expected):
    assert extension(name) == expected


def test_a_stream_that_breaks_gives_what_came_before():
    class Breaking(io.RawIOBase):
        parts = [b"abc", b"def"]  # noqa: RUF012

        def read(self, size=-1):
            if not self.parts:
                raise EOFError
            return self.parts.pop(0)

    stream = io.BufferedReader(Meter(Breaking(), "x"))
    assert stream.peek() == b"abcdef"
    assert stream.read(6) == b"abcdef"
    with pytest.raises(Exception, match="after 6 bytes"):
        stream.read(1)


def test_a_parser_that_fails_in_its_own_way_costs_one_input(tmp_path, monkeypatch):
    def fails(entry, context):
        raise OverflowError("no parser should")
        yield

    monkeypatch.setitem(files._READERS, "eml", fails)
    (tmp_path / "a.eml").write_bytes(b"From: desk@post.example\n\n" + TEXT)
    (tmp_path / "b.txt").write_bytes(TEXT)
    refused, page = read(tmp_path)
    assert (refused.document, refused.reason, refused.detail) == ("a.eml", "damaged", "OverflowError: no parser should")
    assert page.document == "b.txt"
