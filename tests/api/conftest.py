"""A small record for the tests of the public face: three articles, two of them copies, and claims of each kind."""

import pytest

import foedera
from foedera.model import (
    Actor,
    AgreementAct,
    Article,
    Block,
    Capability,
    DateValue,
    Event,
    Figure,
    Incident,
    Meeting,
    Page,
    Policy,
    Reject,
    StanceToward,
    Statement,
)
from foedera.store import Stamp, Store, article_row, claim_row, page_row, reject_row

TEXT = "A headline\nMenu | Login\nUtopia threatened Arcadia on Monday. Both met later.\nA picture of both.\n"
BODY = TEXT.index("Utopia")
END = TEXT.index(" Both")
PICTURE = TEXT.index("A picture")


def article(ident, document, published=None, credit=None, page=""):
    body_end = TEXT.index("\nA picture")
    blocks = (
        Block("title", 0, 10, "first line"),
        Block("furniture", 11, BODY - 1, "menu"),
        Block("paragraph", BODY, body_end, "prose"),
        Block("caption", PICTURE, PICTURE + 18, "caption"),
    )
    date = DateValue.of(published, "metadata") if published else DateValue()
    return Article(ident, page, document, TEXT, blocks, title="A headline", published=date, language="en",
                   outlet="Gazette", credit=credit, url="https://example.org/1", licence="CC0-1.0")  # fmt: skip


def base(ident, **own):
    given = {
        "id": ident,
        "article": "art_a",
        "document": "a.txt",
        "confidence": 0.9,
        "reason": "verb",
        "reader": "test-1",
    }
    given |= {"start": BODY, "end": END, "evidence": TEXT[BODY:END], "focus": (BODY + 7, BODY + 17)}
    return given | own


def actor(code):
    return Actor(code, "GOV", code or "someone")


def dated(value):
    return DateValue.of(value, "explicit") if value else DateValue()


def event(ident, source, target, date, kind="THREATEN", **own):
    return Event(**base(ident, date=dated(date), **own), type=kind, source=tuple(map(actor, source)),
                 target=tuple(map(actor, target)), symmetric=not target)  # fmt: skip


CLAIMS = [
    event("evt_1000000000000000", ["SWE"], ["DNK"], "2019-08-22"),
    event("evt_1100000000000000", ["DNK"], ["SWE"], "2019", "ACCUSE", status="denied"),
    event("evt_2000000000000000", ["SWE", "DNK"], [], "2020-03", "CONSULT"),
    event("evt_3000000000000000", ["SWE", None], ["FIN"], None, "AID", article="art_b", document="b.txt"),
    Statement(**base("stm_1"), side=("SWE",), stance=(StanceToward("DNK", "critical"), StanceToward(None, "neutral"))),
    AgreementAct(**base("agr_1"), agreement="The Pact", stage="signed", parties=("SWE", "DNK")),
    AgreementAct(**base("agr_2"), agreement="The Pact", stage="violated", parties=("SWE", "DNK"), actor="DNK"),
    Meeting(**base("mtg_1", status="held", date=dated("2019-08")), meeting="summit", participants=("SWE", "DNK")),
    Incident(**base("inc_1"), incident="Overflight", parties=("SWE", "DNK"), place="the strait"),
    Figure(**base("fig_1"), measure="Defence budget", value=1.5e9, unit="USD", currency="USD", country="SWE"),
    Policy(**base("pol_1"), country="DNK", topic="visas", change="tightened"),
    Capability(**base("cap_1"), country="SWE", system="radar", change="planned", partners=("FIN",)),
]


@pytest.fixture(scope="session")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("api") / "record"
    store = Store.create_or_open(path)
    pages = {name: Page(name, f"/in/{name}", "text/plain", "text/plain", TEXT.encode()) for name in ("a.txt", "b.txt")}
    with store.writer(Stamp(codebook="book-1", knowledge="k1", run="run_1")) as writer:
        writer.append("pages", [page_row(page) for page in pages.values()])
        writer.append("articles", [
            article_row(article("art_a", "a.txt", "2019-08-24", "With material of a wire", pages["a.txt"].id)),
            article_row(article("art_b", "b.txt", "2019-08-23", page=pages["b.txt"].id)),
            article_row(article("art_c", "c.txt", page=pages["a.txt"].id)),
        ])  # fmt: skip
        writer.append("copies", [{"article_a": "art_a", "article_b": "art_b", "similarity": 0.9, "kind": "near-copy"}])
        writer.append("rejects", [reject_row(Reject("e.txt", "/in/e.txt", "empty", "0 bytes"))])
        for claim in CLAIMS:
            writer.append(claim.KIND, [claim_row(claim)])
        writer.commit(run="run_1")
    return path


@pytest.fixture
def record(path):
    return foedera.open(path)
