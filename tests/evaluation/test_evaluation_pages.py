"""Gold and its pages on disk, run through the real rooms: events, hygiene, publication dates, main text."""

import datetime as dt
import gzip
import io
import json
import shutil
import tarfile

import pytest
from evaluation_rows import DEMO_GOLD

from foedera.articles import make_article
from foedera.evaluation import (
    evaluate_claims,
    evaluate_events,
    evaluate_extraction,
    evaluate_hygiene,
    evaluate_publication_dates,
)
from foedera.evaluation.extraction import shingle_scores
from foedera.evaluation.hygiene import judge
from foedera.model import DateValue
from foedera.model.errors import EvaluationError
from foedera.pipeline import process as pipeline

LATEST = dt.date(2026, 1, 1)
BODY = (
    "The foreign ministers of Ruritania and Sylvania met in Strelsau on Tuesday and spoke for hours about the border.",
    "Neither side gave details, but both said that the talks had been useful and would go on after the holidays.",
    "A treaty of 1894 left the course of the river open, and the two capitals have argued about its islands since.",
)
HTML = """<!doctype html><html lang="en"><head><title>Ministers meet in Strelsau</title>
<meta property="article:published_time" content="2019-03-05T08:00:00Z">
<link rel="canonical" href="https://www.example.org/news/ministers-meet"></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
<article><h1>Ministers meet in Strelsau</h1>{}</article></body></html>"""


def full(page):
    return pipeline(page, latest=LATEST)


def article_only(page):
    return make_article(page, latest=LATEST, signatures=False), []


def html():
    return HTML.format("".join(f"<p>{p}</p>" for p in BODY))


@pytest.fixture
def gold(tmp_path):
    """A gold folder with one page in ../pages."""
    folder = tmp_path / "gold"
    (tmp_path / "pages").mkdir()
    folder.mkdir()
    (tmp_path / "pages" / "talks.html").write_text(html(), encoding="utf-8")
    hygiene = {"title": "Ministers meet in Strelsau", "boilerplate": ["Home", "World"], "captions": [],
               "publication_date": {"value": "2019-03-05", "granularity": "day"}}  # fmt: skip
    content = {"document": "talks.html", "hygiene": hygiene, "events": [], "meetings": []}
    (folder / "talks.json").write_text(json.dumps(content), encoding="utf-8")
    return folder


def test_a_demo_page_is_found_in_the_package_and_scored(tmp_path):
    shutil.copy(DEMO_GOLD / "01_lock_on_wire.json", tmp_path)
    out = evaluate_events(tmp_path, process=full, errors=True)
    assert (out["task"], out["n"], out["rejected"]) == ("events", 8, 0)
    assert out["model"]
    assert out["full_f1_low"] <= out["full_f1"] <= out["full_f1_high"]
    assert {line.split(" ")[0] for line in out["errors"]} <= {"missed", "spurious"}
    meetings = evaluate_claims("meetings", tmp_path, process=full)
    assert (meetings["task"], meetings["n"]) == ("claims meetings", 1)


def test_pages_may_be_named_as_files_or_folders(gold, tmp_path):
    page = tmp_path / "pages" / "talks.html"
    elsewhere = tmp_path / "elsewhere" / "deep"
    elsewhere.mkdir(parents=True)
    page.rename(elsewhere / "talks.html")
    for place in (elsewhere / "talks.html", tmp_path / "elsewhere"):
        assert evaluate_hygiene(gold, [place], process=article_only)["title_accuracy"] == 1


def test_a_missing_page_says_where_it_was_looked_for(gold, tmp_path):
    (tmp_path / "pages" / "talks.html").unlink()
    with pytest.raises(EvaluationError, match=r"'talks\.html' is missing") as caught:
        evaluate_events(gold, process=full)
    for place in (str(gold), "seeds", "pages", "reports"):
        assert place in caught.value.where


@pytest.mark.parametrize("text", ["{", "[]", '{"document": "talks.html"}'])
def test_malformed_gold_is_refused(gold, text):
    (gold / "talks.json").write_text(text)
    with pytest.raises(EvaluationError) as caught:
        evaluate_events(gold, process=full)
    assert str(gold) in str(caught.value)


def test_no_gold_folder_is_refused(tmp_path):
    with pytest.raises(EvaluationError, match="nowhere"):
        evaluate_events(tmp_path / "nowhere", process=full)


def test_a_rejected_page_makes_nothing_and_is_named(gold, tmp_path):
    (tmp_path / "pages" / "talks.html").write_bytes(b"")
    out = evaluate_hygiene(gold, process=article_only, errors=True)
    assert (out["rejected"], out["title_accuracy"], out["publication_unknown"], out["lines_recall"]) == (1, 0, 1, 0)
    assert out["errors"][0].startswith("rejected talks.html: empty")


def test_a_row_of_a_file_is_scored_alone(tmp_path):
    rows = [{"title": f"Report {n}", "text": "\n\n".join(BODY), "published": f"2019-03-0{n}"} for n in (1, 2)]
    (tmp_path / "two.jsonl").write_text("\n".join(map(json.dumps, rows)))
    wanted = {"title": "Report 2", "boilerplate": [], "captions": [], "publication_date": "2019-03-02"}
    (tmp_path / "two.json").write_text(json.dumps({"document": "two.jsonl#2", "hygiene": wanted}))
    out = evaluate_hygiene(tmp_path, process=article_only)
    assert (out["n"], out["title_accuracy"], out["publication_exact"]) == (1, 1, 1)


def test_hygiene_of_a_clean_page(gold):
    out = evaluate_hygiene(gold, process=article_only, errors=True)
    assert (out["title_accuracy"], out["publication_accuracy"], out["publication_exact"]) == (1, 1, 1)
    assert out["lines_recall"] == out["furniture_recall"]


@pytest.mark.parametrize(
    ("value", "wanted", "verdict"),
    [
        ("2019-03-05", "2019-03-05", "exact"),
        ("2019-03-05", "2019-03", "right"),
        ("2019-03", "2019-03-05", "right"),
        ("2019-03-06", "2019-03-05", "wrong"),
        ("2019", "2019-03-05", "wrong"),
        ("2019-03-01/2019-03-07", "2019-03-05", "right"),
        ("2019-03-06/2019-03-09", "2019-03-05", "wrong"),
        ("2019-02-27/2019-03-07", "2019-03-05", "wrong"),
    ],
)
def test_publication_dates_are_judged_at_their_own_precision(value, wanted, verdict):
    assert judge(DateValue.of(value, "inferred"), [wanted]) == verdict


def test_a_window_without_a_value_is_judged_and_nothing_is_unknown():
    assert judge(DateValue(low="2019-03-01", high="2019-03-07"), ["2019-03-05"]) == "right"
    assert judge(DateValue(low="2019-03-01"), ["2019-03-05"]) == "unknown"
    assert judge(DateValue(), ["2019-03-05"]) == "unknown"


def test_publication_dates_by_file_name_address_and_declared_address(tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    for name in ("one.html", "two.html", "https%3A%2F%2Fexample.net%2Fa.html"):
        (folder / name).write_text(html(), encoding="utf-8")
    (folder / "four.txt").write_text("\n\n".join(BODY))
    table = {
        "one.html": "2019-03-05",
        "https://example.net/a": {"date": "2019-03-06T10:00"},
        "http://example.org/news/ministers-meet/": "2019-03-05",
        "https://example.com/far": {"file": "two.html", "date": "2019-03"},
        "four.txt": "2019-03-05",
        "https://example.com/absent": "2019-03-05",
    }
    mapping = tmp_path / "dates.json"
    mapping.write_text(json.dumps(table))
    out = evaluate_publication_dates(mapping, folder, process=article_only, errors=True)
    keys = ("pages", "missing", "exact_accuracy", "coarser", "wrong", "unknown")
    assert [out[key] for key in keys] == [5, 1, 0.4, 0.2, 0.2, 0.2]
    assert sorted(line.split(" ")[0] for line in out["errors"]) == ["unknown", "wrong"]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"one.html": "soon"}', '{"one.html": "2019-03-05"}'])
def test_tables_of_dates_without_use_are_refused(tmp_path, text):
    (tmp_path / "dates.json").write_text(text)
    with pytest.raises(EvaluationError, match=r"dates\.json"):
        evaluate_publication_dates(tmp_path / "dates.json", tmp_path, process=article_only)


def benchmark(folder, *, packed):
    """Two pages in the layout of the benchmark; the second one's gold is another text."""
    truth = {
        "a1": {"articleBody": "\n".join(BODY), "url": "u"},
        "b2": {"articleBody": "Nothing of that was on the page.", "url": "u"},
    }
    (folder / "ground-truth.json").write_text(json.dumps(truth), encoding="utf-8")
    pages = {f"html/{name}.html.gz": gzip.compress(html().encode()) for name in truth}
    if packed:
        with tarfile.open(folder / "html.tar.xz", "w:xz") as tar:
            for name, data in pages.items():
                info = tarfile.TarInfo(name)
                info.size = len(data)
                tar.addfile(info, io.BytesIO(data))
    else:
        (folder / "html").mkdir()
        for name, data in pages.items():
            (folder / name).write_bytes(data)


@pytest.mark.parametrize("packed", [True, False])
def test_main_text_is_scored_in_both_layouts(tmp_path, packed):
    benchmark(tmp_path, packed=packed)
    out = evaluate_extraction(tmp_path, process=article_only, errors=True)
    assert (out["pages"], out["precision"], out["recall"], out["f1"]) == (2, 0.5, 0.5, 0.5)
    assert [line.split(":")[0] for line in out["errors"]] == ["b2"]
    assert evaluate_extraction(tmp_path, process=article_only, sample=1)["f1"] == 1


def test_missing_pages_of_the_benchmark_are_an_error(tmp_path):
    benchmark(tmp_path, packed=False)
    (tmp_path / "html" / "b2.html.gz").unlink()
    with pytest.raises(EvaluationError, match="'b2'"):
        evaluate_extraction(tmp_path, process=article_only)
    (tmp_path / "html" / "a1.html.gz").write_bytes(b"no gzip")
    with pytest.raises(EvaluationError, match="unpacked"):
        evaluate_extraction(tmp_path, process=article_only)
    with pytest.raises(EvaluationError, match=r"ground-truth\.json"):
        evaluate_extraction(tmp_path / "html", process=article_only)


def test_shingles_count_as_often_as_they_occur():
    assert shingle_scores("a b c d e", "a b c d e") == (1, 1)
    assert shingle_scores("a b c d e", "a b c d") == (0.5, 1)
    assert shingle_scores("a b c d", "a b c d a b c d") == (1, 0.2)
    assert shingle_scores("", "a b c d") == (0, 0)
    assert shingle_scores("", "") == (1, 1)


GERMAN = (
    "Die Außenminister von Ruritanien und Sylvanien trafen sich am Dienstag in Strelsau und sprachen über die Grenze.",
    "Keine der beiden Seiten nannte Einzelheiten, aber beide nannten die Gespräche nützlich und wollen sie fortsetzen.",
    "Ein Vertrag von 1894 ließ den Lauf des Flusses offen, und seitdem streiten die Hauptstädte über seine Inseln.",
)


def test_pages_in_other_languages_are_scored_unless_that_is_turned_off(tmp_path):
    (tmp_path / "html").mkdir()
    page = HTML.replace('lang="en"', 'lang="de"').format("".join(f"<p>{p}</p>" for p in GERMAN))
    (tmp_path / "html" / "a1.html.gz").write_bytes(gzip.compress(page.encode()))
    (tmp_path / "ground-truth.json").write_text(json.dumps({"a1": {"articleBody": " ".join(GERMAN)}}))
    assert evaluate_extraction(tmp_path, process=article_only)["f1"] == 1
    out = evaluate_extraction(tmp_path, process=article_only, any_language=False, errors=True)
    assert (out["f1"], out["rejected"]) == (0, 1)
    assert "not_english" in out["errors"][0]
