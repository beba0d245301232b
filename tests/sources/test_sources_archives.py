"""Compressed files, zip and tar: what is in them, and what they may not do to us."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import stat
import tarfile
import zipfile

import pytest

from foedera.model import Page, Reject
from foedera.sources import Limits, SourceOptions, open_pages
from foedera.sources.archives import check_path, is_hidden

TEXT = b"The envoys signed the accord.\n"
ROWS = b'{"text": "One."}\n{"text": "Two."}\n'


def read(tmp_path, name, data, **options):
    (tmp_path / name).write_bytes(data)
    return list(open_pages([str(tmp_path / name)], SourceOptions(**options)))


def summary(found):
    return [(f.document, f.reason if isinstance(f, Reject) else f.data) for f in found]


def zipped(members, compression=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as package:
        for name, data in members:
            package.writestr(name, data)
    return out.getvalue()


def tarred(members):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as package:
        for part, data in members:
            part = part if isinstance(part, tarfile.TarInfo) else tarfile.TarInfo(part)
            part.size = len(data)
            package.addfile(part, io.BytesIO(data))
    return out.getvalue()


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_compressed_files_keep_their_name(tmp_path, pack):
    suffix = {gzip.compress: "gz", bz2.compress: "bz2", lzma.compress: "xz"}[pack]
    assert summary(read(tmp_path, f"a.txt.{suffix}", pack(TEXT))) == [(f"a.txt.{suffix}", TEXT)]
    assert summary(read(tmp_path, f"a.jsonl.{suffix}", pack(ROWS))) == [
        (f"a.jsonl.{suffix}#1", b"One."), (f"a.jsonl.{suffix}#2", b"Two."),
    ]  # fmt: skip
    assert summary(read(tmp_path, f"b.{suffix}", pack(TEXT) + pack(TEXT))) == [(f"b.{suffix}", TEXT * 2)]


def test_gzip_is_seen_without_its_extension(tmp_path):
    assert summary(read(tmp_path, "a.txt", gzip.compress(TEXT))) == [("a.txt", TEXT)]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_truncated_compressed_files(tmp_path, pack):
    data = pack(bytes(i * i % 251 % 90 + 32 for i in range(300_000)))
    (reject,) = read(tmp_path, "a.txt.gz", data[: len(data) // 2])
    assert reject.reason == "truncated"
    assert reject.sample
    assert reject.sha256


def test_rows_before_a_truncation_are_kept(tmp_path):
    rows = b"".join(b'{"text": "Report %d on talk %d."}\n' % (i, i * i * i % 9973) for i in range(20_000))
    found = read(tmp_path, "a.jsonl.gz", gzip.compress(rows)[:-20_000])
    assert sum(isinstance(f, Page) for f in found) > 1000
    assert [f.reason for f in found if isinstance(f, Reject)] == ["truncated"]


def test_a_damaged_gzip(tmp_path):
    data = bytearray(gzip.compress(TEXT))
    data[-6] ^= 255
    assert summary(read(tmp_path, "a.gz", bytes(data))) == [("a.gz", "damaged")]


def test_zip_members_and_their_names(tmp_path):
    data = zipped([
        ("in/a.txt", TEXT), ("b.jsonl", ROWS), (".hidden", TEXT), ("__MACOSX/in/a.txt", TEXT), ("in/", b""),
        ("p.png", b"\x89PNG\r\n"), ("empty.txt", b""), ("back\\slash.txt", TEXT),
    ])  # fmt: skip
    assert summary(read(tmp_path, "x.zip", data)) == [
        ("x.zip#in/a.txt", TEXT), ("x.zip#b.jsonl#1", b"One."), ("x.zip#b.jsonl#2", b"Two."),
        ("x.zip#p.png", "unsupported_type"), ("x.zip#empty.txt", "empty"), ("x.zip#back/slash.txt", TEXT),
    ]  # fmt: skip


def test_a_zip_on_standard_input():
    found = list(open_pages(["-"], stdin=io.BytesIO(zipped([("a.txt", TEXT)]))))
    assert summary(found) == [("stdin#a.txt", TEXT)]


def test_zip_members_that_would_escape(tmp_path):
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    names = ["../x.txt", "/abs.txt", "C:/win.txt", "a/../../b.txt", "..\\y.txt"]
    members = [*((name, TEXT) for name in names), (link, b"/etc/passwd"), ("ok.txt", TEXT)]
    found = read(tmp_path, "x.zip", zipped(members))
    assert [f.reason for f in found if isinstance(f, Reject)] == ["path_escape"] * 6
    assert [f.document for f in found if isinstance(f, Page)] == ["x.zip#ok.txt"]


def test_paths():
    check_path("a/..b/c.txt", "x")
    assert is_hidden("a/.b/c.txt")
    assert not is_hidden("a/../c.txt")


def test_a_member_that_expands_too_far_does_not_stop_the_rest(tmp_path):
    data = zipped([("bomb.txt", b" " * 5_000_000), ("ok.txt", TEXT)])
    assert summary(read(tmp_path, "x.zip", data)) == [("x.zip#bomb.txt", "zip_bomb"), ("x.zip#ok.txt", TEXT)]
    assert summary(read(tmp_path, "x.gz", gzip.compress(b"\n" * 5_000_000))) == [("x.gz", "zip_bomb")]
    assert summary(read(tmp_path, "x.txt.gz", gzip.compress(bytes(5_000_000)))) == [("x.txt.gz", "zip_bomb")]
    assert summary(read(tmp_path, "x.zip", zipped([("a.txt", bytes(5_000_000))]))) == [("x.zip#a.txt", "zip_bomb")]


def test_a_member_that_lies_about_its_size(tmp_path):
    data = zipped([("a.txt", b"word " * 100_000)])
    lie = data.replace((500_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lie != data
    assert summary(read(tmp_path, "x.zip", lie)) == [("x.zip#a.txt", "damaged")]


def test_archive_limits_on_total_and_count(tmp_path):
    noise = bytes(i * i % 251 % 90 + 32 for i in range(40_000))
    many = zipped([(f"{i}.txt", TEXT) for i in range(12)])
    limits = Limits(max_members=10, max_total=60_000)
    assert summary(read(tmp_path, "x.zip", many, limits=limits)) == [("x.zip", "zip_bomb")]
    big = zipped([("a.txt", noise), ("b.txt", noise)])
    assert summary(read(tmp_path, "x.zip", big, limits=limits)) == [("x.zip", "zip_bomb")]
    assert summary(read(tmp_path, "x.txt.gz", gzip.compress(noise * 2), limits=limits)) == [("x.txt.gz", "zip_bomb")]
    nested = zipped([("a.zip", many), ("b.txt", TEXT)])
    found = read(tmp_path, "x.zip", nested, limits=limits)
    assert summary(found) == [("x.zip#a.zip", "zip_bomb"), ("x.zip#b.txt", TEXT)]
    tar = tarred([(f"{i}.txt", TEXT) for i in range(12)])
    found = read(tmp_path, "x.tar", tar, limits=limits)
    assert [type(f) for f in found] == [Page] * 10 + [Reject]
    assert found[-1].reason == "zip_bomb"


def test_a_member_larger_than_a_document_may_be(tmp_path):
    data = zipped([("a.txt", b"word " * 1000), ("ok.txt", TEXT)])
    found = read(tmp_path, "x.zip", data, limits=Limits(max_bytes=1000))
    assert summary(found) == [("x.zip#a.txt", "too_large"), ("x.zip#ok.txt", TEXT)]


def test_archives_lie_in_each_other_once_at_most(tmp_path):
    one = zipped([("a.txt", TEXT)])
    tar = gzip.compress(tarred([("c.txt", TEXT)]))
    two = zipped([("one.zip", one), ("b.txt.gz", gzip.compress(TEXT)), ("c.tar.gz", tar)])
    assert summary(read(tmp_path, "x.zip", two)) == [
        ("x.zip#one.zip#a.txt", TEXT), ("x.zip#b.txt.gz", TEXT), ("x.zip#c.tar.gz#c.txt", TEXT),
    ]  # fmt: skip
    three = zipped([("two.zip", two), ("d.txt", TEXT)])
    assert summary(read(tmp_path, "x.zip", three)) == [
        ("x.zip#two.zip#one.zip", "zip_bomb"), ("x.zip#two.zip#b.txt.gz", "zip_bomb"),
        ("x.zip#two.zip#c.tar.gz", "zip_bomb"), ("x.zip#d.txt", TEXT),
    ]  # fmt: skip
    layers = TEXT
    for _ in range(3):
        layers = gzip.compress(layers)
    assert summary(read(tmp_path, "x.gz", layers)) == [("x.gz", "zip_bomb")]


def test_encrypted_and_odd_zip_members(tmp_path):
    data = bytearray(zipped([("a.txt", TEXT), ("b.txt", TEXT)]))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert summary(read(tmp_path, "x.zip", bytes(data))) == [("x.zip#a.txt", "encrypted"), ("x.zip#b.txt", TEXT)]
    found = read(tmp_path, "y.zip", zipped([("a.txt", TEXT)], zipfile.ZIP_LZMA))
    assert summary(found) == [("y.zip#a.txt", "unsupported_type")]


def test_broken_zips(tmp_path):
    data = zipped([("a.txt", TEXT * 100)])
    assert summary(read(tmp_path, "x.zip", data[:-40])) == [("x.zip", "truncated")]
    broken = bytearray(data)
    broken[45] ^= 255
    assert summary(read(tmp_path, "x.zip", bytes(broken))) == [("x.zip#a.txt", "damaged")]
    assert summary(read(tmp_path, "x.zip", zipped([]))) == [("x.zip", "empty")]
    sheet = zipped([("[Content_Types].xml", b"<x/>"), ("xl/workbook.xml", b"<x/>")])
    assert summary(read(tmp_path, "x.xlsx", sheet)) == [("x.xlsx", "unsupported_type")]


def test_a_zip_with_a_directory_of_its_own_making(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for number in range(2000):
            package.writestr(f"{number:0200d}.txt", b"")
    assert summary(read(tmp_path, "x.zip", out.getvalue(), limits=Limits(max_members=10))) == [("x.zip", "zip_bomb")]


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("x.tar", bytes), ("x.tar.gz", gzip.compress), ("x.tgz", gzip.compress), ("x.tar.bz2", bz2.compress),
        ("x.tar.xz", lzma.compress),
    ],
)  # fmt: skip
def test_tar_members(tmp_path, name, pack):
    link, folder, pipe = (tarfile.TarInfo(n) for n in ("link.txt", "in", "pipe"))
    link.type, link.linkname = tarfile.SYMTYPE, "../../etc/passwd"
    folder.type, pipe.type = tarfile.DIRTYPE, tarfile.FIFOTYPE
    data = tarred([
        (folder, b""), ("./in/a.txt", TEXT), ("b.jsonl", ROWS), (link, b""), (pipe, b""), ("../up.txt", TEXT),
        (".hidden", TEXT), ("big.txt", b"word " * 50_000), ("n" * 150 + ".txt", TEXT),
    ])  # fmt: skip
    found = read(tmp_path, name, pack(data), limits=Limits(max_bytes=100_000))
    assert summary(found) == [
        (f"{name}#in/a.txt", TEXT), (f"{name}#b.jsonl#1", b"One."), (f"{name}#b.jsonl#2", b"Two."),
        (f"{name}#link.txt", "path_escape"), (f"{name}#pipe", "unsupported_type"), (f"{name}#../up.txt", "path_escape"),
        (f"{name}#big.txt", "too_large"), (f"{name}#{'n' * 150}.txt", TEXT),
    ]  # fmt: skip


def test_broken_tars(tmp_path):
    data = tarred([("a.txt", TEXT), ("b.txt", TEXT * 100)])
    assert summary(read(tmp_path, "x.tar", data[:2500])) == [
        ("x.tar#a.txt", TEXT), ("x.tar#b.txt", "truncated"), ("x.tar", "truncated"),
    ]  # fmt: skip
    assert summary(read(tmp_path, "x.tar", data[:1200])) == [("x.tar#a.txt", TEXT), ("x.tar", "truncated")]
    broken = bytearray(data)
    broken[1024 + 150] ^= 255
    assert summary(read(tmp_path, "x.tar", bytes(broken))) == [("x.tar#a.txt", TEXT), ("x.tar", "damaged")]
    assert summary(read(tmp_path, "x.tar", bytes(10240))) == [("x.tar", "empty")]


def test_a_tar_with_a_header_that_would_fill_the_memory(tmp_path):
    header = tarfile.TarInfo("x")
    header.type = tarfile.XHDTYPE
    data = tarred([("a.txt", TEXT), (header, b"9" * 3_000_000)])
    assert summary(read(tmp_path, "x.tar", data)) == [("x.tar#a.txt", TEXT), ("x.tar", "zip_bomb")]
