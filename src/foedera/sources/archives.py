"""Compressed files and zip: what is in them, without trusting it."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import stat
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import IO, Final, cast

from foedera.model.errors import InputError

from .documents import open_member
from .entry import HEAD, Context, Entry, Found, Meter, shown

Read = Callable[[Entry, Context], Iterator[Found]]
"""How a member is read in turn."""

_IN_MEMORY: Final = 8 << 20
_XZ_MEMORY: Final = 128 << 20
# A central directory takes 46 bytes and the name for each member; beyond this it is not one of max_members members.
_DIRECTORY_BYTES: Final = 512
_SUFFIX: Final = re.compile(r"\.(?:gz|bz2|xz)\Z", re.IGNORECASE)
_TAR_SUFFIX: Final = re.compile(r"\.(?:tgz|tbz2|txz)\Z", re.IGNORECASE)
_WORD_BODY: Final = re.compile(r"word/document\d*\.xml\Z")
_DRIVE: Final = re.compile(r"[A-Za-z]:")


def read_gzip(entry: Entry, context: Context, read: Read) -> Iterator[Found]:
    """The content of a gzip file, under the name of the file."""
    yield from _expanded(entry, context, read, gzip.GzipFile(fileobj=entry.stream, mode="rb"))


def read_bzip2(entry: Entry, context: Context, read: Read) -> Iterator[Found]:
    """The content of a bzip2 file, under the name of the file."""
    yield from _expanded(entry, context, read, bz2.BZ2File(entry.stream))


def read_xz(entry: Entry, context: Context, read: Read) -> Iterator[Found]:
    """The content of an xz file, under the name of the file."""
    yield from _expanded(entry, context, read, io.BufferedReader(_Xz(entry.stream), HEAD))


def _expanded(entry: Entry, context: Context, read: Read, source: IO[bytes] | gzip.GzipFile) -> Iterator[Found]:
    check_depth(entry, context)
    name = _TAR_SUFFIX.sub(".tar", _SUFFIX.sub("", entry.name))
    packed = entry.meter
    inner = Entry(
        document=entry.document,
        name=name,
        locator=entry.locator,
        meter=Meter(cast(IO[bytes], source), entry.document, entry.budget, lambda: packed.passed),
        budget=entry.budget,
        named=entry.named,
        depth=entry.depth + 1,
        unpacked=True,
        head=entry.head,
        declared=entry.declared,
    )
    with source:
        yield from read(inner, context)


class _Xz(io.RawIOBase):
    """Like `lzma.LZMAFile`, but the file may not ask for as much memory as it likes."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self._decoder = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_XZ_MEMORY)
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while True:
            if self._decoder.eof:
                self._rest = (self._decoder.unused_data + self._source.read(HEAD)).lstrip(b"\x00")
                if not self._rest:
                    return 0
                self._decoder = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_XZ_MEMORY)
            if self._decoder.needs_input and not self._rest:
                self._rest = self._source.read(HEAD)
                if not self._rest:
                    raise EOFError("ended before the end of the stream")
            data = self._decoder.decompress(self._rest, len(buffer))
            self._rest = b""
            if data:
                buffer[: len(data)] = data
                return len(data)


def read_zip(entry: Entry, context: Context, read: Read) -> Iterator[Found]:
    """The members of a zip in its order, as ``archive.zip#inner/path``; a zip that is a Word file is read as one."""
    with _seekable(entry, context) as file:
        try:
            package = zipfile.ZipFile(_Bounded(file, entry, context))
        except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
            raise _zip_problem(file, entry, error) from error
        with package:
            parts = package.infolist()
            names = {part.filename for part in parts}
            if not any(_WORD_BODY.match(name) for name in names):
                yield from _zip_members(package, parts, names, entry, context, read)
                return
        file.seek(0)
        yield from read(replace(entry, name="document.docx", meter=Meter(file, entry.document), package=True), context)


def _zip_problem(file: IO[bytes], entry: Entry, error: Exception) -> InputError:
    file.seek(0)
    if file.read(4) == b"PK\x03\x04" and "not a zip" in str(error):
        return InputError("truncated", entry.document, "the zip has no directory at its end")
    return InputError("damaged", entry.document, f"not a readable zip: {error}")


def _zip_members(
    package: zipfile.ZipFile, parts: list[zipfile.ZipInfo], names: set[str], entry: Entry, context: Context, read: Read
) -> Iterator[Found]:
    limits = context.options.limits
    if "[Content_Types].xml" in names or "mimetype" in names:
        raise InputError("unsupported_type", entry.document, "an office or book file other than DOCX")
    check_depth(entry, context)
    if not parts:
        raise InputError("empty", entry.document, "the zip has no members")
    if entry.budget.members + len(parts) > limits.max_members:
        raise InputError("zip_bomb", entry.document, f"{len(parts)} members, more than {limits.max_members}")
    if (size := sum(part.file_size for part in parts)) > limits.max_total:
        raise InputError("zip_bomb", entry.document, f"declares {size} bytes, more than {limits.max_total}")
    for part in parts:
        entry.budget.member(entry.document)
        if part.is_dir() or is_hidden(part.filename):
            continue
        yield from _zip_member(package, part, entry, context, read)


def _zip_member(
    package: zipfile.ZipFile, part: zipfile.ZipInfo, entry: Entry, context: Context, read: Read
) -> Iterator[Found]:
    member = member_of(entry, part.filename, io.BytesIO())
    try:
        check_path(part.filename, entry.document)
        if stat.S_ISLNK(part.external_attr >> 16):
            raise InputError("path_escape", entry.document, f"member {shown(part.filename)} is a link")
        stream = open_member(package, part, entry.document, entry.budget)
    except InputError as refusal:
        yield member.reject(refusal.reason, refusal.detail)
        return
    member = replace(member, meter=stream)
    yield from read(member, context)


def member_of(entry: Entry, name: str, source: IO[bytes]) -> Entry:
    """The entry of a member; a tar inside a compressed file is no further level."""
    inner = shown(name.replace("\\", "/").removeprefix("./"))
    document = f"{entry.document}#{inner}"
    return Entry(
        document=document,
        name=inner.rsplit("/", 1)[-1],
        locator=f"{entry.locator}#{inner}",
        meter=Meter(source, document),
        budget=entry.budget,
        depth=entry.depth + (0 if entry.unpacked else 1),
        declared=entry.declared,
    )


def check_depth(entry: Entry, context: Context) -> None:
    """Refuse archives in archives in archives.

    Raises:
        InputError: ``zip_bomb``.
    """
    limit = context.options.limits.max_depth
    if entry.depth >= limit:
        raise InputError("zip_bomb", entry.document, f"more than {limit} archives or compressed files in each other")


def check_path(name: str, document: str) -> None:
    """Refuse names that would leave the folder that an archive is unpacked in.

    Raises:
        InputError: ``path_escape``.
    """
    plain = name.replace("\\", "/")
    if plain.startswith("/") or _DRIVE.match(plain) or ".." in plain.split("/"):
        raise InputError("path_escape", document, f"member {shown(name)} would leave its folder")


def is_hidden(name: str) -> bool:
    """Whether a member, or a folder that it lies in, is hidden or is the shadow copy that macOS adds."""
    parts = name.replace("\\", "/").split("/")
    return any((part.startswith(".") and part not in (".", "..")) or part == "__MACOSX" for part in parts)


@contextmanager
def _seekable(entry: Entry, context: Context) -> Iterator[IO[bytes]]:
    """The bytes of an entry in a file that can be sought in, on disk where they are many."""
    limit = context.options.limits.max_total
    if entry.file is not None:
        entry.file.seek(0)
        yield entry.file
        return
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as file:
        size = 0
        while data := entry.stream.read(HEAD):
            size += len(data)
            if size > limit:
                raise InputError("too_large", entry.document, f"an archive of more than {limit} bytes")
            file.write(data)
        file.seek(0)
        yield file


class _Bounded:
    """A file for `zipfile`, which reads the directory in one piece, however long the file says that it is."""

    def __init__(self, file: IO[bytes], entry: Entry, context: Context) -> None:
        self._file, self._entry = file, entry
        self._most = max(_DIRECTORY_BYTES * context.options.limits.max_members, 2 * HEAD)
        self.seek, self.tell, self.close = file.seek, file.tell, lambda: None

    def seekable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        """Read, unless it is too much at once."""
        if size > self._most:
            raise InputError("zip_bomb", self._entry.document, f"a directory of {size} bytes")
        return self._file.read(self._most if size < 0 else size)
