"""Reads a few sentences the way the pipeline does, without a page around them."""

from foedera.claims import make_claims
from foedera.language import default_reader
from foedera.model import Article, Block, DateValue, content_id

PUBLISHED = "2024-05-15"  # a Wednesday


def article(text, title=None, published=PUBLISHED, caption=None):
    """An article of one block per line: a title, paragraphs, and a caption at the end."""
    parts = [("title", title)] if title else []
    parts += [("paragraph", line) for line in text.split("\n")]
    parts += [("caption", caption)] if caption else []
    blocks, whole = [], ""
    for kind, line in parts:
        blocks.append(Block(kind, len(whole), len(whole) + len(line), "line"))
        whole += line + "\n"
    date = DateValue.of(published, "stated", "given") if published else DateValue()
    return Article(content_id("art", whole), "pag_x", "x.txt", whole, tuple(b for b in blocks if b.end > b.start),
                   title=title, published=date)  # fmt: skip


def claims(text, **parts):
    """All claims of a text."""
    whole = article(text, **parts)
    return make_claims(whole, default_reader().read(whole))


def of_kind(kind, text, **parts):
    """Claims of one kind, as `events` or `figures`."""
    return [c for c in claims(text, **parts) if kind == c.KIND]


def only(kind, text, **parts):
    """The one claim of a kind."""
    found = of_kind(kind, text, **parts)
    assert len(found) == 1, found
    return found[0]


def roles(event):
    """Source codes, target codes."""
    return [a.code for a in event.source], [a.code for a in event.target]


def coded(text, **parts):
    """Type, source codes and target codes of each event, "=" for symmetric ones, as "SUPPORT CAN>ISL"."""
    out = []
    for e in of_kind("events", text, **parts):
        source, target = roles(e)
        out.append(
            f"{e.type} {'='.join(sorted(source))}" if e.symmetric else f"{e.type} {'+'.join(source)}>{'+'.join(target)}"
        )
    return out
