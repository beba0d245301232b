"""The articles of the benchmark are many, different, and the same each time."""

import gzip
import importlib.util
import json
import re
from pathlib import Path

import pytest

TEXT = "On 12 May the senator from Ohio, Martha Quill, said that Bill Marsh and the mayor owed 340 voters a word."


@pytest.fixture(scope="module")
def articles():
    """The module that makes them."""
    path = Path(__file__).resolve().parents[2] / "bench" / "articles.py"
    spec = importlib.util.spec_from_file_location("foedera_bench_articles", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def texts(tmp_path):
    """Twenty texts in the layout of the data set."""
    path = tmp_path / "texts.jsonl.gz"
    rows = [
        {"doc": f"paper_2016-0{1 + n % 9}-11_x", "text": f"{TEXT} It was report {n} of {n * 7}."} for n in range(20)
    ]
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write("\n".join(map(json.dumps, rows)))
    return path


def test_each_text_is_used_twice_at_most_and_never_alike(articles, texts):
    rows = list(articles.articles(texts, 40))
    assert len({row["text"] for row in rows}) == 40
    assert rows == list(articles.articles(texts, 40))
    assert {row["published"][:5] for row in rows} == {"2016-"}
    with pytest.raises(SystemExit, match="only 40 of 41"):
        list(articles.articles(texts, 41))


def test_numbers_and_some_names_change_and_the_rest_stays(articles):
    changed = [articles.changed(TEXT, use) for use in range(8)]
    assert all(re.search(r"\d+", text)[0] != "12" for text in changed)
    assert len(set(changed)) == 8
    assert all(text.startswith("On ") and "owed" in text and "a word." in text for text in changed)
    assert any("Martha Quill" not in text for text in changed)


def test_rows_are_written_as_json_lines(articles, texts, tmp_path):
    articles.write_articles(texts, tmp_path / "out.jsonl", 25)
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert rows == list(articles.articles(texts, 25))
