"""A small record for the tests of the store: one page, one article, one claim of each kind."""

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
    OffsetMap,
    Page,
    Policy,
    StanceToward,
    Statement,
)
from foedera.store import article_row, claim_row, page_row

TEXT = "Zwei 😀 e\u0301\nUtopia met Arcadia on Monday."


def article(ident="art_1", page="", text=TEXT):
    start = text.index("\n") + 1
    blocks = (Block("title", 0, start - 1, "first line"), Block("paragraph", start, len(text), "the rest"))
    published = DateValue.of("2026-11-02", "explicit", "dateline")
    return Article(ident, page, "a.txt", text, blocks, OffsetMap(((0, 0), (5, 9))), title="Zwei", published=published,
                   repairs=("joined lines",), signature=(1, 2**32 - 1))  # fmt: skip


def claims(ident="art_1", tag=""):
    start = TEXT.index("Utopia")
    met = TEXT.index("met")
    place = {"start": start, "end": len(TEXT), "evidence": TEXT[start:], "focus": (met, met + 3)}
    base = {"article": ident, "document": "a.txt", **place}
    source, target = Actor("UTO", "GOV", "Utopia", candidates=("UTP",)), Actor(None, None, "x")
    return [
        Event(id=f"evt_{tag}1", type="CONSULT", modes=("visit",), source=(source,), target=(target,), **base),
        Statement(id=f"stm_{tag}1", side=("UTO",), stance=(StanceToward(None, "critical", True),), **base),
        AgreementAct(id=f"agr_{tag}1", agreement="Pact of Arcadia", stage="signed", parties=("UTO", "ARC"), **base),
        Meeting(id=f"mtg_{tag}1", meeting="summit", participants=("UTO", "ARC"), status="held", **base),
        Incident(id=f"inc_{tag}1", incident="overflight", parties=("UTO",), **base),
        Figure(id=f"fig_{tag}1", measure="trade", value=1.5e9, unit="USD", currency="USD", **base),
        Policy(id=f"pol_{tag}1", country="UTO", topic="visas", change="tightened", **base),
        Capability(id=f"cap_{tag}1", country="UTO", system="radar", change="planned", partners=("ARC",), **base),
    ]


def page(name="a.txt"):
    return Page(name, f"/in/{name}", "text/plain", "text/plain", TEXT.encode())


def fill(store, tag="", supersedes=None, kinds=("events",)):
    """Write one page, its article and some kinds of claims as one version."""
    one = page(f"{tag}.txt")
    with store.writer() as writer:
        writer.append("pages", [page_row(one)])
        writer.append("articles", [article_row(article(f"art_{tag}", one.id), supersedes)])
        for claim in claims(f"art_{tag}", tag):
            if claim.KIND in kinds:
                writer.append(claim.KIND, [claim_row(claim)])
        return writer.commit(run=f"run_{tag}")
