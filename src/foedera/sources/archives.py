"""Compressed files, zip and tar: what is in them, without trusting it."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import stat
import tarfile
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
_TAR_HEADER: Final = 1 << 20
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
    _check_depth(entry, context)
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
    _check_depth(entry, context)
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
    member = _member(entry, part.filename, io.BytesIO())
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


def read_tar(entry: Entry, context: Context, read: Read) -> Iterator[Found]:
    """The members of a tar in its order, as ``archive.tar#inner/path``, in one pass and without unpacking it."""
    if not entry.unpacked:
        _check_depth(entry, context)
    blocks = _Blocks(entry.stream)
    try:
        with tarfile.open(fileobj=blocks, mode="r|", bufsize=tarfile.BLOCKSIZE) as package:
            yield from _tar_parts(package, entry, context, read)
    except tarfile.TarError as error:
        reason = "truncated" if "end of data" in str(error) else "damaged"
        raise InputError(reason, entry.document, f"not a readable tar: {error}") from error
    except (OSError, ValueError, EOFError, LookupError) as error:
        raise InputError("damaged", entry.document, f"not a readable tar: {error}") from error
    blocks.check_end(entry.document)


def _tar_parts(package: tarfile.TarFile, entry: Entry, context: Context, read: Read) -> Iterator[Found]:
    seen = False
    while (part := _next_part(package, entry)) is not None:
        seen = True
        entry.budget.member(entry.document)
        if part.issparse():
            detail = f"member {shown(part.name)} is sparse; it and what follows is not read"
            raise InputError("unsupported_type", entry.document, detail)
        source = package.extractfile(part) if part.isreg() else None
        if not part.isdir() and not is_hidden(part.name):
            yield from _tar_member(part, source, entry, context, read)
        # What is left is read here, so that the allowance for the next header holds for the header alone.
        while source is not None and source.read(HEAD):
            pass
    if not seen:
        raise InputError("empty", entry.document, "the tar has no members")


def _next_part(package: tarfile.TarFile, entry: Entry) -> tarfile.TarInfo | None:
    """The next member; its headers may be long, but not so long that they fill the memory."""
    entry.meter.allowance = _TAR_HEADER
    try:
        return package.next()
    finally:
        entry.meter.allowance = None


def _tar_member(
    part: tarfile.TarInfo, source: IO[bytes] | None, entry: Entry, context: Context, read: Read
) -> Iterator[Found]:
    member = _member(entry, part.name, source or io.BytesIO())
    name = shown(part.name)
    try:
        check_path(part.name, entry.document)
        if part.issym() or part.islnk():
            raise InputError("path_escape", entry.document, f"member {name} is a link to {shown(part.linkname)}")
        if source is None:
            raise InputError("unsupported_type", entry.document, f"member {name} is not a regular file")
    except InputError as refusal:
        yield member.reject(refusal.reason, refusal.detail)
        return
    yield from read(member, context)


class _Blocks(io.RawIOBase):
    """A stream for `tarfile` that remembers its last block, since `tarfile` takes a broken header for the end."""

    def __init__(self, stream: IO[bytes]) -> None:
        super().__init__()
        self._stream = stream
        self._last = b""
        self._ended = False

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes."""
        data = self._stream.read(size)
        self._ended = not data
        self._last = data or self._last
        return data

    def check_end(self, document: str) -> None:
        """Make sure that the last block read was an end mark, or the last one that there is.

        Raises:
            InputError: ``truncated`` or ``damaged``.
        """
        if len(self._last) % tarfile.BLOCKSIZE:
            raise InputError("truncated", document, "the tar ends within a block")
        if not self._ended and any(self._last):
            raise InputError("damaged", document, "a member header of the tar is broken; what follows it is not read")


def _member(entry: Entry, name: str, source: IO[bytes]) -> Entry:
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


def _check_depth(entry: Entry, context: Context) -> None:
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
