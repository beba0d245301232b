"""Tar: its members in one pass, without trusting it."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from typing import IO, Final

from foedera.model.errors import InputError

from .archives import Read, check_depth, check_path, is_hidden, member_of
from .entry import HEAD, Context, Entry, Found, shown

_LONGEST_HEADER: Final = 1 << 20


def read_tar(entry: Entry, context: Context, read: Read) -> Iterator[Found]:
    """The members of a tar in its order, as ``archive.tar#inner/path``, in one pass and without unpacking it."""
    if not entry.unpacked:
        check_depth(entry, context)
    blocks = _Blocks(entry.stream)
    try:
        with tarfile.open(fileobj=blocks, mode="r|", bufsize=tarfile.BLOCKSIZE) as package:
            yield from _tar_parts(package, entry, context, read)
    except tarfile.TarError as error:
        # After a member that ends too early, the next read finds itself before the place that it has reached.
        cut = isinstance(error, tarfile.StreamError) or "end of data" in str(error)
        reason = "truncated" if cut else "damaged"
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
    entry.meter.allowance = _LONGEST_HEADER
    try:
        return package.next()
    finally:
        entry.meter.allowance = None


def _tar_member(
    part: tarfile.TarInfo, source: IO[bytes] | None, entry: Entry, context: Context, read: Read
) -> Iterator[Found]:
    member = member_of(entry, part.name, source or io.BytesIO())
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
