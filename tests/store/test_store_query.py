"""SQL that users write: it answers, and it reaches nothing else."""

import json
import shutil
from pathlib import Path

import duckdb
import pytest
from store_samples import fill

from foedera.model.errors import QueryRefused
from foedera.store import Store

COPY = "COPY (SELECT 1) TO '{out}'"


@pytest.fixture(scope="module")
def shared(templates, tmp_path_factory):
    """One store for the many queries that must leave it as it is."""
    return Store.open(shutil.copytree(templates / "filled", tmp_path_factory.mktemp("shared") / "record"))


def answers(store, text):
    return store.sql(text)[1]


@pytest.mark.parametrize(
    "text",
    [
        "SELECT id FROM events",
        "FROM events",
        "TABLE events",
        "(SELECT 1)",
        "VALUES (1), (2)",
        "WITH x AS (SELECT id FROM events) SELECT * FROM x;",
        "WITH RECURSIVE r AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM r WHERE i < 3) SELECT * FROM r -- three",
        "DESCRIBE events",
        "SHOW TABLES",
        "SUMMARIZE figures",
        "EXPLAIN SELECT * FROM events",
        "EXPLAIN ANALYZE SELECT * FROM events",
        "EXPLAIN (FORMAT json) SELECT * FROM events",
        "SELECT a.code FROM events, unnest(source) AS t(a)",
        "SELECT * FROM query('SELECT 1')",
        "SELECT version, kind FROM commits",
        "SELECT 'COPY (SELECT 1) TO ''x''' AS text",
        "PIVOT events ON type IN ('CONSULT') USING count(*) GROUP BY document",
    ],
)
def test_queries_that_only_read(shared, text):
    assert answers(shared, text)


REFUSED = [
    "",
    "-- nothing",
    "SELEC 1",
    "SELECT 1; SELECT 2",
    "SELECT * FROM nowhere",
    "SELECT 1 / 'x'",
    "SELECT $1",
    "CREATE TABLE t (i INT)",
    "CREATE VIEW events AS SELECT 1",
    "INSERT INTO events SELECT * FROM events",
    "DELETE FROM events",
    "DROP VIEW events",
    "SET threads = 1",
    "RESET memory_limit",
    "PRAGMA enable_profiling",
    "CALL enable_logging()",
    "ATTACH '{out}'",
    "USE memory",
    "INSTALL httpfs",
    "LOAD httpfs",
    "EXPORT DATABASE '{out}'",
    "IMPORT DATABASE '{out}'",
    "CHECKPOINT",
    "VACUUM",
    "PREPARE p AS SELECT 1",
    COPY,
    "COPY (SELECT 1) TO '{file}'",
    "EXPLAIN ANALYZE " + COPY,
    "EXPLAIN ANALYZE COPY (SELECT 1) TO '{file}'",
    "/* hello */ EXPLAIN ANALYZE COPY (SELECT 1) TO '{file}'",
    "EXPLAIN ANALYZE SELECT 1; COPY (SELECT 1) TO '{file}'",
    f"WITH x AS ({COPY}) SELECT * FROM x",
    "WITH x AS (COPY (SELECT 1) TO '{file}') SELECT 1",
    "EXPLAIN ANALYZE WITH x AS (COPY (SELECT 1) TO '{file}') SELECT 1",
    "WITH x AS MATERIALIZED (COPY (SELECT 1) TO '{new}') SELECT 1",
    "SELECT * FROM query('WITH x AS (COPY (SELECT 1) TO ''{file}'') SELECT * FROM x')",
    "SELECT * FROM json_execute_serialized_sql('{serialized}')",
    "SELECT * FROM query('SELECT * FROM json_execute_serialized_sql(''{serialized}'')')",
    "SELECT * FROM enable_logging(storage = 'file', storage_path = '{out}')",
    "SELECT * FROM read_csv('{secret}')",
    "SELECT * FROM read_text('{secret}')",
    "SELECT * FROM read_blob('{mark}')",
    "SELECT * FROM '{secret}'",
    "SELECT * FROM glob('{folder}/*')",
    "SELECT * FROM sniff_csv('{secret}')",
    "SELECT * FROM parquet_metadata('{secret}')",
    "SELECT * FROM read_parquet('https://example.org/x.parquet')",
    "SELECT getenv('HOME')",
    "SELECT * FROM outside",
]


@pytest.mark.parametrize("text", REFUSED)
def test_queries_that_write_or_leave_are_refused(shared, text):
    outside = [("a variable of this program",)]  # noqa: F841  DuckDB would find it without the sandbox
    filled, tmp_path = shared, shared.path.parent
    secret, out = tmp_path / "secret.csv", tmp_path / "out.parquet"
    secret.write_text("a,b\n1,2\n")
    file = next((filled.path / "tables" / "events").glob("*.parquet"))
    before = {path: path.read_bytes() for path in sorted(tmp_path.rglob("*")) if path.is_file()}
    copy = f"WITH x AS (COPY (SELECT 1) TO '{file}') SELECT * FROM x"
    serialized = duckdb.execute("SELECT json_serialize_sql(?)", [copy]).fetchall()[0][0].replace("'", "''")
    places = {"secret": secret, "out": out, "file": file, "new": file.with_name("new.parquet"), "folder": tmp_path,
              "mark": filled.path / "foedera.json", "serialized": serialized}  # fmt: skip
    for name, place in places.items():
        text = text.replace("{" + name + "}", str(place))
    with pytest.raises(QueryRefused) as refused:
        filled.sql(text)
    assert refused.value.remedy
    assert {path: path.read_bytes() for path in sorted(tmp_path.rglob("*")) if path.is_file()} == before


def test_the_serialized_copy_would_write_without_the_sandbox(tmp_path):
    """The escape that the test above closes is real: if it stops being one, that test proves nothing."""
    out = tmp_path / "out.csv"
    copy = f"WITH x AS (COPY (SELECT 1) TO '{out}') SELECT * FROM x"
    con = duckdb.connect()
    serialized = con.execute("SELECT json_serialize_sql(?)", [copy]).fetchall()[0][0]
    con.execute(f"SELECT * FROM json_execute_serialized_sql('{serialized.replace(chr(39), chr(39) * 2)}')").fetchall()
    assert out.exists()


def test_limit_and_columns(store):
    for tag in "abc":
        fill(store, tag)
    assert store.sql("SELECT id FROM events ORDER BY id", limit=2) == (["id"], [("evt_a1",), ("evt_b1",)])
    assert store.sql("SELECT id FROM events ORDER BY id", limit=1)[1] == [("evt_a1",)]


def test_a_query_that_takes_too_long_is_given_up(store):
    with pytest.raises(QueryRefused, match="longer than"):
        store.sql("SELECT count(*) FROM range(10000000) a, range(10000000) b WHERE a.range + b.range = 3", timeout=0.2)
    assert store.sql("SELECT 1")[1] == [(1,)]


def test_a_query_sees_its_version_alone(filled):
    old = Store.open(filled.path, as_of=0)
    newer = next((filled.path / "tables" / "events").glob("*.parquet"))
    with pytest.raises(QueryRefused):
        old.sql(f"SELECT * FROM read_parquet('{newer}')")
    assert old.sql("SELECT count(*) FROM events")[1] == [(0,)]


def test_an_escape_that_passes_the_first_test_still_cannot_open_files(filled, tmp_path, monkeypatch):
    """The two walls stand alone: without the reading of plans, files of the version aside, nothing can be written."""
    monkeypatch.setattr("foedera.store.query._operators", lambda plan: [])
    with pytest.raises(QueryRefused, match="leaves the store"):
        filled.sql(f"WITH x AS (COPY (SELECT 1) TO '{tmp_path}/out.csv') SELECT * FROM x")
    assert not Path(tmp_path, "out.csv").exists()


def test_programs_may_connect_and_write_elsewhere(filled, tmp_path):
    out = tmp_path / "out.json"
    with filled.connect() as con:
        con.execute(f"COPY (SELECT id FROM events) TO '{out}'").fetchall()
    assert json.loads(out.read_text()) == {"id": "evt_a1"}
