"""The store: versions, times, keys, supersession, locks, compaction."""

import json
import os
import subprocess
import sys
from dataclasses import replace

import pytest
from store_samples import article, claims, fill, page

from foedera.model import CLAIM_KINDS, Rows
from foedera.model.errors import (
    StoreDamaged,
    StoreError,
    StoreLocked,
    StoreMissing,
    StoreTooNew,
    UsageError,
)
from foedera.store import (
    COMMITS,
    TABLES,
    Stamp,
    Store,
    article_row,
    claim_row,
    page_row,
    row_article,
    row_claim,
    row_page,
    schema_markdown,
    tables,
)
from foedera.store.log import parse_moment


def event(ident):
    return {**claim_row(claims("art_a")[0]), "id": ident}


def add(store, *idents, **options):
    with store.writer() as writer:
        writer.append("events", [event(ident) for ident in idents])
        return writer.commit(**options)


def count(store, table="events"):
    return store.sql(f"SELECT count(*) FROM {table}")[1][0][0]


def test_an_empty_store_answers(store):
    assert store.version == 0
    assert [commit.kind for commit in store.versions()] == ["create"]
    for table, schema in TABLES.items():
        assert list(store.rows(table)) == []
        assert store.sql(f"SELECT * FROM {table}") == (list(schema.names), [])
    assert store.known("pages", ["x"]) == set()
    assert store.check() == []


def test_every_kind_of_record_comes_back(full):
    assert row_page(next(full.rows("pages"))) == page("a.txt")
    assert row_article(next(full.rows("articles"))) == article("art_a", page("a.txt").id)
    for claim in claims("art_a", "a"):
        assert [row_claim(claim.KIND, row) for row in full.rows(claim.KIND)] == [claim]
    assert full.check() == []


def test_columns_are_typed_as_documented(full):
    for table, schema in TABLES.items():
        described = {row[0]: row[1].replace('"', "") for row in full.sql(f"DESCRIBE all_{table}")[1]}
        assert described == {name: kind.replace('"', "") for name, kind in schema.types.items()}


def test_rows_serves_the_protocol(filled):
    source: Rows = filled
    assert [row["id"] for row in source.rows("events", {"article": "art_a"})] == ["evt_a1"]


def test_where(filled):
    add(filled, "evt_b", "evt_c")
    ids = lambda where: [row["id"] for row in filled.rows("events", where)]  # noqa: E731
    assert ids({"id": "evt_b"}) == ["evt_b"]
    assert ids({"id": ["evt_c", "evt_a1", "no"]}) == ["evt_a1", "evt_c"]
    assert ids({"id": []}) == []
    assert ids({"speaker": None, "id": ("evt_b",)}) == ["evt_b"]
    assert ids({"speaker": ["x", None], "id": "evt_c"}) == ["evt_c"]
    assert ids({"confidence": 0.5, "symmetric": False, "id": "evt_b"}) == ["evt_b"]
    assert ids({"id": "'; DROP VIEW events; --"}) == []


@pytest.mark.parametrize("where", [{"nope": 1}, {"date": "2019"}, {"modes": "x"}, {"id": {"a": 1}}, {"id": [["x"]]}])
def test_where_refuses_what_it_cannot_compare(filled, where):
    with pytest.raises(UsageError):
        filled.rows("events", where)


def test_unknown_tables_are_named(store):
    with pytest.raises(UsageError, match="no table 'evnts'"):
        store.rows("evnts")
    with pytest.raises(UsageError), store.writer() as writer:
        writer.append("evnts", [])


def test_versions_and_as_of(store):
    first, second = add(store, "evt_1", counts={"events": 1}), add(store, "evt_2")
    assert (first, second, store.version) == (1, 2, 2)
    assert [count(Store.open(store.path, as_of=version)) for version in (0, 1, "2")] == [0, 1, 2]
    commits = store.versions()
    for commit in commits:
        assert Store.open(store.path, as_of=commit.at).version == commit.version
    assert Store.open(store.path, as_of=commits[-1].at[:10]).version == 2
    assert commits[1].counts == {"events": 1}
    old = Store.open(store.path, as_of=1)
    assert len(old.versions()) == 2
    assert old.sql("SELECT max(version) FROM commits")[1] == [(1,)]


@pytest.mark.parametrize("moment", [3, -1, "99", "2001-01-01", "2001-01-01T10:00"])
def test_moments_outside_the_record_name_its_range(filled, moment):
    with pytest.raises(StoreError, match="choose a"):
        Store.open(filled.path, as_of=moment)


@pytest.mark.parametrize("moment", ["yesterday", "2026-13-01", "", "v1"])
def test_moments_of_no_form_are_refused(filled, moment):
    with pytest.raises(UsageError):
        Store.open(filled.path, as_of=moment)


def test_a_day_lasts_until_its_end_in_utc():
    assert parse_moment("2026-11-03").isoformat() == "2026-11-03T23:59:59.999999+00:00"
    assert parse_moment("2026-11-03T12:00").isoformat() == "2026-11-03T12:00:00+00:00"
    assert parse_moment("2026-11-03T12:00+02:00") == parse_moment("2026-11-03T10:00Z")


def test_a_store_as_of_a_moment_is_not_written_to(filled):
    with pytest.raises(UsageError, match="as of a moment"), Store.open(filled.path, as_of=1).writer():
        pass


def test_an_open_store_stays_at_its_version(filled):
    reader = Store.open(filled.path)
    add(filled, "evt_new")
    assert (reader.version, count(reader)) == (1, 1)
    reader.refresh()
    assert (reader.version, count(reader)) == (2, 2)


def test_the_same_rows_again_make_no_version(full):
    assert fill(full, "a", kinds=CLAIM_KINDS) == 1
    assert full.version == 1


def test_a_key_is_written_once(filled):
    assert add(filled, "evt_a1", "evt_n", "evt_n") == 2
    assert sorted(row["id"] for row in filled.rows("events")) == ["evt_a1", "evt_n"]
    pair = {"article_a": "art_a", "article_b": "art_b", "similarity": 1.0, "kind": "exact"}
    for _ in range(2):
        with filled.writer() as writer:
            writer.append("copies", [pair, {**pair, "article_b": "art_c"}])
            writer.commit()
    assert count(filled, "copies") == 2
    with pytest.raises(UsageError):
        filled.known("copies", ["art_a"])


def test_known(filled):
    assert filled.known("articles", ["art_a", "art_z"]) == {"art_a"}


def test_the_stamp_is_on_every_row(store):
    stamp = Stamp("9.9", "plover-1", "k1", "run_7")
    with store.writer(stamp) as writer:
        writer.append("events", [event("evt_1")])
        writer.commit()
    row = next(store.rows("events"))
    assert {name: row[name] for name in stamp.row()} == stamp.row()
    assert store.versions()[-1].run == "run_7"


def test_superseded_articles_and_their_claims_step_back(full):
    store = full
    fill(store, "b", supersedes="art_a", kinds=CLAIM_KINDS)
    assert [row["id"] for row in store.rows("articles")] == ["art_b"]
    assert [row["id"] for row in store.rows("all_articles")] == ["art_a", "art_b"]
    for kind in CLAIM_KINDS:
        assert [row["article"] for row in store.rows(kind)] == ["art_b"]
        assert {row["article"] for row in store.rows(f"all_{kind}")} == {"art_a", "art_b"}
    assert store.known("articles", ["art_a"]) == {"art_a"}
    assert [row["id"] for row in Store.open(store.path, as_of=1).rows("articles")] == ["art_a"]


def test_an_exception_leaves_nothing(filled):
    def stop():
        yield event("evt_lost")
        raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"), filled.writer() as writer:
        writer.append("events", stop())
    assert (filled.version, count(filled)) == (1, 1)


def test_a_row_of_the_wrong_type_leaves_nothing(filled):
    with filled.writer() as writer:
        writer.append("articles", [article_row(article("art_n"))])
        writer.append("events", [{**event("evt_n"), "modes": "not a list"}])
        with pytest.raises(UsageError, match="does not fit"):
            writer.commit()
    assert (filled.version, count(filled, "articles")) == (1, 1)
    assert add(filled, "evt_n") == 2


def test_a_failed_write_is_rolled_back(filled, monkeypatch):
    """The last of several tables fails; the first is on disk by then."""
    real = tables.append

    def full(path, *rest):
        if path.name == "events":
            raise StoreError("no space left")
        return real(path, *rest)

    monkeypatch.setattr(tables, "append", full)
    with pytest.raises(StoreError, match="no space"):
        fill(filled, "b")
    monkeypatch.undo()
    assert count(Store.open(filled.path), "articles") == 1
    assert len(tables.files(filled.path / "tables" / "articles")[1]) == 1
    assert fill(filled, "b") == 2
    assert filled.check() == []


def test_rows_that_were_never_committed_are_an_error(filled):
    with pytest.raises(UsageError, match="never committed"), filled.writer() as writer:
        writer.append("events", [event("evt_n")])
    assert filled.version == 1


def test_a_writer_commits_several_times(store):
    with store.writer() as writer:
        for ident in ("evt_1", "evt_2"):
            writer.append("events", [event(ident)])
            writer.commit()
    assert (store.version, count(store)) == (2, 2)


def test_a_large_append_is_typed_in_parts(store, monkeypatch):
    monkeypatch.setattr("foedera.store.writer._FLUSH", 2_000)
    with store.writer() as writer:
        for i in range(20):
            writer.append("events", [event(f"evt_{i:02}")])
        writer.commit()
    assert [row["id"] for row in store.rows("events")] == [f"evt_{i:02}" for i in range(20)]
    assert len(store.manifest.tables["events"].files) == 1


def test_the_order_of_rows_depends_on_their_content(tmp_path):
    stores = [Store.create_or_open(tmp_path / name) for name in "ab"]
    add(stores[0], "evt_1", "evt_2", "evt_3")
    for ident in ("evt_3", "evt_1", "evt_2"):
        add(stores[1], ident)
    assert list(stores[0].rows("events")) == list(stores[1].rows("events"))


def test_a_second_writer_is_refused(filled):
    with filled.writer(), pytest.raises(StoreLocked, match="process"), Store.open(filled.path).writer(wait=0.01):
        pass


def test_a_second_process_is_refused_and_told_the_holder(filled):
    code = (
        "import sys\nfrom foedera.store import Store\nfrom foedera.model.errors import StoreLocked\n"
        "try:\n    Store.open(sys.argv[1]).writer(wait=0.01).__enter__()\n"
        "except StoreLocked as error:\n    print(error)"
    )
    with filled.writer() as writer:
        command = [sys.executable, "-c", code, str(filled.path)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        assert f"process {os.getpid()}" in done.stdout
        writer.append("events", [event("evt_n")])
        writer.commit()


def test_compaction_keeps_content_and_old_versions(filled):
    store = filled
    for i in range(3):
        add(store, f"evt_{i}")
    before = list(store.rows("events"))
    assert store.compact(threshold=3) == 5
    assert len(store.manifest.tables["events"].files) == 1
    assert store.versions()[-1].kind == "compact"
    assert list(store.rows("events")) == before
    assert [count(Store.open(store.path, as_of=version)) for version in (1, 4, 5)] == [1, 4, 4]
    assert store.compact(threshold=3) == 5
    assert store.check() == []
    metadata = (
        "SELECT DISTINCT compression, bloom_filter_offset IS NOT NULL FROM parquet_metadata(?) "
        "WHERE path_in_schema = 'id'"
    )
    for state in store.manifest.tables.values():
        paths = [str(store.path / "tables" / state.table / file.path) for file in state.files]
        assert store.connect().execute(metadata, [paths]).fetchall() == [("ZSTD", True)]


def test_a_closing_writer_compacts_by_itself(store, monkeypatch):
    monkeypatch.setattr("foedera.store.writer.COMPACT_AT", 3)
    for i in range(6):
        add(store, f"evt_{i}")
    assert count(store) == 6
    assert "compact" in {commit.kind for commit in store.versions()}
    assert len(store._log.files) <= 4
    assert [commit.version for commit in store.versions()] == list(range(store.version + 1))


def test_columns_that_came_later_are_null_in_old_rows(store, monkeypatch):
    full = TABLES["events"]
    monkeypatch.setitem(TABLES, "events", replace(full, columns=full.columns[:-5] + full.columns[-4:]))
    old = event("evt_old")
    del old["symmetric"]
    with store.writer() as writer:
        writer.append("events", [old])
        writer.commit()
    monkeypatch.setitem(TABLES, "events", full)
    store.refresh()
    assert next(store.rows("events"))["symmetric"] is None
    add(store, "evt_z")
    assert [row["symmetric"] for row in store.rows("events")] == [None, False]


def test_paths_that_delta_would_misread_are_refused(tmp_path):
    for name in ("a[1]", "a*", "50%"):
        with pytest.raises(UsageError, match="choose a path"):
            Store.create_or_open(tmp_path / name)
        assert not (tmp_path / name).exists()


def test_paths_with_spaces_and_quotes_work(tmp_path):
    store = Store.create_or_open(tmp_path / "mein 'Archiv' é#1")
    fill(store, "a")
    assert store.check() == []
    assert store.sql("SELECT id FROM events")[1] == [("evt_a1",)]


def test_missing_stores(tmp_path):
    with pytest.raises(StoreMissing):
        Store.open(tmp_path / "no")
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreMissing):
        Store.open(tmp_path / "file")
    with pytest.raises(StoreMissing):
        Store.open(tmp_path)


def test_a_folder_of_something_else_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("x")
    with pytest.raises(UsageError, match="not an empty folder"):
        Store.create_or_open(tmp_path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize("mark", ["", "{", "[]", "{}", '{"format": "1"}', '{"format": 0}', "\x00\xff"])
def test_a_damaged_mark_is_named(filled, mark):
    (filled.path / "foedera.json").write_bytes(mark.encode("latin-1"))
    with pytest.raises(StoreDamaged, match="format"):
        Store.open(filled.path)


def test_a_newer_format_is_refused(filled):
    (filled.path / "foedera.json").write_text(json.dumps({"format": 2}))
    with pytest.raises(StoreTooNew):
        Store.create_or_open(filled.path)


def test_a_lost_mark_does_not_start_a_new_record(filled):
    (filled.path / "foedera.json").unlink()
    with pytest.raises(StoreDamaged, match="missing"):
        Store.create_or_open(filled.path)


def test_tables_of_a_newer_delta_are_refused(filled):
    entry = filled.path / "tables" / "events" / "_delta_log" / ("0" * 20 + ".json")
    entry.write_text(entry.read_text().replace('"minReaderVersion":1', '"minReaderVersion":2'))
    with pytest.raises(StoreTooNew, match="reader version 2"), filled.writer():
        pass


def test_the_reference_names_every_column():
    text = schema_markdown()
    for schema in [*TABLES.values(), COMMITS]:
        section = text.split(f"## {schema.name}\n")[1].split("\n## ")[0]
        for column in schema.columns:
            assert f"| `{column.name}` | {column.type.replace(chr(34), '')} | {column.doc} |" in section
        assert set(schema.key) | set(schema.order) <= set(schema.names)


def test_pages_are_known_before_they_are_read(filled):
    assert filled.known("pages", [page_row(page("a.txt"))["id"]])
