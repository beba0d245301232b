"""One thing to be read: its name, its bytes as a stream, and how much it may expand to."""

from __future__ import annotations

import io
import lzma
import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import IO, Final

from foedera.model import Metadata, Page, Reject, sha256
from foedera.model.errors import InputError

from .options import Limits, SourceOptions
from .sidecar import SidecarTable

Found = Page | Reject
"""What reading yields."""

HEAD: Final = 65_536
"""How many first bytes are looked at before an input is read."""

_SAMPLE: Final = 500
# Small files of blanks compress by any ratio, and do no harm.
_RATIO_FROM: Final = 1 << 20
_PROBE: Final = 16 << 20
_UNPRINTABLE: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


@dataclass(slots=True)
class Budget:
    """What one input has expanded to so far, nested archives included.

    Attributes:
        limits: The limits that it must stay within.
        expanded: Bytes that came out of compressed files and archives.
        members: Members seen in archives.
    """

    limits: Limits
    expanded: int = 0
    members: int = 0

    def expand(self, amount: int, document: str) -> None:
        """Count expanded bytes.

        Raises:
            InputError: ``zip_bomb``.
        """
        self.expanded += amount
        if self.expanded > self.limits.max_total:
            raise InputError("zip_bomb", document, f"expands to more than {self.limits.max_total} bytes")

    def member(self, document: str) -> None:
        """Count a member of an archive.

        Raises:
            InputError: ``zip_bomb``.
        """
        self.members += 1
        if self.members > self.limits.max_members:
            raise InputError("zip_bomb", document, f"holds more than {self.limits.max_members} members")


class Meter(io.RawIOBase):
    """A stream that counts what passes, stops at the limits, and says in our words what broke.

    Args:
        source: Where the bytes come from.
        document: Name for errors.
        budget: What to charge expanded bytes to. None for bytes that were not expanded.
        packed: How many packed bytes have been used up, for the ratio. None without one.
    """

    def __init__(
        self,
        source: IO[bytes],
        document: str,
        budget: Budget | None = None,
        packed: Callable[[], int] | None = None,
    ) -> None:
        self._read = getattr(source, "read1", source.read)
        self._document, self._budget, self._packed = document, budget, packed
        self._failure: InputError | None = None
        self.passed = 0
        self.allowance: int | None = None

    def readable(self) -> bool:
        """Always true."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer as far as the source goes, so that a look ahead sees as much as there is."""
        filled = 0
        while filled < len(buffer) and self._failure is None:
            try:
                data = self._chunk(len(buffer) - filled)
            except InputError as error:
                self._failure = error
                break
            if not data:
                break
            buffer[filled : filled + len(data)] = data
            filled += len(data)
        if self._failure is not None and not filled:
            raise InputError(self._failure.reason, self._failure.document, self._failure.detail)
        return filled

    def _chunk(self, size: int) -> bytes:
        try:
            data: bytes = self._read(size) or b""
        except (EOFError, tarfile.ReadError) as error:
            detail = f"ends before its end, after {self.passed} bytes that could be read"
            raise InputError("truncated", self._document, detail) from error
        except (zlib.error, lzma.LZMAError, zipfile.BadZipFile, OSError, ValueError) as error:
            raise InputError("damaged", self._document, f"after {self.passed} bytes: {error}") from error
        self.passed += len(data)
        self._charge(len(data))
        return data

    def _charge(self, amount: int) -> None:
        if self.allowance is not None:
            self.allowance -= amount
            if self.allowance < 0:
                raise InputError("zip_bomb", self._document, f"a member header is too long, at byte {self.passed}")
        if self._budget is None:
            return
        self._budget.expand(amount, self._document)
        if self._packed is not None and self.passed > _RATIO_FROM:
            limit = self._budget.limits.max_ratio
            if self.passed > limit * max(self._packed(), 1):
                raise InputError("zip_bomb", self._document, f"expands by more than {limit} to 1")


@dataclass(slots=True)
class Entry:
    """One thing to be read.

    Attributes:
        document: Name shown to users.
        name: File name, for its extension.
        locator: Path or URL.
        meter: The raw stream.
        budget: What the input that it belongs to has expanded to.
        named: Whether the user named it, rather than a folder or archive that holds it.
        depth: How many archives or compressed files it lies in.
        unpacked: Whether it is the content of a compressed file, so that a tar in it is no further level.
        media: Media type that a server gave it. None without one.
        declared: What its container says about it.
        file: The same bytes as a file that can be sought in, where they lie on disk as they are. None otherwise.
        package: Whether it was found to be an Office package, so that it is no archive.
        head: Its first bytes, once they were looked at; before, those of the compressed file that it is the content of.
        stream: The buffered stream.
        whole: All its bytes, once they were read as a whole.
    """

    document: str
    name: str
    locator: str
    meter: Meter
    budget: Budget
    named: bool = False
    depth: int = 0
    unpacked: bool = False
    media: str | None = None
    declared: Metadata = field(default_factory=Metadata)
    file: IO[bytes] | None = None
    package: bool = False
    head: bytes = b""
    stream: io.BufferedReader = field(init=False)
    whole: bytes | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.stream = io.BufferedReader(self.meter, HEAD)

    def read_whole(self, limit: int) -> bytes:
        """All bytes.

        Raises:
            InputError: ``too_large``, and whatever breaks on the way.
        """
        data = self.stream.read(limit + 1)
        if len(data) > limit:
            raise InputError("too_large", self.document, f"more than {limit} bytes")
        self.whole = data
        return data

    def probe(self) -> None:
        """Expand some more of what will not be read, so that a bomb of NULs is called one.

        Raises:
            InputError: ``zip_bomb``, and whatever else breaks on the way.
        """
        left = _PROBE if self.unpacked or self.depth else 0
        while left > 0 and (data := self.stream.read(HEAD)):
            left -= len(data)

    def reject(self, reason: str, detail: str, head: bytes = b"") -> Reject:
        """A reject of this entry, with a sample of its start and the hash of the whole where it was read."""
        known = self.whole if self.whole is not None else head or self.head
        digest = sha256(self.whole) if self.whole else None
        return Reject(self.document, self.locator, reason, detail, sample(known), digest)

    def reject_row(self, row: int, reason: str, detail: str, data: bytes) -> Reject:
        """A reject of one row of this entry."""
        name = f"{self.document}#{row}"
        return Reject(name, self.locator, reason, detail, sample(data), sha256(data) if data else None)


@dataclass(frozen=True, slots=True)
class Context:
    """What holds for all inputs of one call.

    Attributes:
        options: How inputs are opened.
        sidecar: Statements about single documents. None without.
    """

    options: SourceOptions
    sidecar: SidecarTable | None = None

    def page(
        self,
        entry: Entry,
        original_type: str,
        data: bytes,
        *,
        row: int | None = None,
        html: bool = False,
        declared: Metadata = Metadata(),  # noqa: B008 - frozen
    ) -> Page:
        """A page of an entry, with what is stated about it."""
        document = entry.document if row is None else f"{entry.document}#{row}"
        stated = self.options.stated
        if self.sidecar is not None:
            stated = self.sidecar.stated(document, entry.locator).over(stated)
        media = "text/html" if html else "text/plain"
        return Page(document, entry.locator, media, original_type, data, stated, declared.over(entry.declared))


Reader = Callable[[Entry, Context], Iterator[Found]]
"""How one type of input is read."""


def sample(data: bytes) -> str | None:
    """The first characters of bytes, for people. None without bytes."""
    if not data:
        return None
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    return data[: 4 * _SAMPLE].decode("utf-16" if wide else "utf-8", "replace")[:_SAMPLE].replace("\x00", "\ufffd")


def shown(name: str) -> str:
    """A name that any terminal and table can hold: control characters and broken surrogates become U+FFFD."""
    return _UNPRINTABLE.sub("\ufffd", name)


def cleaned(text: str) -> bytes:
    """UTF-8 of a text; lone surrogates, which JSON can escape and UTF-8 cannot hold, become U+FFFD."""
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode("utf-8")
