"""Records survive the way to rows, through DuckDB's types, and back."""

import json
from dataclasses import fields

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_samples import article, claims, page

from foedera.model import (
    CLAIM_KINDS,
    Actor,
    Article,
    Block,
    DateValue,
    Metadata,
    OffsetMap,
    Page,
    Reject,
    StanceToward,
)
from foedera.model.errors import StoreDamaged, StoreError, UsageError
from foedera.store import (
    TABLES,
    Stamp,
    article_row,
    claim_row,
    page_row,
    reject_row,
    row_article,
    row_claim,
    row_page,
    row_reject,
)
from foedera.store.rows import DATA_LIMIT
from foedera.store.tables import encode, typed

CON = duckdb.connect()

text = st.text(max_size=12)
maybe = st.none() | text
texts = st.lists(text, max_size=3).map(tuple)
number = st.floats(allow_nan=False, allow_infinity=False)
offset = st.integers(0, 2**40)
dates = st.builds(DateValue, maybe, maybe, text, maybe, maybe, texts)
actors = st.lists(st.builds(Actor, maybe, maybe, text, maybe, text, number, texts), max_size=2).map(tuple)
stances = st.lists(st.builds(StanceToward, maybe, text, st.booleans()), max_size=2).map(tuple)
metadata = st.builds(Metadata, *[maybe] * len(fields(Metadata)))
pages = st.builds(Page, text, text, text, text, st.binary(max_size=40), metadata, metadata)
rejects = st.builds(Reject, text, text, text, text, maybe, maybe)
blocks = st.lists(st.builds(Block, text, offset, offset, text), max_size=3).map(tuple)
maps = st.none() | st.lists(st.tuples(offset, offset), max_size=3).map(tuple).map(OffsetMap)
signatures = st.lists(st.integers(0, 2**63 - 1), max_size=3).map(tuple)
articles = st.builds(Article, text, text, text, text, blocks, maps, maybe, dates, text, *[maybe] * 6, texts, texts,
                     signatures)  # fmt: skip

BY_TYPE = {
    "str": text,
    "str | None": maybe,
    "int": offset,
    "bool": st.booleans(),
    "float": number,
    "float | None": st.none() | number,
    "BlockKind": text,
    "DateValue": dates,
    "tuple[int, int]": st.tuples(offset, offset),
    "tuple[str, ...]": texts,
    "tuple[Actor, ...]": actors,
    "tuple[StanceToward, ...]": stances,
}


def stored(table, row):
    """The row as DuckDB gives it back."""
    schema = TABLES[table]
    relation = typed(CON, schema, f"[{encode(schema, [row], Stamp().row())[0]}]")
    assert relation.columns == list(schema.names)
    return dict(zip(relation.columns, relation.fetchall()[0], strict=True))


@settings(max_examples=25, deadline=None)
@given(pages)
def test_pages_round_trip(page):
    assert row_page(stored("pages", page_row(page))) == page


@settings(max_examples=25, deadline=None)
@given(articles, maybe)
def test_articles_round_trip(article, supersedes):
    row = stored("articles", article_row(article, supersedes))
    assert row_article(row) == article
    assert row["supersedes"] == supersedes


@settings(max_examples=25, deadline=None)
@given(rejects)
def test_rejects_round_trip(reject):
    assert row_reject(stored("rejects", reject_row(reject))) == reject


@pytest.mark.parametrize("kind", CLAIM_KINDS)
def test_claims_round_trip(kind):
    cls = CLAIM_KINDS[kind]

    @settings(max_examples=20, deadline=None)
    @given(st.builds(cls, **{f.name: BY_TYPE[f.type] for f in fields(cls)}))
    def run(claim):
        assert row_claim(kind, stored(kind, claim_row(claim))) == claim

    run()


def test_every_column_but_the_stamp_comes_from_the_record():
    stamp = set(Stamp().row())
    rows = {"pages": page_row(page()), "articles": article_row(article())}
    rows |= {"rejects": reject_row(Reject("a", "b", "empty", "d"))} | {c.KIND: claim_row(c) for c in claims()}
    for table, row in rows.items():
        assert set(row) == set(TABLES[table].names) - stamp, table


def test_large_pages_keep_their_hash_alone():
    large = Page("a", "/a", "text/plain", "text/plain", b"x" * (DATA_LIMIT + 1))
    row = page_row(large)
    assert row["data"] is None
    assert row["sha256"] == large.sha256
    with pytest.raises(StoreError, match="were not kept"):
        row_page(row)


def test_bytes_that_cannot_be_unpacked_are_damage():
    with pytest.raises(StoreDamaged, match="cannot be unpacked"):
        row_page({**page_row(page()), "data": "bm90IHpsaWI="})


def test_half_surrogates_keep_offsets():
    row = page_row(page())
    odd = stored("pages", {**row, "document": "a\ud83d\ude00b\udcff"})
    assert odd["document"] == "a\ufffd\ufffdb\ufffd"


@pytest.mark.parametrize("change", [{"extra": 1}, {"id": object()}, {"bytes": float("nan")}, {"stated": {1: {2}}}])
def test_rows_that_cannot_be_stored_are_refused(change):
    with pytest.raises(UsageError):
        encode(TABLES["pages"], [{**page_row(page()), **change}], Stamp().row())


def test_missing_columns_are_refused():
    row = page_row(page())
    del row["sha256"]
    with pytest.raises(UsageError, match="sha256"):
        encode(TABLES["pages"], [row], Stamp().row())


def test_own_stamp_wins():
    row = {**page_row(page()), "run": "run_own"}
    assert json.loads(encode(TABLES["pages"], [row], Stamp(run="run_x").row())[0])["run"] == "run_own"
