"""A damaged record says where and how, and never fails with a traceback."""

import random
from contextlib import suppress

import pytest
from store_samples import article, claims, fill, page

from foedera.model.errors import FoederaError, StoreDamaged, StoreError
from foedera.store import Store, article_row, claim_row, page_row, tables


def problems(store):
    return {(p.table, p.id, p.problem) for p in store.check()}


def parquet(store, table):
    return next((store.path / "tables" / table).glob("*.parquet"))


def write(store, table, *rows):
    with store.writer() as writer:
        writer.append(table, rows)
        writer.commit()


def test_texts_beyond_the_basic_plane_are_sliced_as_python_does(store):
    text = "a😀e\u0301👨\u200d👩\u200d👧b\x00c ÿ"
    write(store, "pages", page_row(page()))
    write(store, "articles", article_row(article("art_u", page().id, text + "\nx")))
    base = claims("art_u")[0]
    rows = []
    for start in range(len(text)):
        for end in range(start, len(text) + 1):
            place = {"start": start, "end": end, "focus_start": start, "focus_end": end}
            rows.append({**claim_row(base), **place, "id": f"evt_{start}_{end}", "evidence": text[start:end]})
    write(store, "events", *rows)
    assert store.check() == []


WRONG = [
    ({"article": "art_none"}, "its article is not in the record"),
    ({"end": 10_000}, "its evidence lies outside the article"),
    ({"start": -1}, "its evidence lies outside the article"),
    ({"evidence": "Utopia met Arcadia on Tuesda."}, "its evidence is not the article's text at its offsets"),
    ({"evidence": None}, "its evidence is not the article's text at its offsets"),
    ({"focus_start": 0}, "its focus lies outside its evidence"),
    ({"focus_end": 10_000}, "its focus lies outside its evidence"),
]


def test_claims_without_evidence(filled):
    expected = set()
    with filled.writer() as writer:
        for i, (change, problem) in enumerate(WRONG):
            for claim in claims("art_a", f"x{i}"):
                writer.append(claim.KIND, [{**claim_row(claim), **change}])
                expected.add((claim.KIND, claim.id, problem))
        writer.commit()
    assert problems(filled) == expected


def test_articles_and_pages(filled):
    block = {"kind": "paragraph", "start": 0, "end": 5, "reason": ""}
    blocks, beyond = [block, {**block, "start": 4, "end": 6}], [{**block, "end": 9_999}]
    row = article_row(article("art_x", "pag_none"), supersedes="art_none")
    other = {**row, "id": "art_y", "page": page("a.txt").id}
    write(filled, "articles", {**row, "blocks": blocks}, {**other, "blocks": beyond})
    write(filled, "pages", {**page_row(page("b.txt")), "id": "pag_b", "sha256": "0" * 64},
          {**page_row(page("c.txt")), "id": "pag_c", "data": "bm90IHpsaWI="})  # fmt: skip
    found = problems(filled)
    assert ("articles", "art_x", "page pag_none is not in the record") in found
    assert ("articles", "art_y", "supersedes art_none is not in the record") in found
    assert ("articles", "art_x", "block 4-6 overlaps another, or lies outside the text") in found
    assert ("articles", "art_y", "block 0-9999 overlaps another, or lies outside the text") in found
    assert ("pages", "pag_b", "its bytes do not have its hash or length") in found
    assert any(table == "pages" and ident == "pag_c" for table, ident, _ in found)


def test_a_lost_file(filled):
    parquet(filled, "events").unlink()
    damaged = Store.open(filled.path)
    assert any(p.table == "events" and "cannot be read" in p.problem for p in damaged.check())
    with pytest.raises(StoreDamaged, match="check"):
        list(damaged.rows("events"))
    with pytest.raises(StoreError):
        damaged.sql("SELECT * FROM events")


def test_a_changed_byte_is_found_anywhere(filled):
    file = parquet(filled, "articles")
    whole = file.read_bytes()
    dice = random.Random(7)
    for position in [0, len(whole) - 1, len(whole) - 6, *(dice.randrange(len(whole)) for _ in range(4))]:
        changed = bytearray(whole)
        changed[position] ^= 0x55
        file.write_bytes(changed)
        damaged = Store.open(filled.path)
        assert ("articles", file.name, "the file has changed since it was written") in problems(damaged), position
        # It may still be readable; if it is not, that is an error of the store's own.
        with suppress(FoederaError):
            list(damaged.rows("articles"))
        with suppress(FoederaError):
            damaged.sql("SELECT * FROM articles")
    file.write_bytes(whole)
    assert Store.open(filled.path).check() == []


@pytest.mark.parametrize("name", ["events", "commits"])
def test_a_log_of_rubbish(filled, name):
    fill(filled, "b")
    folder = filled.path / name if name == "commits" else filled.path / "tables" / name
    for entry in (folder / "_delta_log").glob("*.json"):
        entry.write_text("rubbish")
    with pytest.raises(StoreDamaged), Store.open(filled.path).writer():
        pass
    if name == "events":
        assert any("Delta version" in p.problem for p in Store.open(filled.path).check())


def test_files_of_commits_changed_or_lost(filled):
    for file in (filled.path / "commits").glob("*.parquet"):
        file.write_bytes(file.read_bytes()[:-40])
    with pytest.raises(StoreDamaged, match="log of commits"):
        Store.open(filled.path)


@pytest.mark.parametrize("folder", ["commits", "tables/events", "tables/events/_delta_log", "commits/_delta_log"])
def test_lost_folders(filled, folder):
    (filled.path / folder).rename(filled.path.parent / "gone")
    with pytest.raises(StoreDamaged), Store.open(filled.path).writer():
        pass


def test_rolled_back_tables_of_somebody_else_are_noticed(filled):
    """Somebody restores one Delta table by hand: the log of commits still says what belongs together."""
    fill(filled, "b")
    tables.restore(filled.path / "tables" / "events", 1)
    again = Store.open(filled.path)
    assert again.check() == []
    assert len(list(again.rows("events"))) == 2
    assert fill(again, "c") == 3
    assert len(list(again.rows("events"))) == 3
