"""The sidecar: statements about single documents, checked before anything is read."""

from __future__ import annotations

import pytest

from foedera.model import Metadata
from foedera.model.errors import UsageError
from foedera.sources import SidecarTable, SourceOptions, open_pages


def write(tmp_path, text, name="said.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_statements_reach_their_documents_and_the_rest_is_told(tmp_path):
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    for name in ("a.txt", "sub/b.txt", "c.txt"):
        (folder / name).write_text("Talks.", encoding="utf-8")
    (folder / "d.jsonl").write_text('{"text": "One."}\n{"text": "Two."}\n', encoding="utf-8")
    side = write(
        folder,
        "document,published,outlet\n./a.txt,2019-08-22,\nsub\\b.txt,2019,Post\n"
        "d.jsonl,,Wire\nd.jsonl#2,2018,\nno.txt,2019,\n",
    )
    table = SidecarTable.load(side)
    options = SourceOptions(sidecar=table, stated=Metadata(outlet="All", licence="CC0-1.0"))
    found = list(open_pages([str(folder)], options))
    said = {f.document: (f.stated.published, f.stated.outlet, f.stated.licence) for f in found}
    assert said == {
        "a.txt": ("2019-08-22", "All", "CC0-1.0"),
        "c.txt": (None, "All", "CC0-1.0"),
        "d.jsonl#1": (None, "Wire", "CC0-1.0"),
        "d.jsonl#2": ("2018", "Wire", "CC0-1.0"),
        "sub/b.txt": ("2019", "Post", "CC0-1.0"),
    }
    assert table.unused == ("no.txt",)


def test_a_file_is_found_by_its_path_and_by_its_bare_name(tmp_path):
    (tmp_path / "sub").mkdir()
    path = tmp_path / "sub" / "a.txt"
    path.write_text("Talks.", encoding="utf-8")
    by_path = write(tmp_path, f'{{"document": "{path.as_posix()}", "title": "T"}}\n\n', "said.jsonl")
    (page,) = open_pages([str(path)], SourceOptions(sidecar=str(by_path)))
    assert page.stated.title == "T"
    by_name = write(tmp_path, "document\ttitle\na.txt\tU\n", "said.tsv")
    (page,) = open_pages([str(tmp_path / "sub")], SourceOptions(sidecar=by_name))
    assert page.stated.title == "U"


@pytest.mark.parametrize(
    ("text", "name", "message"),
    [
        ("document,publshed\na,2019\n", "s.csv", r"unknown column 'publshed'.*document, title, published"),
        ("document,x,y\n", "s.csv", "unknown columns 'x', 'y'"),
        ("title\nT\n", "s.csv", "no column 'document'"),
        ("document,title,title\n", "s.csv", "twice"),
        ("document,published\na,2019\nb,soon\n", "s.csv", r"'soon' in row 2.*s\.csv"),
        ("document,published\na,2019-02-30\n", "s.csv", "'2019-02-30' in row 1"),
        ("document,title\na\n", "s.csv", "row 1 has 1 columns"),
        ("document,title\na,T\na,U\n", "s.csv", "'a' is named in rows 1 and 2"),
        ("document,title\n,T\n", "s.csv", "row 1 names no document"),
        ('document,title\n"a,T\n', "s.csv", "cannot be parsed"),
        ("{}\n", "s.jsonl", "no column 'document'"),
        ("[]\n", "s.jsonl", "row 1 is a list"),
        ("{\n", "s.jsonl", "row 1 is not JSON"),
        ('{"document": "a", "title": ["T"]}\n', "s.jsonl", r"title \['T'\] in row 1"),
    ],
)
def test_malformed_tables_are_refused_at_the_call(tmp_path, text, name, message):
    path = write(tmp_path, text, name)
    with pytest.raises(UsageError, match=message):
        open_pages(["-"], SourceOptions(sidecar=path))


def test_a_table_that_is_not_there(tmp_path):
    with pytest.raises(UsageError, match="cannot be read"):
        open_pages(["-"], SourceOptions(sidecar=tmp_path / "none.csv"))
    (tmp_path / "latin.csv").write_bytes(b"document,title\na,caf\xe9\n")
    with pytest.raises(UsageError, match="cannot be read"):
        open_pages(["-"], SourceOptions(sidecar=tmp_path / "latin.csv"))
