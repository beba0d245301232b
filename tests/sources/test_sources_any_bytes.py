"""Whatever lies in a file, reading it gives pages and rejects, and never an error."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tempfile
import zipfile
from pathlib import Path

import docx
from hypothesis import given, settings
from hypothesis import strategies as st

from foedera.model import Page, Reject
from foedera.model.errors import REJECT_REASONS
from foedera.sources import SourceOptions, open_pages

EXTENSIONS = [
    "", ".txt", ".md", ".html", ".xhtml", ".pdf", ".docx", ".eml", ".jsonl", ".json", ".csv", ".tsv",
    ".gz", ".bz2", ".xz",
    ".zip", ".tar", ".tar.gz", ".tgz", ".tar.xz", ".jsonl.gz", ".png", ".unknown",
]  # fmt: skip


def seeds():
    """One sound file of each kind, to be broken."""
    word, packed = io.BytesIO(), io.BytesIO()
    document = docx.Document()
    document.add_paragraph("The envoys met.")
    document.save(word)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("a.txt", "The envoys met.")
        package.writestr("b.csv", "text,title\nOne.,T\n")
    rows = b'{"text": "One.", "published": "2019"}\n{"text": "Two."}\n'
    table = b'title,text\nA,"One ""two"" three."\nB,Four.\n'
    mail = b"From: a <a@b.example>\nDate: Thu, 22 Aug 2019 10:00:00 +0900\nMIME-Version: 1.0\nSubject: A\n" + (
        b"Content-Type: multipart/mixed; boundary=X\n\n--X\nContent-Type: text/plain\n\nTalks.\n--X--\n"
    )
    plain = [rows, table, mail, b"<html><p>Talks.</p></html>"]
    plain.append(b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF")
    return [*plain, word.getvalue(), packed.getvalue(), gzip.compress(rows), bz2.compress(table), lzma.compress(mail)]


SEEDS = seeds()
KNOWN = [".jsonl", ".csv", ".eml", ".html", ".pdf", ".docx", ".zip", ".jsonl.gz", ".csv.bz2", ".eml.xz"]


def check(data, suffix):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{suffix}"
        path.write_bytes(data)
        found = list(open_pages([str(path)], SourceOptions()))
    assert found
    for one in found:
        assert isinstance(one, Page | Reject)
        assert one.document.startswith("a")
        one.document.encode("utf-8")
        if isinstance(one, Reject):
            assert one.reason in REJECT_REASONS
            assert one.detail
        else:
            assert one.data.strip()


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=600), st.sampled_from(EXTENSIONS))
def test_any_bytes_under_any_extension(data, suffix):
    check(data, suffix)


@settings(max_examples=250, deadline=None)
@given(st.sampled_from(range(len(SEEDS))), st.integers(0, 10**6), st.binary(max_size=8), st.booleans())
def test_sound_files_that_were_broken(which, place, patch, cut):
    data = SEEDS[which]
    place %= len(data)
    broken = data[:place] + patch + (b"" if cut else data[place + len(patch) :])
    check(broken, KNOWN[which])


@settings(max_examples=100, deadline=None)
@given(
    st.text(alphabet="\"',;\t\n\r\\{}[]:a1\x00\ufeff", max_size=80),
    st.sampled_from([".csv", ".tsv", ".jsonl", ".json"]),
)
def test_tables_of_nothing_but_punctuation(text, suffix):
    check(b"title,text\n" + text.encode("utf-8"), suffix)
    check(text.encode("utf-8"), suffix)
