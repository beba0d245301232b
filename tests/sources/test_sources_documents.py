"""PDF, DOCX and mail: the text in them, and what they say about themselves."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml

from foedera.model import Metadata, Page, Reject
from foedera.sources import Limits, SourceOptions, open_pages

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def read(tmp_path, name, data, **options):
    (tmp_path / name).write_bytes(data)
    return list(open_pages([str(tmp_path / name)], SourceOptions(**options)))


def summary(found):
    return [(f.document, f.reason if isinstance(f, Reject) else f.data.decode("utf-8")) for f in found]


def pdf(*pages, title=None, encrypt=False):
    """A small PDF: one object for each part, and a table of where they are."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in pages:
        drawn = " ".join(f"BT /F1 12 Tf 50 {700 - 20 * i} Td ({line}) Tj ET" for i, line in enumerate(lines))
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {len(objects) + 2} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    objects.append(f"<< /Title ({title or ''}) /CreationDate (D:20190822) >>")
    trailer = f"/Root 1 0 R /Info {len(objects)} 0 R"
    if encrypt:
        blank = "00" * 32
        objects.append(f"<< /Filter /Standard /V 1 /R 2 /O <{blank}> /U <{blank}> /P -4 >>")
        trailer += f" /Encrypt {len(objects)} 0 R /ID [<{blank}> <{blank}>]"
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} {trailer} >>\n"
    return out + f"{end}startxref\n{len(out)}\n%%EOF\n".encode("latin-1")


def test_pdf_text_by_page_and_its_title(tmp_path):
    data = pdf(["The envoys met.", "They signed."], ["A second page."], title="Talks")
    (page,) = read(tmp_path, "a.pdf", data)
    assert page.data.decode() == "The envoys met.\nThey signed.\n\fA second page."
    assert (page.media_type, page.original_type) == ("text/plain", "application/pdf")
    assert page.declared == Metadata(title="Talks")


def test_pdf_by_its_first_bytes(tmp_path):
    assert summary(read(tmp_path, "a.txt", pdf(["The envoys met."]))) == [("a.txt", "The envoys met.")]


def test_pdfs_without_use(tmp_path):
    assert summary(read(tmp_path, "a.pdf", pdf([]))) == [("a.pdf", "no_text")]
    assert summary(read(tmp_path, "a.pdf", pdf(["Secret."], encrypt=True))) == [("a.pdf", "encrypted")]
    assert summary(read(tmp_path, "a.pdf", b"%PDF-1.4\n" + b"broken " * 50)) == [("a.pdf", "damaged")]
    assert summary(read(tmp_path, "a.pdf", pdf(["x"]), limits=Limits(max_bytes=100))) == [("a.pdf", "too_large")]


def word(*, title=None):
    document = docx.Document()
    document.core_properties.title = title or ""
    document.add_paragraph("The first paragraph.")
    table = document.add_table(2, 2)
    for number, cell in enumerate(c for row in table.rows for c in row.cells):
        cell.text = f"cell {number}"
    document.add_paragraph("The last paragraph.")
    return document


def saved(document):
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_docx_paragraphs_and_tables_in_order(tmp_path):
    (page,) = read(tmp_path, "a.docx", saved(word(title="Talks")))
    assert page.data.decode() == "The first paragraph.\ncell 0\tcell 1\ncell 2\tcell 3\nThe last paragraph."
    assert page.declared == Metadata(title="Talks")
    assert page.original_type.endswith("wordprocessingml.document")


def test_docx_by_its_content(tmp_path):
    found = read(tmp_path, "a.zip", saved(word()))
    assert [(f.document, type(f)) for f in found] == [("a.zip", Page)]


def test_docx_in_a_zip(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("in/a.docx", saved(word()))
    (page,) = read(tmp_path, "x.zip", out.getvalue())
    assert page.document == "x.zip#in/a.docx"
    assert page.data.startswith(b"The first paragraph.")


def test_docx_changes_controls_and_nested_tables(tmp_path):
    document = docx.Document()
    for xml in (
        f"<w:p {W}><w:r><w:t>Kept </w:t></w:r><w:ins><w:r><w:t>new</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:r><w:tab/><w:t>tab</w:t><w:br/><w:t>line</w:t></w:r></w:p>",
        f"<w:sdt {W}><w:sdtContent><w:p><w:r><w:t>In a control.</w:t></w:r></w:p></w:sdtContent></w:sdt>",
    ):
        document.element.body.insert(len(document.element.body) - 1, parse_xml(xml))
    table = document.add_table(1, 1)
    inner = table.cell(0, 0).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "a", "b"
    (page,) = read(tmp_path, "a.docx", saved(document))
    assert page.data.decode().split("\n")[:3] == ["Kept new\ttab", "line", "In a control."]
    assert page.data.decode().count("a\tb") == 1


def test_docx_without_use(tmp_path):
    assert summary(read(tmp_path, "a.docx", saved(docx.Document()))) == [("a.docx", "no_text")]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("word/document.xml", b"<w:document>")
    assert summary(read(tmp_path, "a.docx", out.getvalue())) == [("a.docx", "damaged")]
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100)
    assert summary(read(tmp_path, "a.docx", old)) == [("a.docx", "unsupported_type")]
    locked = old + "EncryptedPackage".encode("utf-16-le")
    assert summary(read(tmp_path, "a.docx", locked)) == [("a.docx", "encrypted")]
    assert summary(read(tmp_path, "a.docx", saved(word())[:-200])) == [("a.docx", "truncated")]


def test_docx_that_expands_too_far(tmp_path):
    out = io.BytesIO(saved(word()))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/media/image.bin", bytes(5_000_000))
    assert summary(read(tmp_path, "a.docx", out.getvalue())) == [("a.docx", "zip_bomb")]


MAIL = b"""From: "Border Post" <desk@post.example>
Date: Thu, 22 Aug 2019 23:30:00 +0900
Subject: =?utf-8?q?Talks_in_the_caf=C3=A9?=
MIME-Version: 1.0
"""


def test_a_plain_mail(tmp_path):
    data = MAIL + b"Content-Type: text/plain; charset=iso-8859-1\r\n\r\nThe caf\xe9 was full.\r\nIt rained.\r\n"
    (page,) = read(tmp_path, "a.eml", data)
    assert page.data.decode() == "The café was full.\nIt rained.\n"
    assert (page.media_type, page.original_type) == ("text/plain", "message/rfc822")
    assert page.declared == Metadata(title="Talks in the café", published="2019-08-22", byline="Border Post")


def parts(*bodies):
    joined = b"".join(b"--X\r\n" + body + b"\r\n" for body in bodies)
    return MAIL + b"Content-Type: multipart/mixed; boundary=X\r\n\r\n" + joined + b"--X--\r\n"


HTML = b"Content-Type: text/html\r\n\r\n<p>In HTML.</p>"


def test_mail_with_parts(tmp_path):
    data = parts(HTML, b"Content-Type: text/plain\r\n\r\nIn text.")
    assert summary(read(tmp_path, "a.eml", data)) == [("a.eml", "In text.")]
    (page,) = read(tmp_path, "a.eml", parts(HTML, b"Content-Type: text/plain\r\n\r\n  "))
    assert (page.media_type, page.data) == ("text/html", b"<p>In HTML.</p>")
    file = b"Content-Type: application/pdf\r\nContent-Disposition: attachment; filename=x.pdf\r\n\r\n%PDF"
    assert summary(read(tmp_path, "a.eml", parts(HTML, file))) == [
        ("a.eml", "<p>In HTML.</p>"), ("a.eml#x.pdf", "unsupported_type"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("head", "declared"),
    [
        (b"From: desk@post.example\nDate: no day\n", Metadata(byline="post.example")),
        (b"From: \xff\xfe <<>\nSubject: a\n b\nDate: Thu, 99 Aug 2019\n", Metadata(title="a b")),
        (b"Subject: Zone\nDate: Mon, 05 Feb 2024 09:12:00 +9999999990000\n", Metadata(title="Zone")),
        (b"Subject: A\nDate: 2019-08-22\n", Metadata(title="A", published="2019-08-22")),
    ],
)
def test_mail_headers_that_say_little(tmp_path, head, declared):
    (page,) = read(tmp_path, "a.eml", head + b"\nThe talks began.\n")
    assert (page.declared.title, page.declared.published) == (declared.title, declared.published)
    assert declared.byline is None or page.declared.byline == declared.byline


def test_mail_of_an_unknown_charset_and_without_text(tmp_path):
    data = MAIL + b"Content-Type: text/plain; charset=klingon\n\nThe caf\xe9.\n"
    assert summary(read(tmp_path, "a.eml", data)) == [("a.eml", "The café.\n")]
    assert summary(read(tmp_path, "a.eml", MAIL + b"\n\n")) == [("a.eml", "no_text")]
