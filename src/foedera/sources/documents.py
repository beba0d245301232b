"""PDF and DOCX: the text that lies in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import IO, Any, Final

from foedera.model import Metadata
from foedera.model.errors import InputError

from .entry import HEAD, Budget, Context, Entry, Found, Meter, cleaned, shown

PDF: Final = "application/pdf"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PAGE_BREAK: Final = "\n\f"
"""What stands between two pages of a PDF."""

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BREAKS: Final = {f"{_WORD}tab": "\t", f"{_WORD}br": "\n", f"{_WORD}cr": "\n", f"{_WORD}noBreakHyphen": "-"}


def read_pdf(entry: Entry, context: Context) -> Iterator[Found]:
    """The text of all pages as one page of ours, with `PAGE_BREAK` between them; a page that is damaged is a reject.

    The title comes from the file's metadata. Its creation date is when the file was made, and is no publication date.
    """
    # Loaded here, as below: it takes a while, and few inputs are PDF.
    import pypdfium2 as pdfium
    from pypdfium2.raw import FPDF_ERR_PASSWORD

    data = entry.read_whole(context.options.limits.max_bytes)
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if error.err_code == FPDF_ERR_PASSWORD:
            raise InputError("encrypted", entry.document, "the PDF asks for a password") from error
        raise InputError("damaged", entry.document, f"not a readable PDF: {error}") from error
    try:
        texts, broken = _pdf_pages(document, entry, context.options.limits.max_bytes)
        title = _pdf_title(document)
    finally:
        document.close()
    text = PAGE_BREAK.join(texts)
    if text.strip():
        yield context.page(entry, PDF, cleaned(text), declared=Metadata(title=title))
    for number, problem in broken:
        yield entry.reject("damaged", f"page {number} cannot be read: {problem}")
    if not text.strip() and not broken:
        yield entry.reject("no_text", f"{len(texts)} pages without a text layer (scanned?)")


def _pdf_pages(document: Any, entry: Entry, limit: int) -> tuple[list[str], list[tuple[int, str]]]:
    """The text of each page, and the number and problem of those that could not be read."""
    import pypdfium2 as pdfium

    texts: list[str] = []
    broken: list[tuple[int, str]] = []
    size = 0
    for number in range(1, len(document) + 1):
        try:
            page = document[number - 1]
            text = page.get_textpage().get_text_bounded()
            page.close()
        except pdfium.PdfiumError as error:
            broken.append((number, str(error)))
            continue
        # PDFium marks a hyphen at a line end by U+FFFE (or U+0002).
        texts.append(text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufffe", "-").replace("\x02", "-"))
        size += len(text)
        if size > limit:
            raise InputError("too_large", entry.document, f"more than {limit} characters of text, at page {number}")
    return texts, broken


def _pdf_title(document: Any) -> str | None:
    import pypdfium2 as pdfium

    try:
        title: str = document.get_metadata_value("Title")
    except (pdfium.PdfiumError, UnicodeDecodeError):
        return None
    return cleaned(title).decode("utf-8").strip("\x00 \t\r\n") or None


def read_docx(entry: Entry, context: Context) -> Iterator[Found]:
    """The paragraphs and tables of the body in their order: a paragraph or table row a line, cells between tabs.

    The title comes from the core properties; neither of their dates is a publication date.
    """
    data = entry.read_whole(context.options.limits.max_bytes)
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise InputError("encrypted", entry.document, "the Word file asks for a password")
        raise InputError("unsupported_type", entry.document, "a Word file of before 2007; save it as DOCX")
    if not data.startswith(b"PK\x03\x04"):
        raise InputError("damaged", entry.document, "not a DOCX: it does not start as a zip does")
    check_package(data, entry)
    # Loaded here: it takes a while, and few inputs are Word files.
    import docx

    try:
        document = docx.Document(io.BytesIO(data))
        lines = list(_blocks(document.element.body))
        title = (document.core_properties.title or "").strip() or None
    except Exception as error:
        # The parsers below raise whatever the broken part leads them to (KeyError, XMLSyntaxError, ValueError ...).
        raise InputError("damaged", entry.document, f"not a readable DOCX: {type(error).__name__}: {error}") from error
    text = "\n".join(lines)
    if not text.strip():
        raise InputError("no_text", entry.document, "the body holds no text")
    yield context.page(entry, DOCX, cleaned(text), declared=Metadata(title=title))


def check_package(data: bytes, entry: Entry) -> None:
    """Unpack an Office package once in small pieces and throw the pieces away, before a library unpacks it in one.

    Raises:
        InputError: ``truncated``, ``damaged``, ``encrypted`` or ``zip_bomb``.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            for part in parts:
                entry.budget.member(entry.document)
                with open_member(package, part, entry.document, entry.budget) as stream:
                    while stream.read(HEAD):
                        pass
    except zipfile.BadZipFile as error:
        raise InputError("damaged", entry.document, f"not a readable DOCX: {error}") from error


def open_member(package: zipfile.ZipFile, part: zipfile.ZipInfo, document: str, budget: Budget) -> Meter:
    """A member of a zip as a stream that stops at the limits.

    Raises:
        InputError: ``encrypted``, or ``unsupported_type`` for a compression that cannot be expanded in small pieces.
    """
    if part.flag_bits & 0x1:
        raise InputError("encrypted", document, f"member {shown(part.filename)} asks for a password")
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise InputError("unsupported_type", document, f"compression method {part.compress_type}")
    try:
        source: IO[bytes] = package.open(part)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise InputError("damaged", document, f"member {shown(part.filename)}: {error}") from error
    return Meter(source, document, budget, lambda: part.compress_size)


def _blocks(parent: Any) -> Iterator[str]:
    """Lines below an element: content controls and other wrappers are looked through, which python-docx does not."""
    for child in parent.iterchildren():
        if child.tag == f"{_WORD}p":
            yield _paragraph(child)
        elif child.tag == f"{_WORD}tbl":
            for row in child.iterfind(f".//{_WORD}tr"):
                if next(row.iterancestors(f"{_WORD}tbl")) is child:
                    cells = (cell for cell in row.iterfind(f".//{_WORD}tc") if _owns(row, cell))
                    yield "\t".join(" ".join(_blocks(cell)) for cell in cells)
        elif isinstance(child.tag, str) and child.tag not in (_FALLBACK, f"{_WORD}del", f"{_WORD}sectPr"):
            yield from _blocks(child)


def _owns(row: Any, cell: Any) -> bool:
    """Whether a cell belongs to the row itself rather than to a table inside it."""
    return next(cell.iterancestors(f"{_WORD}tr")) is row


def _paragraph(paragraph: Any) -> str:
    """The text of a paragraph with inserted runs and links; deleted text has elements of its own and stays out."""
    pieces: list[str] = []
    for node in paragraph.iter():
        if any(node.iterancestors(_FALLBACK, f"{_WORD}moveFrom")):
            continue
        if node.tag == f"{_WORD}p" and node is not paragraph:
            pieces.append("\n")
        elif node.tag == f"{_WORD}t":
            pieces.append(node.text or "")
        elif node.tag in _BREAKS and node.getparent().tag == f"{_WORD}r":
            pieces.append(_BREAKS[node.tag])
    return "".join(pieces)
