"""One page through all rooms."""

import datetime as dt

import pytest

from foedera.language import default_reader
from foedera.model import Metadata, Page, Reading, Reject
from foedera.model.errors import InputError
from foedera.pipeline import outcome, process

LATEST = dt.date(2024, 6, 30)
TEXT = (
    "Kenya and Uganda quarrel over rail links\n\nNAIROBI, May 14, 2024 - The government of Kenya on Monday condemned "
    "Uganda over the delay of the new railway. "
    "The foreign ministers of Kenya and Uganda met in Geneva last week, officials said.\n"
)


def page(text=TEXT, name="a.txt", **stated):
    data = text if isinstance(text, bytes) else text.encode()
    return Page(name, f"/in/{name}", "text/plain", "text/plain", data, stated=Metadata(**stated))


class Silent:
    """A reader that finds nothing."""

    name = "silent-1"

    def read(self, article):
        return Reading(article.id, self.name)


def test_a_page_becomes_an_article_with_claims():
    article, claims = process(page(), latest=LATEST)
    assert article.page == page().id
    assert article.published.value == "2024-05-14"
    assert {"events", "meetings"} <= {c.KIND for c in claims}
    for c in claims:
        assert c.article == article.id
        assert c.evidence == article.text[c.start : c.end]
        assert c.reader == default_reader().name


def test_relative_days_count_from_the_publication():
    _, claims = process(page(), latest=LATEST)
    body = [c for c in claims if c.KIND == "events" and c.block == "paragraph"]
    assert "2024-05-13" in {c.date.value for c in body if c.type == "ACCUSE"}


def test_what_is_stated_outranks_the_text():
    article, _ = process(page(published="2023-01-02", outlet="Lake Gazette"), latest=LATEST)
    assert (article.published.value, article.outlet) == ("2023-01-02", "Lake Gazette")


def test_another_reader_may_take_its_place():
    article, claims = process(page(), latest=LATEST, reader=Silent())
    assert claims == []
    assert article == process(page(), latest=LATEST)[0]


def test_signatures_only_when_asked_for():
    long = (
        TEXT
        + "The quarrel has lasted for years because neither of the two governments wants to pay for the bridge. " * 3
    )
    assert process(page(long), latest=LATEST)[0].signature == ()
    assert process(page(long), latest=LATEST, signatures=True)[0].signature != ()


def test_the_same_page_gives_the_same():
    assert process(page(), latest=LATEST) == process(page(), latest=LATEST)


def test_markup_is_read_too():
    html = "<html><head><title>Quarrel</title></head><body><article>" + "".join(
        f"<p>{p}</p>" for p in TEXT.split("\n\n")) + "</article></body></html>"  # fmt: skip
    one = Page("a.html", "/in/a.html", "text/html", "text/html", html.encode())
    _, claims = process(one, latest=LATEST)
    assert any(c.KIND == "events" and c.type == "ACCUSE" for c in claims)


@pytest.mark.parametrize("data", [b"", b"   \n\n ", b"\x00\x01\x02"])
def test_a_page_without_text_raises_and_becomes_a_reject(data):
    with pytest.raises(InputError):
        process(page(data), latest=LATEST)
    found = outcome(page(data), latest=LATEST)
    assert found.article is None
    assert found.claims == ()
    assert found.reject.document == "a.txt"
    assert found.reject.sha256 == page(data).sha256


def test_a_reject_passes_through():
    reject = Reject("b.bin", "/in/b.bin", "binary", "no text")
    assert outcome(reject, latest=LATEST).reject is reject
    assert outcome(reject, latest=LATEST).page is None


def test_outcomes_keep_their_order():
    inputs = [page(name="1.txt"), Reject("2", "/2", "binary", "no text"), page(b"", "3.txt"), page(name="4.txt")]
    found = [outcome(item, latest=LATEST) for item in inputs]
    assert [o.article is not None for o in found] == [True, False, False, True]
    assert [o.reject is not None for o in found] == [False, True, True, False]
