"""Rows come out of every format as they went in, and nothing that a spreadsheet or a terminal would obey."""

import csv
import io
import json

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedera.exchange import FORMATS, printable, write_rows
from foedera.exchange.cells import csv_cell
from foedera.model.errors import UsageError

ROWS = [
    {"id": "evt_0123456789abcdef", "n": 1, "x": 0.5, "yes": True, "list": ["a"], "who": {"code": "JPN"}, "none": None},
    {"id": "evt_fedcba9876543210", "n": 2, "x": 2.0, "yes": False, "list": [], "who": {"code": None}, "none": None},
]
text = st.text(st.characters(blacklist_categories=("Cs",)))


def written(rows, fmt, **options):
    out = io.StringIO()
    result = write_rows(rows, out, fmt, **options)
    return result, out.getvalue()


def parquet(path):
    with duckdb.connect() as con:
        cursor = con.execute("SELECT * FROM read_parquet(?)", [str(path)])
        names = [(column[0], str(column[1])) for column in cursor.description]
        return names, [dict(zip([n for n, _ in names], row, strict=True)) for row in cursor.fetchall()]


def test_json_is_one_array_and_jsonl_an_object_a_line():
    result, out = written(iter(ROWS), "json")
    assert (result.rows, json.loads(out)) == (2, ROWS)
    result, out = written(iter(ROWS), "jsonl")
    assert [json.loads(line) for line in out.splitlines()] == ROWS
    assert written([{"a": "平和"}], "jsonl")[1] == '{"a": "平和"}\n'


@pytest.mark.parametrize("fmt", ["json", "jsonl", "csv", "table"])
def test_no_rows(fmt):
    result, out = written([], fmt, columns=["a", "b"])
    assert result.rows == 0
    assert out.strip() == {"json": "[]", "jsonl": "", "csv": "a,b", "table": "a  b\n─  ─"}[fmt]


def test_csv_keeps_nested_values_as_json():
    _, out = written(ROWS, "csv")
    rows = list(csv.DictReader(io.StringIO(out, newline=""), strict=True))
    assert json.loads(rows[0]["who"]) == {"code": "JPN"}
    assert rows[0]["none"] == ""
    assert rows[1]["x"] == "2.0"


@pytest.mark.parametrize("value", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "-cmd|' /C calc'!A0"])
def test_csv_makes_formulas_harmless(value):
    cell = next(csv.reader(io.StringIO(csv_cell(value), newline="")))
    assert cell == ["'" + value]


@pytest.mark.parametrize("value", ["-1", "+1.5", "-2e3", -7, 3.25])
def test_csv_leaves_numbers_alone(value):
    assert csv_cell(value) == str(value)


@given(st.lists(st.fixed_dictionaries({"a": text, "b": text}), max_size=5))
def test_csv_reads_back(rows):
    _, out = written(rows, "csv", columns=["a", "b"])
    back = list(csv.DictReader(io.StringIO(out.replace("\0", "\ufffd"), newline=""), strict=True))
    wanted = [{k: v.replace("\0", "\ufffd") for k, v in row.items()} for row in rows]
    assert [{k: v.removeprefix("'") for k, v in row.items()} for row in back] == [
        {k: v.removeprefix("'") for k, v in row.items()} for row in wanted
    ]


def test_csv_does_not_drop_a_column_that_comes_late():
    with pytest.raises(UsageError, match="columns that the first row lacks"):
        written([{"a": 1}, {"a": 1, "b": 2}], "csv")


def test_parquet_keeps_types(tmp_path):
    path = tmp_path / "rows.parquet"
    assert write_rows(iter(ROWS), path, "parquet").rows == 2
    _, rows = parquet(path)
    assert rows == ROWS


def test_parquet_with_stated_types_and_no_rows(tmp_path):
    path = tmp_path / "rows.parquet"
    write_rows([], path, "parquet", columns=["a", "b"], types={"a": "BIGINT[]", "b": 'STRUCT("end" VARCHAR)'})
    assert parquet(path)[1] == []
    write_rows([{"a": [], "b": {"end": None}}], path, "parquet", columns=["a", "b"], types={"a": "BIGINT[]"})
    assert parquet(path)[1] == [{"a": [], "b": {"end": None}}]


def test_parquet_does_not_take_texts_for_dates_or_numbers(tmp_path):
    path = tmp_path / "rows.parquet"
    rows = [{"a": "2019-08-22", "b": "12", "c": "true", "d'\"": "x\0y"}]
    write_rows(rows, path, "parquet")
    assert parquet(path)[1] == rows


def test_parquet_joins_types(tmp_path):
    path = tmp_path / "rows.parquet"
    write_rows([{"a": 1, "b": {"x": 1}}, {"a": 1.5, "b": {"y": "z"}}, {"a": None, "b": None}], path, "parquet")
    _, rows = parquet(path)
    assert [row["a"] for row in rows] == [1.0, 1.5, None]
    assert rows[1]["b"] == {"x": None, "y": "z"}


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_parquet_is_not_for_a_terminal():
    with pytest.raises(UsageError, match="terminal"):
        write_rows(ROWS, Terminal(), "parquet")


def test_parquet_to_a_stream_of_bytes():
    stream = io.TextIOWrapper(io.BytesIO())
    write_rows(ROWS, stream, "parquet")
    assert stream.buffer.getvalue()[:4] == b"PAR1"


def test_unknown_format_is_named_with_the_others():
    with pytest.raises(UsageError, match=r"'xlsx'.*jsonl"):
        write_rows(ROWS, io.StringIO(), "xlsx")


@pytest.mark.parametrize("fmt", FORMATS)
def test_a_file_is_replaced_only_when_all_is_written(tmp_path, fmt):
    path = tmp_path / "out"
    path.write_text("before")

    def rows():
        yield ROWS[0]
        raise RuntimeError("the source broke")

    with pytest.raises(RuntimeError):
        write_rows(rows(), path, fmt)
    assert path.read_text() == "before"
    write_rows(ROWS, path, fmt)
    assert path.read_bytes() != b"before"
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_a_file_that_cannot_be_written_is_wrong_usage(tmp_path):
    for path in (tmp_path, tmp_path / "no" / "such" / "folder"):
        with pytest.raises(UsageError):
            write_rows(ROWS, path, "csv")


def test_table_is_aligned_and_counts_what_it_shortens():
    rows = [{"id": "evt_0123456789abcdef", "text": "word " * 40, "名": "日本"}, {"id": "x", "text": "", "名": "a"}]
    result, out = written(rows, "table", width=50)
    lines = out.splitlines()
    assert (result.rows, result.shortened) == (2, 1)
    assert "evt_01234567 " in lines[2]
    assert "…" in lines[2]
    from rich.cells import cell_len

    assert all(cell_len(line) <= 50 for line in lines)


def test_table_streams_rows_that_are_wider_than_those_looked_at_first():
    rows = [{"a": "x"}] * 300 + [{"a": "a much longer cell"}]
    result, out = written(iter(rows), "table")
    assert (result.rows, result.shortened, len(out.splitlines())) == (301, 1, 303)


def test_table_shows_actors_dates_and_flags():
    row = {
        "who": [{"code": "JPN", "sector": "GOV", "mention": "Tokyo"}, {"code": None, "sector": None, "mention": "men"}],
        "date": {"value": "2019", "granularity": "year", "basis": "inferred"},
        "flag": False,
    }
    line = written([row], "table")[1].splitlines()[2]
    assert line.split("  ") == ["JPN GOV, “men”", "2019 ~", "no"]


@given(text)
def test_nothing_printable_steers_a_terminal(value):
    shown = printable(value)
    assert not any(ord(c) < 32 or 127 <= ord(c) < 160 or c in "\u202e\u2066" for c in shown)


def test_the_formats_are_those_of_the_contract():
    assert FORMATS == ("table", "json", "jsonl", "csv", "parquet")


@given(
    st.lists(st.tuples(text, text, text), min_size=1, max_size=8),
    st.integers(min_value=22, max_value=120),
)
def test_a_table_keeps_to_its_width(cells, width):
    from rich.cells import cell_len

    rows = [dict(zip(("first", "second", "third"), row, strict=True)) for row in cells]
    _, out = written(rows, "table", width=width)
    assert all(cell_len(line) <= width for line in out.split("\n"))
    assert out.count("\n") == len(rows) + 2


@pytest.mark.parametrize(
    "rows", [[{"a": {}}], [{"a": [{}]}], [{"a": [1, "x"]}, {"a": "text"}], [{"a": {"b": 1}}, {"a": 2}]]
)
def test_parquet_of_values_without_a_common_type_is_json(tmp_path, rows):
    path = tmp_path / "rows.parquet"
    write_rows(rows, path, "parquet")
    names, found = parquet(path)
    assert len(found) == len(rows)
    assert names[0][0] == "a"
