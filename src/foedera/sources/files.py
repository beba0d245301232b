"""From what the user names to pages: files, folders, standard input and addresses."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import stat
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

from foedera.model import Metadata, Reject
from foedera.model.errors import FoederaError, InputError

from . import archives, delimited, documents, mail, plain, tables, tars
from .addresses import is_url
from .entry import HEAD, Budget, Context, Entry, Found, Meter, Reader, shown
from .options import SourceOptions, check_stated
from .sidecar import SidecarTable
from .sniff import Kind, extension, kind_of

_READERS: Final[dict[Kind, Reader]] = {
    "text": plain.read_text,
    "html": plain.read_html,
    "pdf": documents.read_pdf,
    "docx": documents.read_docx,
    "eml": mail.read_eml,
    "jsonl": tables.read_jsonl,
    "json": tables.read_json,
    "csv": delimited.read_csv,
    "tsv": delimited.read_tsv,
}
_MISSING: Final = (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.ELOOP)


def open_pages(
    inputs: Sequence[str],
    options: SourceOptions = SourceOptions(),  # noqa: B008 - frozen
    *,
    stdin: BinaryIO | None = None,
) -> Iterator[Found]:
    """Open what the user names and yield its documents one by one.

    Args:
        inputs: Paths of files and folders, ``-`` for standard input, or http and https addresses.
        options: How inputs are opened.
        stdin: What ``-`` reads. None is the standard input of the process.

    Returns:
        Pages, and a reject for everything that could not be read. The same inputs give the same order: as they were
        named, folders sorted by path, rows and members as they lie in their file.

    Raises:
        UsageError: The stated date or the sidecar is malformed. This is raised at the call, before the first page.
    """
    check_stated(options.stated)
    sidecar = options.sidecar
    table = sidecar if isinstance(sidecar, SidecarTable) or sidecar is None else SidecarTable.load(sidecar)
    return _open_all(tuple(inputs), Context(options, table), stdin)


def _open_all(inputs: Sequence[str], context: Context, stdin: BinaryIO | None) -> Iterator[Found]:
    for named in inputs:
        if named == "-":
            yield from _open_stdin(context, stdin)
        elif is_url(named):
            yield from _open_url(named, context)
        else:
            yield from _open_path(named, context)


def _open_stdin(context: Context, stdin: BinaryIO | None) -> Iterator[Found]:
    meter = Meter(stdin or sys.stdin.buffer, "stdin")
    yield from read_entry(Entry("stdin", "", "stdin", meter, Budget(context.options.limits), named=True), context)


def _open_url(url: str, context: Context) -> Iterator[Found]:
    # Loaded here: files need no HTTP client.
    from . import web

    document = web.document_name(url)
    try:
        fetched = web.fetch(url, context.options.web)
    except InputError as refusal:
        yield Reject(document, web.without_password(url), refusal.reason, refusal.detail)
        return
    document = web.document_name(fetched.url)
    entry = Entry(
        document=document,
        name=document if "/" in fetched.url.split("://", 1)[1].rstrip("/") else "",
        locator=fetched.url,
        meter=Meter(io.BytesIO(fetched.data), document),
        budget=Budget(context.options.limits),
        named=True,
        media=fetched.media,
        declared=Metadata(url=fetched.url),
    )
    yield from read_entry(entry, context)


def _open_path(named: str, context: Context) -> Iterator[Found]:
    path = Path(named)
    document = shown(path.name or named)
    locator = shown(path.as_posix()) if named else ""
    try:
        if not named:
            raise FileNotFoundError(errno.ENOENT, "the name is empty")
        mode = os.stat(path).st_mode
    except (OSError, ValueError) as error:
        yield _refused(document, locator, error)
        return
    if stat.S_ISDIR(mode):
        yield from _open_folder(path, context)
    else:
        yield from _open_file(path, document, context, named=True)


def _open_file(path: Path, document: str, context: Context, *, named: bool) -> Iterator[Found]:
    locator = shown(path.as_posix())
    try:
        status = os.stat(path)
        if not stat.S_ISREG(status.st_mode):
            yield Reject(document, locator, "unsupported_type", "a device, pipe or socket; pipe it into '-'")
            return
        file = path.open("rb", buffering=0)
    except (OSError, ValueError) as error:
        yield _refused(document, locator, error)
        return
    with file:
        meter = Meter(file, document)
        budget = Budget(context.options.limits)
        entry = Entry(document, shown(path.name), locator, meter, budget, named=named, file=file)
        for found in read_entry(entry, context):
            if isinstance(found, Reject) and found.document == document and found.sha256 is None and status.st_size:
                yield replace(found, sha256=_hash_of(path, context.options.limits.max_total))
            else:
                yield found


def _hash_of(path: Path, limit: int) -> str | None:
    """The hash of a file. None for one that is larger than anything we read, or has gone."""
    try:
        if path.stat().st_size > limit:
            return None
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _refused(document: str, locator: str, error: Exception) -> Reject:
    """The reject for what the operating system says about a path."""
    if isinstance(error, PermissionError):
        reason = "no_permission"
    elif isinstance(error, OSError) and error.errno not in _MISSING:
        reason = "damaged"
    else:
        reason = "missing"
    words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return Reject(document, locator, reason, f"{locator or 'the empty name'}: {words}")


def _open_folder(folder: Path, context: Context) -> Iterator[Found]:
    """The files below a folder, sorted by path; hidden ones are skipped, and a folder that was seen is not re-read."""
    skipped = _sidecar_path(context)
    seen: set[tuple[int, int]] = set()
    pending = [folder]
    count = 0
    while pending:
        path = pending.pop()
        document = shown(path.relative_to(folder).as_posix()) if path != folder else shown(folder.name or ".")
        try:
            status = os.stat(path)
            if not stat.S_ISDIR(status.st_mode):
                if skipped is None or path.resolve() != skipped:
                    count += 1
                    yield from _open_file(path, document, context, named=False)
                continue
            if (status.st_dev, status.st_ino) in seen:
                continue
            seen.add((status.st_dev, status.st_ino))
            names = sorted(name for name in os.listdir(path) if not name.startswith("."))
        except (OSError, ValueError, RuntimeError) as error:
            count += 1
            yield _refused(document, shown(path.as_posix()), error)
            continue
        pending.extend(path / name for name in reversed(names))
    if not count:
        yield Reject(shown(folder.name or "."), shown(folder.as_posix()), "empty", "the folder holds no file to read")


def _sidecar_path(context: Context) -> Path | None:
    """Where the sidecar is, which is no document even where it lies in the folder."""
    return context.sidecar.path.resolve() if context.sidecar is not None else None


def read_entry(entry: Entry, context: Context) -> Iterator[Found]:
    """The pages and rejects of one thing; whatever is wrong with it becomes a reject."""
    try:
        entry.head = entry.stream.peek(HEAD)
        yield from _reader(entry, entry.head, context)(entry, context)
    except InputError as refusal:
        yield entry.reject(refusal.reason, refusal.detail)
    except (FoederaError, MemoryError):
        raise
    except Exception as error:
        # Parsers of old formats raise what nobody foresaw; that costs this input and not those behind it.
        yield entry.reject("damaged", f"{type(error).__name__}: {str(error)[:300]}")


def _reader(entry: Entry, head: bytes, context: Context) -> Reader:
    if not head:
        raise InputError("empty", entry.document, "no bytes")
    if entry.package:
        return documents.read_docx
    media = (entry.media or "").split(";", 1)[0].strip().lower() or None
    kind = kind_of(head, entry.name, named=entry.named, media=media, fields=context.options.fields)
    if kind == "unsupported":
        what = extension(entry.name) or media or "by its first bytes"
        raise InputError("unsupported_type", entry.document, f"file type {what} ({head[:8].hex(' ')} ...)")
    if kind == "binary":
        entry.probe()
        raise InputError("binary", entry.document, f"starts with the bytes {head[:8].hex(' ')}")
    return _READERS.get(kind) or partial(_ARCHIVES[kind], read=read_entry)


_ARCHIVES: Final = {
    "gzip": archives.read_gzip,
    "bzip2": archives.read_bzip2,
    "xz": archives.read_xz,
    "zip": archives.read_zip,
    "tar": tars.read_tar,
}
