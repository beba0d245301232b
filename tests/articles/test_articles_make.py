"""From a page to an article: precedence of what is known, dates with their basis, HTML, language and refusals."""

from __future__ import annotations

import datetime as dt
import socket

import pytest

import foedera.articles
from foedera.articles import make_article
from foedera.articles.language import detect
from foedera.model.article import Article
from foedera.model.errors import InputError
from foedera.model.page import Metadata, Page

LATEST = dt.date(2024, 6, 30)
NOTHING = Metadata()
BODY = (
    "The foreign ministers of both countries signed the treaty on Tuesday after ten years of talks.\n"
    "Parliament has to ratify it before the end of the year, the speaker said.\n"
)
PARAGRAPHS = "".join(f"<p>{line}</p>" for line in BODY.strip().split("\n")) + (
    "<p>The opposition has promised to vote against the treaty, which it calls a gift to the other side.</p>"
    "<p>Fishermen on both banks of the river told reporters that they had not been asked at all.</p>"
)


def plain(text: str, *, stated: Metadata = NOTHING, declared: Metadata = NOTHING) -> Article:
    page = Page("a.txt", "a.txt", "text/plain", "text/plain", text.encode(), stated, declared)
    return make_article(page, latest=LATEST)


def markup(text: str, *, stated: Metadata = NOTHING, declared: Metadata = NOTHING) -> Article:
    page = Page("a.html", "a.html", "text/html", "text/html", text.encode(), stated, declared)
    return make_article(page, latest=LATEST)


def test_public_surface() -> None:
    assert foedera.articles.__all__ == ["CopyIndex", "make_article", "signature_of", "similar"]


def test_stated_outranks_declared_and_found() -> None:
    text = "Treaty signed at last\nBy Jane Doe\nMarch 7, 2023\n" + BODY
    found = plain(text)
    assert (found.title, found.byline, found.published.value) == ("Treaty signed at last", "By Jane Doe", "2023-03-07")
    assert found.stated == ()
    declared = plain(text, declared=Metadata(byline="D. Clared", published="2023-02"))
    assert (declared.byline, declared.published.value, declared.published.basis) == ("D. Clared", "2023-02", "metadata")
    stated = plain(
        text, stated=Metadata(byline="S. Tated", published="2022-01-05", outlet="The Post"), declared=declared_meta()
    )
    assert (stated.byline, stated.published.value, stated.published.basis) == ("S. Tated", "2022-01-05", "stated")
    assert stated.stated == ("published", "outlet", "byline")
    assert stated.outlet == "The Post"


def declared_meta() -> Metadata:
    return Metadata(byline="D. Clared", published="2023-02")


def test_a_date_after_the_latest_day_is_not_believed() -> None:
    found = plain("Treaty signed at last\nMarch 7, 2023\n" + BODY, stated=Metadata(published="2031-01-01"))
    assert (found.published.value, found.published.basis) == ("2023-03-07", "explicit")
    found = plain("Treaty signed at last\nMarch 7, 2031\n" + BODY)
    assert found.published.value is None or (found.published.last is not None and found.published.last <= LATEST)


@pytest.mark.parametrize(
    ("head", "value"),
    [
        ("Treaty signed at last\nPublished: 12 March 2023\n", "2023-03-12"),
        ("Treaty signed at last\nUpdated 13 March 2023, 10:20\nPublished 12 March 2023\n", "2023-03-12"),
        ("Treaty signed at last\nLast updated on 2023-03-13\n", "2023-03-13"),
        ("Treaty signed at last\n13/03/2023\n", "2023-03-13"),
        ("March 12, 2023\nTreaty signed at last\n", "2023-03-12"),
        ("Treaty signed at last\nSEOUL, March 12, 2023 (Agency) — ", "2023-03-12"),
        ("Monday, June 3\nTreaty signed at last\nMarch 12, 2023\n", "2023-03-12"),
    ],
)
def test_written_dates(head: str, value: str) -> None:
    published = plain(head + BODY).published
    assert (published.value, published.basis) == (value, "explicit")
    assert published.reasons


@pytest.mark.parametrize(
    "head",
    [
        "Monday, June 3\nTreaty signed at last\n",
        "June 3, 2024\nTreaty signed at last\nSEOUL, March 12 (Agency) — ",
        "June 3, 2024\nHome\nWorld\nSports\nTreaty signed at last\n",
        "Treaty signed at last\n03/04/2023\n",
    ],
)
def test_page_loads_and_doubtful_dates_are_not_explicit(head: str) -> None:
    assert plain(head + BODY).published.basis != "explicit"


def test_a_head_date_that_the_report_contradicts() -> None:
    text = "June 3, 2024\nTreaty signed at last\n" + BODY + "The talks had begun in 2009 and failed twice in 2010.\n"
    assert plain(text).published.basis != "explicit"


def test_html() -> None:
    found = markup(
        "<html lang='en'><head><title>Treaty signed at last | The Post</title>"
        "<meta property='og:site_name' content='The Post'>"
        "<meta property='article:published_time' content='2023-03-07T10:00:00Z'></head><body>"
        "<nav><ul><li>Home</li><li>World</li></ul></nav><article><h1>Treaty signed at last</h1>"
        "<figure><img src='a.jpg'><figcaption>Ministers in the capital</figcaption></figure>"
        f"{PARAGRAPHS}</article><footer>Terms of use</footer></body></html>"
    )
    assert found.title == "Treaty signed at last"
    assert (found.published.value, found.published.basis) == ("2023-03-07", "metadata")
    assert (found.outlet, found.language, found.offsets) == ("The Post", "en", None)
    assert found.lines("title") == ["Treaty signed at last"]
    assert len(found.lines("paragraph")) == 4
    assert found.lines("caption") == ["Ministers in the capital"]
    assert found.lines("furniture") == ["Home", "World", "Terms of use"]
    assert len(found.signature) == 128


def test_html_in_future_metadata_is_not_believed() -> None:
    found = markup(
        "<html><head><meta property='article:published_time' content='2031-03-07'></head>"
        f"<body><article><h1>Treaty signed at last</h1>{PARAGRAPHS}</article></body></html>"
    )
    assert found.published.value is None or found.published.value < "2024-07"


def test_html_furniture_is_bounded() -> None:
    links = "".join(f"<li>Link number {i}</li>" for i in range(900))
    found = markup(
        f"<html><body><nav><ul>{links}</ul></nav><article><h1>Treaty</h1>{PARAGRAPHS}</article></body></html>"
    )
    assert len(found.lines("furniture")) == 200


def test_thin_html_is_read_line_by_line() -> None:
    found = markup("<html><body><div>Ministers met in Seoul on Monday to sign the pact.</div></body></html>")
    assert found.lines("paragraph") == ["Ministers met in Seoul on Monday to sign the pact."]


def test_same_page_same_article() -> None:
    assert plain("Treaty signed at last\n" + BODY) == plain("Treaty signed at last\n" + BODY)
    assert plain("Treaty signed at last\n" + BODY).id.startswith("art_")


def test_signatures_can_be_left_out() -> None:
    page = Page("a.txt", "a.txt", "text/plain", "text/plain", (BODY * 3).encode())
    assert make_article(page, latest=LATEST, signatures=False).signature == ()
    assert len(make_article(page, latest=LATEST).signature) == 128


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            "El presidente firmó el martes un acuerdo con su homólogo argentino sobre el río que los separa.",
            "es",
        ),
        ("両国の外相は火曜日に条約に署名した。議会は年末までに批准しなければならないと議長は述べた。" * 3, "ja"),
        ("Министры иностранных дел двух стран подписали во вторник договор после десяти лет переговоров.", "ru"),
        ("양국 외교장관은 화요일 서울에서 새로운 어업 협정에 서명했다. 야당은 이를 비판했다.", "ko"),
    ],
)
def test_other_languages_are_refused(text: str, code: str) -> None:
    with pytest.raises(InputError) as caught:
        plain(text)
    assert caught.value.reason == "not_english"
    assert f"language {code}" in caught.value.detail


def test_language_is_decided_on_the_body() -> None:
    assert plain("Reunión de ministros de Asuntos Exteriores\n" + BODY).language == "en"
    assert plain("El ministro firmó el acuerdo.").title is None
    assert plain("Ministers met.").language == "und"
    assert detect("12 34") == ("und", 0.0)


def test_the_users_word_on_language_holds() -> None:
    spanish = (
        "El presidente firmó el martes un acuerdo con su homólogo argentino sobre el río que separa a los dos países."
    )
    assert plain(spanish, stated=Metadata(language="en")).language == "en"
    with pytest.raises(InputError, match="stated as 'ko'"):
        plain(BODY, stated=Metadata(language="ko"))


@pytest.mark.parametrize(
    ("text", "reason"), [("", "empty"), (" \n ", "empty"), ("Home\nShare\n×\n", "no_text"), ("\u200b\u200b", "empty")]
)
def test_pages_without_text(text: str, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        plain(text)
    assert caught.value.reason == reason


def test_offsets_lead_to_the_page() -> None:
    original = (
        "Treaty signed at last\r\nIt canâ€™t fail, the minister of fisheries said &amp; left the hall.\r\n" + BODY
    )
    found = plain(original)
    assert found.offsets is not None
    at = found.text.index("ministers of both")
    assert original[found.offsets.original(at) :].startswith("ministers of both")
    assert found.repairs


def test_markup_without_text() -> None:
    with pytest.raises(InputError) as caught:
        markup("<html><body><script>var x = 1;</script></body></html>")
    assert caught.value.reason == "no_text"


def test_the_agency_of_a_dateline_is_the_credit():
    body = "The two ministers met on Tuesday and agreed to open the border, the foreign ministry said in a statement.\n"
    article = plain(f"Border to open again\n\nTBILISI, March 3, 2020 (Caucasus Wire) - {body}\n{body}")
    assert article.credit == "Caucasus Wire"
    assert plain(f"Border to open again\n\nTBILISI, March 3, 2020 - {body}\n{body}").credit is None


def test_a_page_of_one_line_keeps_its_head() -> None:
    head = '<head><title>Treaty</title><meta property="article:published_time" content="2023-04-05T10:00:00Z"/></head>'
    for doctype in ("", "<!doctype html>", "<!DOCTYPE html>\n"):
        found = markup(f"{doctype}<html>{head}<body><article>{PARAGRAPHS}</article></body></html>")
        assert (found.published.value, found.published.basis) == ("2023-04-05", "metadata")


def test_a_page_that_starts_with_an_address_is_not_fetched() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/secret"
        text = f"{address}\n<html>\n<body>\n{PARAGRAPHS}</body></html>".replace(" ", "\n")
        assert "treaty" in markup(text).text
        with pytest.raises(BlockingIOError):
            server.accept()
