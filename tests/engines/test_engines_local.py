"""Reading into a store: what is added once, what is kept, and what a killed run leaves."""

import datetime as dt
import json
import os
import signal
import subprocess
import sys
import textwrap

import pytest

from foedera.engines import Progress, ReadSettings, read_into
from foedera.model import CLAIM_KINDS, Metadata
from foedera.model.errors import UsageError
from foedera.sources import SourceOptions
from foedera.store import Store

TOPICS = (
    ("Kenya", "Uganda", "rail links across the lake"),
    ("Norway", "Sweden", "herring quotas in the north"),
    ("Peru", "Chile", "copper duties at the ports"),
)
SETTINGS = ReadSettings(batch=1, compact=False, latest=dt.date(2024, 6, 30))
# When something was written, and by which run: the only columns in which two ways to the same record may differ.
OF_THE_RUN = {"run", "started", "finished", "seconds", "version", "at", "recorded", "read_at", "created"}


def report(one, other, topic):
    return (
        f"{one} and {other} argue\n\nMay 14, 2024\n\nThe government of {one} on Monday condemned {other} over {topic}. "
        f"The foreign ministers of {one} and {other} met in Geneva last week. {one} will send 3 million dollars "
        f"to {other}, officials said, "
        f"once the quarrel about {topic} has been settled by the courts of both countries.\n"
    )


def write_pages(folder):
    folder.mkdir()
    for k, topic in enumerate(TOPICS):
        (folder / f"page{k}.txt").write_text(report(*topic), encoding="utf-8")
    return folder


def content(store_path):
    """The rows of all tables without the columns that tell one run from another."""
    store = Store.open(store_path)
    tables = [t for t in store.manifest.tables if t != "runs"]
    return {
        t: sorted(json.dumps({k: v for k, v in row.items() if k not in OF_THE_RUN}, sort_keys=True, default=str)
                  for row in store.rows(t))
        for t in tables
        if store.manifest.tables[t].rows
    }  # fmt: skip


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    return write_pages(tmp_path_factory.mktemp("in") / "pages")


@pytest.fixture(scope="module")
def whole(pages, tmp_path_factory):
    """A store that was read without interruption, and its summary."""
    path = tmp_path_factory.mktemp("whole") / "record"
    return path, read_into(path, [str(pages)], settings=SETTINGS)


def test_the_summary_counts_what_the_store_holds(whole):
    path, summary = whole
    store = Store.open(path)
    assert (summary.pages, summary.articles, summary.known, summary.copies) == (3, 3, 0, 0)
    assert summary.rejects == {}
    assert summary.version == store.version
    assert list(summary.claims) == list(CLAIM_KINDS)
    for kind, count in summary.claims.items():
        assert count == len(list(store.rows(kind)))
    assert summary.claims["events"] >= 6
    assert summary.claims["meetings"] == 3
    assert store.check() == []


def test_each_batch_is_a_version(whole):
    path, _ = whole
    kinds = [c.kind for c in Store.open(path).versions()]
    assert kinds[0] == "create"
    assert set(kinds[1:]) == {"read"}
    assert len(kinds) > len(TOPICS)


def test_reading_again_adds_nothing(whole, pages):
    path, first = whole
    before = content(path)
    again = read_into(path, [str(pages)], settings=SETTINGS)
    assert (again.pages, again.articles, again.known) == (3, 0, 3)
    assert not any(again.claims.values())
    assert again.version == first.version
    assert content(path) == before


def test_progress_is_told_page_by_page(pages, tmp_path):
    seen = []
    read_into(tmp_path / "record", [str(pages / "page0.txt"), str(pages / "page1.txt")], settings=SETTINGS,
              on_progress=seen.append)  # fmt: skip
    assert all(isinstance(p, Progress) for p in seen)
    assert [(p.pages, p.articles, p.current) for p in seen] == [(1, 1, "page0.txt"), (2, 2, "page1.txt")]


def test_the_same_page_twice_in_one_run_is_known(pages, tmp_path):
    one = str(pages / "page0.txt")
    summary = read_into(tmp_path / "record", [one, one], settings=SETTINGS)
    assert (summary.pages, summary.articles, summary.known) == (2, 1, 1)


def test_what_is_said_later_supersedes(pages, tmp_path):
    path, one = tmp_path / "record", str(pages / "page0.txt")
    read_into(path, [one], settings=SETTINGS)
    (old,) = Store.open(path).rows("articles")
    said = SourceOptions(stated=Metadata(outlet="Lake Gazette", published="2023-02-01"))
    summary = read_into(path, [one], options=said, settings=SETTINGS)
    assert (summary.articles, summary.known) == (1, 0)
    store = Store.open(path)
    (new,) = store.rows("articles")
    assert (new["outlet"], new["published"]["value"], new["supersedes"]) == ("Lake Gazette", "2023-02-01", old["id"])
    assert {row["id"] for row in store.rows("all_articles")} == {old["id"], new["id"]}
    assert {row["article"] for row in store.rows("events")} == {new["id"]}


def test_near_copies_are_recorded_and_kept(pages, tmp_path):
    folder = write_pages(tmp_path / "in")
    text = report(*TOPICS[0])
    (folder / "copy.txt").write_text(text.replace("officials said", "officials added"), encoding="utf-8")
    path = tmp_path / "record"
    summary = read_into(path, [str(folder)], settings=SETTINGS)
    store = Store.open(path)
    (pair,) = store.rows("copies")
    names = {row["id"]: row["document"] for row in store.rows("articles")}
    assert {names[pair["article_a"]], names[pair["article_b"]]} == {"page0.txt", "copy.txt"}
    assert pair["article_a"] < pair["article_b"]
    assert 0.5 < pair["similarity"] < 1
    assert (summary.articles, summary.copies) == (4, 1)


def test_copies_are_found_between_runs_and_not_looked_for_when_unwanted(pages, tmp_path):
    copy = tmp_path / "copy.txt"
    copy.write_text(report(*TOPICS[0]) + "\n", encoding="utf-8")
    for wanted, count in ((True, 1), (False, 0)):
        path = tmp_path / f"record{count}"
        settings = ReadSettings(copies=wanted, compact=False, latest=SETTINGS.latest)
        read_into(path, [str(pages / "page0.txt")], settings=settings)
        assert read_into(path, [str(copy)], settings=settings).copies == count


def test_rejects_are_kept_with_their_reason_and_once(pages, tmp_path):
    folder = write_pages(tmp_path / "in")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "noise.bin").write_bytes(bytes(range(256)) * 20)
    (folder / "german.txt").write_text(
        "Die Regierung von Kenia hat am Montag erklärt, dass sie mit der Regierung von Uganda über den Bau einer neuen "
        "Eisenbahnstrecke sprechen wird. Das sagte der Minister nach einer Sitzung des Parlaments in der Hauptstadt.\n"
        * 3,
        encoding="utf-8",
    )
    path = tmp_path / "record"
    summary = read_into(path, [str(folder)], settings=SETTINGS)
    assert summary.articles == 3
    rows = {row["document"]: row["reason"] for row in Store.open(path).rows("rejects")}
    assert set(rows) == {"empty.txt", "noise.bin", "german.txt"}
    assert rows["empty.txt"] == "empty"
    assert rows["german.txt"] == "not_english"
    assert sum(summary.rejects.values()) == 3
    assert {r.document for r in summary.rejected} == set(rows)
    again = read_into(path, [str(folder)], settings=SETTINGS)
    assert again.rejects == summary.rejects
    assert len(list(Store.open(path).rows("rejects"))) == 3


KILLED = """
    import datetime as dt, os, signal, sys
    from pathlib import Path
    from foedera.engines import ReadSettings, read_into
    from foedera.store import log, tables
    from foedera.store.writer import Writer

    def die(*_, **__):
        os.kill(os.getpid(), signal.SIGKILL)

    def at(function, call, before=False):
        calls = []
        def run(*args, **kwargs):
            calls.append(1)
            if before and len(calls) == call:
                die()
            result = function(*args, **kwargs)
            if len(calls) == call:
                die()
            return result
        return run

    {patch}
    read_into(Path(sys.argv[1]), [sys.argv[2]], settings=ReadSettings(batch=1, compact=False, latest=dt.date(2024, 6,
    30)))
"""

MOMENTS = {
    "while rows are gathered": ("Writer.append = at(Writer.append, 14)", 1),
    "inside the first data write": ("tables.append = at(tables.append, 2)", 0),
    "inside a later data write": ("tables.append = at(tables.append, 9)", 1),
    "between data and commit": ("log.write = at(log.write, 3, before=True)", 1),
    "just after a commit": ("log.write = at(log.write, 3)", 2),
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_killed_run_is_completed_by_the_next(moment, pages, whole, tmp_path):
    patch, batches = MOMENTS[moment]
    path = tmp_path / "record"
    code = textwrap.dedent(KILLED).format(patch=patch)
    killed = subprocess.run([sys.executable, "-c", code, str(path), str(pages)], capture_output=True, text=True,
    check=False,
                            env={**os.environ, "PYTHONHASHSEED": "7"})  # fmt: skip
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    left = Store.open(path)
    assert left.check() == []
    assert left.version == batches
    assert len(list(left.rows("articles"))) == batches
    summary = read_into(path, [str(pages)], settings=SETTINGS)
    assert (summary.pages, summary.known, summary.articles) == (3, batches, 3 - batches)
    assert content(path) == content(whole[0])
    assert Store.open(path).check() == []


def test_a_stated_date_in_the_future_is_refused(tmp_path):
    page = tmp_path / "a.txt"
    page.write_text("Talks end\n\nPeru and Chile ended their talks on Monday without an agreement, ministers said.\n")
    stated = SourceOptions(stated=Metadata(published="2999-01-01"))
    with pytest.raises(UsageError, match="2999-01-01"):
        read_into(tmp_path / "record", [str(page)], options=stated)
