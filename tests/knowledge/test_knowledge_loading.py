"""Loading of tables."""

import pytest

from foedera.knowledge import cells, load_table, load_toml, loading, version
from foedera.model.errors import KnowledgeError


@pytest.fixture
def tables(tmp_path, monkeypatch):
    """A folder in place of the shipped tables; nothing is remembered between tests."""
    monkeypatch.setattr(loading, "_TABLES", tmp_path)
    for function in (loading.load_table, loading.load_toml, loading.version):
        function.cache_clear()
    yield tmp_path
    for function in (loading.load_table, loading.load_toml, loading.version):
        function.cache_clear()


def test_rows_come_in_order_without_comments(tables):
    (tables / "t.csv").write_text('# what it is\n# more\ncode,name\nB,"two, three"\n\nA,one|uno\n', encoding="utf-8")
    assert load_table("t") == ({"code": "B", "name": "two, three"}, {"code": "A", "name": "one|uno"})


@pytest.mark.parametrize("row", ["A", "A,b,c", 'A,"b",c'])
def test_a_row_of_another_width_is_told_with_its_place(tables, row):
    (tables / "t.csv").write_text(f"code,name\nX,y\n{row}\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"row 2 .*\[t\.csv\]"):
        load_table("t")


def test_a_missing_table_is_told(tables):
    with pytest.raises(KnowledgeError, match="no table 'nothing'"):
        load_table("nothing")
    with pytest.raises(KnowledgeError, match="no table 'nothing'"):
        load_toml("nothing")


def test_toml_is_read(tables):
    (tables / "t.toml").write_text('version = "1"\n[a]\nb = 2\n', encoding="utf-8")
    assert load_toml("t") == {"version": "1", "a": {"b": 2}}


def test_the_version_changes_with_any_byte_and_any_name(tables):
    seen = set()
    for name, body in (("a.csv", "x\n1\n"), ("a.csv", "x\n2\n"), ("b.csv", "x\n2\n")):
        (tables / name).write_text(body, encoding="utf-8")
        loading.version.cache_clear()
        seen.add(version())
        loading.version.cache_clear()
        assert version() in seen
    assert len(seen) == 3
    assert all(len(v) == 12 for v in seen)


@pytest.mark.parametrize(
    ("cell", "items"),
    [("", ()), ("a", ("a",)), ("a|b", ("a", "b")), (" a | b |", ("a", "b")), ("||", ()), ("a b|c", ("a b", "c"))],
)
def test_cells(cell, items):
    assert cells(cell) == items
