"""Every error that Foedera raises on purpose.

The tree::

    FoederaError
    ├── UsageError             wrong arguments: exit code 2
    │   └── UnknownCode        a code that the codebook does not have
    ├── InputError             one input could not be read: kept as a reject, exit code 1
    ├── KnowledgeError         a reference table is malformed: file, line, value
    ├── ModelError             a weight file is missing or damaged: path, expected hash
    ├── EvaluationError        a benchmark file is missing or malformed
    └── StoreError
        ├── StoreMissing       no store at that path
        ├── StoreLocked        another process writes to it
        ├── StoreDamaged       files do not agree with the log
        ├── StoreTooNew        written by a newer Foedera
        └── QueryRefused       a query that writes, or leaves the store

Every message names the value, where it was found, and the remedy.
"""

from __future__ import annotations

from typing import Final

REJECT_REASONS: Final[dict[str, str]] = {
    "missing": "the path does not exist",
    "no_permission": "the operating system refuses to open the file",
    "empty": "the input has no bytes, or only white space",
    "binary": "the bytes are not text in any encoding that Foedera knows",
    "unsupported_type": "the file type is not one that Foedera reads",
    "truncated": "a compressed file or archive ends before its end",
    "damaged": "a file is not what its type says (broken PDF, DOCX, zip ...)",
    "too_large": "the input is larger than the limit",
    "zip_bomb": "an archive expands beyond the limit on size, ratio or count",
    "path_escape": "an archive member would leave its folder",
    "encrypted": "the file asks for a password",
    "bad_row": "a line of JSONL or CSV cannot be parsed, or lacks its text field",
    "line_too_long": "a single line is longer than the limit",
    "no_text": "the page holds no readable text",
    "not_english": "the page is in a language that the reader does not read",
    "url_refused": "the address is private, or its scheme is not http or https",
    "fetch_failed": "the address could not be fetched within the limits",
    "reader_failed": "the reader could not finish this article",
}


class FoederaError(Exception):
    """Base of all errors raised on purpose.

    Args:
        problem: What is wrong, with the offending value.
        where: The file, line, table or option where it was found.
        remedy: What the user can do about it.
    """

    exit_code = 1

    def __init__(self, problem: str, *, where: str | None = None, remedy: str | None = None) -> None:
        self.problem, self.where, self.remedy = problem, where, remedy
        parts = [problem if where is None else f"{problem} [{where}]"]
        if remedy:
            parts.append(remedy)
        super().__init__(" — ".join(parts))

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.__dict__.copy(), self.args))


def _rebuild(kind: type[FoederaError], state: dict[str, object], args: tuple[object, ...]) -> FoederaError:
    """Unpickle without calling ``__init__``, whose arguments are keywords."""
    error = kind.__new__(kind)
    error.args = args
    error.__dict__.update(state)
    return error


class UsageError(FoederaError):
    """Wrong arguments: nothing was read or written."""

    exit_code = 2


class UnknownCode(UsageError):
    """A code that neither the codebook nor the directory has."""


class InputError(FoederaError):
    """One input could not be read. It becomes a row of the rejects table.

    Args:
        reason: A key of `REJECT_REASONS`.
        document: The name of the document, as in `Page.document`.
        detail: What was found, in words, with the place (line, member, byte).
    """

    def __init__(self, reason: str, document: str, detail: str, *, remedy: str | None = None) -> None:
        if reason not in REJECT_REASONS:
            raise ValueError(f"unknown reject reason {reason!r}")
        self.reason, self.document, self.detail = reason, document, detail
        super().__init__(f"{REJECT_REASONS[reason]}: {detail}", where=document, remedy=remedy)


class KnowledgeError(FoederaError):
    """A reference table is malformed."""


class ModelError(FoederaError):
    """A weight file is missing or damaged."""


class EvaluationError(FoederaError):
    """A benchmark file is missing or malformed."""

    exit_code = 2


class StoreError(FoederaError):
    """Something about the record on disk."""


class StoreMissing(StoreError):
    """There is no store at the path."""

    exit_code = 2


class StoreLocked(StoreError):
    """Another process writes to the store."""


class StoreDamaged(StoreError):
    """The files of the store do not agree with its log."""


class StoreTooNew(StoreError):
    """The store was written by a newer version of Foedera."""


class QueryRefused(StoreError):
    """A query that writes, leaves the store, or cannot be parsed."""

    exit_code = 2
