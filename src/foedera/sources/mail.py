"""Mail messages: the text that was sent, and what the header says about it."""

from __future__ import annotations

import email.policy
from collections.abc import Iterator
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Final

from foedera.model import Metadata, Reject, sha256
from foedera.model.errors import InputError

from .dates import iso_published, mail_day
from .entry import Context, Entry, Found, cleaned, sample, shown

EML: Final = "message/rfc822"
_TELLING: Final = ("from", "subject", "date", "message-id", "mime-version", "received")
# The header parser of the standard library raises these on malformed values, depending on where it stumbles.
_HEADER_ERRORS: Final = (
    ValueError, TypeError, LookupError, AttributeError, AssertionError, RecursionError, MessageError,
    OverflowError,
)  # fmt: skip


def read_eml(entry: Entry, context: Context) -> Iterator[Found]:
    """The body of a message (plain text, or else HTML) as a page; each attachment is a reject.

    Declared are the subject as title, the day of the date header in the sender's zone, and the sender as byline.
    """
    data = entry.read_whole(context.options.limits.max_bytes)
    if not data.strip():
        raise InputError("empty", entry.document, f"{len(data)} bytes of nothing but white space")
    try:
        message = BytesParser(EmailMessage, policy=email.policy.default).parsebytes(data)
    except _HEADER_ERRORS as error:
        raise InputError("damaged", entry.document, f"not a readable message: {error}") from error
    if not any(name in message for name in _TELLING):
        raise InputError("damaged", entry.document, "no mail header (From, Subject, Date ...)")
    text, html = _body(message)
    if text.strip():
        yield context.page(entry, EML, cleaned(text), html=html, declared=_declared(message))
    else:
        yield entry.reject("no_text", "the message has no text and no HTML part with text")
    yield from _attachments(message, entry)


def _body(message: EmailMessage) -> tuple[str, bool]:
    """The first readable body, and whether it is HTML."""
    for kind in ("plain", "html"):
        try:
            part = message.get_body((kind,))
            text = _text(part) if isinstance(part, EmailMessage) else ""
        except _HEADER_ERRORS:
            continue
        if text.strip():
            return text, kind == "html"
    return "", False


def _text(part: EmailMessage) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    named = part.get_content_charset()
    for charset in (named, "utf-8", "cp1252"):
        try:
            # A message of before MIME says ASCII, or nothing, and sends what it likes.
            if charset and charset != "us-ascii":
                return payload.decode(charset).replace("\r\n", "\n")
        except (LookupError, ValueError):
            continue
    return payload.decode("utf-8", "replace").replace("\r\n", "\n")


def _declared(message: EmailMessage) -> Metadata:
    date = _header(message, "date")
    day = mail_day(date) if date else None
    return Metadata(
        title=_header(message, "subject"),
        published=day.isoformat() if day else iso_published(date) if date else None,
        byline=_sender(message),
    )


def _header(message: EmailMessage, name: str) -> str | None:
    try:
        value = str(message[name] or "")
    except _HEADER_ERRORS:
        return None
    return cleaned(" ".join(value.split())).decode("utf-8") or None


def _sender(message: EmailMessage) -> str | None:
    """The display name of the sender, or else the domain."""
    try:
        addresses = getattr(message["from"], "addresses", ())
        sender: Address | None = addresses[0] if addresses else None
    except _HEADER_ERRORS:
        return None
    if sender is None:
        return None
    return cleaned((sender.display_name or sender.domain).strip()).decode("utf-8") or None


def _attachments(message: EmailMessage, entry: Entry) -> Iterator[Reject]:
    """What is attached is not read; inline pictures of a layout are no documents and are passed over."""
    number = 0
    for part in message.walk():
        try:
            if part.get_content_disposition() != "attachment":
                continue
            name = part.get_filename() or part.get_content_type()
            payload = part.get_payload(decode=True)
        except _HEADER_ERRORS:
            name, payload = "unnamed", None
        number += 1
        data = payload if isinstance(payload, bytes) else b""
        yield Reject(
            f"{entry.document}#{shown(name)}",
            entry.locator,
            "unsupported_type",
            f"attachment {number} ({shown(name)}) is not read; save it as a file of its own",
            sample(data),
            sha256(data) if data else None,
        )
