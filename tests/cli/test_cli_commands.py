"""The commands: data on standard output, notes on standard error, exit codes, and the keys that others rely on."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from foedera.model import CLAIM_KINDS

ROOT = Path(__file__).parents[2]
EVENT = {"id", "document", "type", "modes", "contexts", "source", "target", "symmetric", "date", "status", "alleged",
         "speaker", "confidence", "evidence", "start", "end", "article", "published"}  # fmt: skip
ARTICLE = {"document", "title", "published", "language", "furniture", "captions", "credit", "outlet", "copy_of"}


def lines(result):
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_read_gives_one_object_with_the_promised_keys(run, inputs, tmp_path):
    result = run("read", inputs, "--store", tmp_path / "record", "--format", "json")
    assert result.exit_code == 1
    summary = json.loads(result.stdout)
    assert {"pages", "articles", "claims", "rejects", "seconds", "known", "copies", "version"} <= set(summary)
    assert (summary["pages"], summary["articles"], summary["rejects"]) == (1, 1, {"empty": 1})
    assert set(summary["claims"]) == set(CLAIM_KINDS)
    assert "empty.txt: empty" in result.stderr


def test_read_twice_adds_nothing(run, inputs, tmp_path):
    args = ("read", inputs / "wire.txt", "--store", tmp_path / "record")
    assert run(*args).exit_code == 0
    result = run(*args)
    assert result.exit_code == 0
    assert "1 known already" in result.stdout
    assert "0 added" in result.stdout


def test_read_standard_input_with_what_the_user_says(run, inputs, tmp_path):
    store = tmp_path / "record"
    text = (inputs / "wire.txt").read_bytes()
    said = (
        "--outlet",
        "Gazette",
        "--published",
        "2021-03-04",
        "--licence",
        "CC0-1.0",
        "--url",
        "https://example.org/x",
    )
    result = run("read", "-", "--store", store, *said, stdin=text)
    assert result.exit_code == 0, result.output
    row = lines(run("articles", "--store", store, "--format", "jsonl"))[0]
    assert (row["outlet"], row["url"], row["licence"]) == ("Gazette", "https://example.org/x", "CC0-1.0")
    assert (row["published"]["value"], row["published"]["basis"]) == ("2021-03-04", "stated")


def test_read_with_a_sidecar_and_fields(run, tmp_path):
    (tmp_path / "rows.jsonl").write_text('{"body": "Japan criticised China on Monday.", "headline": "A title"}\n')
    (tmp_path / "side.csv").write_text("document,outlet\nrows.jsonl#1,Gazette\nnobody.txt,Other\n")
    store = tmp_path / "record"
    result = run("read", tmp_path / "rows.jsonl", "--store", store, "--fields", "text=body,title=headline", "--sidecar",
                 tmp_path / "side.csv")  # fmt: skip
    assert result.exit_code == 0, result.output
    assert "nobody.txt" in result.stderr
    row = lines(run("articles", "--store", store, "--format", "jsonl"))[0]
    assert (row["document"], row["title"], row["outlet"]) == ("rows.jsonl#1", "A title", "Gazette")


def test_dry_run_writes_nothing(run, inputs, tmp_path):
    result = run("read", inputs, "--store", tmp_path / "record", "--dry-run", "--format", "json")
    assert result.exit_code == 1
    assert [row["outcome"] for row in json.loads(result.stdout)] == ["empty", "new"]
    assert not (tmp_path / "record").exists()


@pytest.mark.parametrize(
    "args",
    [
        ["read"],
        ["read", "x.txt", "--published", "soon"],
        ["read", "x.txt", "--fields", "text"],
        ["read", "x.txt", "--fields", "colour=red"],
        ["read", "x.txt", "--max-bytes", "0"],
        ["read", "x.txt", "--format", "csv"],
        ["events", "--type", "WAR"],
        ["events", "--source", "J"],
        ["events", "--since", "never"],
        ["events", "--limit", "-1"],
        ["events", "--format", "xlsx"],
        ["figures", "--target", "JPN"],
        ["show"],
        ["show", "evt_zzz"],
        ["sql", "DROP TABLE events"],
        ["brief", "J"],
        ["explain", "NOSUCHLABEL"],
        ["evaluate", "events", "--gold", "no-such-folder"],
        ["evaluate", "claims", "wars", "--gold", "x"],
    ],
)
def test_wrong_usage(run, store, args):
    result = run(*args, env={"FOEDERA_STORE": str(store)})
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    assert result.stderr


def test_a_missing_store_says_how_to_make_one(run, tmp_path):
    result = run("events", "--store", tmp_path / "none")
    assert result.exit_code == 2
    assert "foedera read --store" in result.stderr


def test_a_missing_input_is_a_reject(run, tmp_path):
    result = run("read", tmp_path / "none.txt", "--store", tmp_path / "record", "--format", "json")
    assert (result.exit_code, json.loads(result.stdout)["rejects"]) == (1, {"missing": 1})


def test_events_have_the_promised_keys(run, store):
    rows = lines(run("events", "--store", store, "--format", "jsonl"))
    assert rows
    assert all(set(row) >= EVENT for row in rows)
    assert all(row["document"] == "wire.txt" for row in rows)
    article = lines(run("sql", "SELECT id, text FROM articles", "--store", store, "--format", "jsonl"))[0]
    assert all(article["text"][row["start"] : row["end"]] == row["evidence"] for row in rows)


@pytest.mark.parametrize("kind", [*CLAIM_KINDS, "articles", "rejects"])
def test_every_list_in_every_format(run, store, tmp_path, kind):
    rows = lines(run(kind, "--store", store, "--format", "jsonl"))
    assert kind != "events" or json.loads(run(kind, "--store", store, "--format", "json").stdout) == rows
    table = list(csv.DictReader(io.StringIO(run(kind, "--store", store, "--format", "csv").stdout, newline="")))
    assert len(table) == len(rows)
    path = tmp_path / "rows.parquet"
    result = run(kind, "--store", store, "--format", "parquet", "--output", path)
    assert (result.exit_code, result.stdout) == (0, "")
    with duckdb.connect() as con:
        cursor = con.execute("SELECT * FROM read_parquet(?)", [str(path)])
        names = [column[0] for column in cursor.description]
        found = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    assert found == rows
    assert not rows or list(table[0]) == names
    shown = run(kind, "--store", store)
    assert shown.exit_code == 0
    assert f"{len(rows)} row" in shown.stderr
    assert len(shown.stdout.splitlines()) == len(rows) + 2


def test_articles_have_the_promised_keys(run, store):
    row = lines(run("articles", "--store", store, "--format", "jsonl"))[0]
    assert set(row) >= ARTICLE
    assert set(row["published"]) >= {"value", "granularity", "low", "high", "basis"}


def test_filters_reach_the_record(run, store):
    every = lines(run("events", "--store", store, "--format", "jsonl"))
    some = lines(run("events", "--store", store, "--format", "jsonl", "--source", "JPN", "--source", "KOR"))
    assert 0 < len(some) < len(every)
    assert all({a["code"] for a in row["source"]} & {"JPN", "KOR"} or row["symmetric"] for row in some)
    assert lines(run("events", "--store", store, "--format", "jsonl", "--document", "other.txt")) == []
    assert len(lines(run("events", "--store", store, "--format", "jsonl", "--limit", "1"))) == 1
    assert lines(run("events", "--store", store, "--format", "jsonl", "--as-of", "0")) == []


def test_output_file(run, store, tmp_path):
    path = tmp_path / "events.csv"
    result = run("events", "--store", store, "--format", "csv", "-o", path)
    assert (result.exit_code, result.stdout) == (0, "")
    assert path.read_text(encoding="utf-8").startswith("id,document,type,")
    assert str(path) in result.stderr
    assert run("events", "--store", store, "-o", tmp_path).exit_code == 2


def test_show_opens_the_sentence(run, store):
    ident = lines(run("events", "--store", store, "--format", "jsonl"))[0]["id"]
    result = run("show", ident[:12], "--store", store)
    assert result.exit_code == 0, result.output
    assert ident in result.stdout
    assert "«" in result.stdout
    assert "codebook plover" in result.stdout
    shown = json.loads(run("show", ident, "--store", store, "--format", "json").stdout)
    assert shown["claim"]["id"] == ident
    assert shown["evidence"] == shown["claim"]["evidence"]


def test_sql(run, store):
    query = "SELECT document, 1 AS document, DATE '2020-01-02' AS day FROM articles"
    row = lines(run("sql", query, "--store", store, "--format", "jsonl"))[0]
    assert row == {"document": "wire.txt", "document_2": 1, "day": "2020-01-02"}
    assert run("sql", "-", "--store", store, "--format", "csv", stdin="SELECT 1 AS one").stdout == "one\n1\n"


def test_brief(run, store, tmp_path):
    result = run("brief", "JPN", "CHN", "--store", store, "--title", "Patrols")
    assert result.exit_code == 0
    assert result.stdout.startswith("# Patrols\n")
    assert "`foedera show evt_" in result.stdout
    path = tmp_path / "brief.md"
    assert run("brief", "--store", store, "-o", path).stdout == ""
    assert path.read_text(encoding="utf-8").startswith("# Brief\n")


def test_explain(run):
    assert run("explain", "sanction").stdout.startswith("SANCTION (type): material conflict")
    assert len(json.loads(run("explain", "--format", "json").stdout)) > 100


def test_check_versions_compact_doctor(run, store, tmp_path):
    copy = tmp_path / "record"
    shutil.copytree(store, copy)
    assert run("check", "--store", copy).exit_code == 0
    assert [row["version"] for row in lines(run("versions", "--store", copy, "--format", "jsonl"))][:2] == [0, 1]
    assert run("compact", "--store", copy).stdout.startswith("version ")
    assert json.loads(run("check", "--store", copy, "--format", "json").stdout)["problems"] == []
    assert run("doctor", "--store", copy).exit_code == 0
    file = next(path for path in (copy / "tables" / "events").rglob("*.parquet"))
    file.write_bytes(file.read_bytes()[:-9])
    result = run("check", "--store", copy)
    assert result.exit_code == 1
    assert "events" in result.stdout
    broken = run("events", "--store", copy, "--format", "jsonl")
    assert (broken.exit_code, broken.stdout) == (1, "")
    assert "foedera:" in broken.stderr


def test_evaluate_events_and_claims(run, tmp_path):
    gold = tmp_path / "gold"
    gold.mkdir()
    shutil.copy(ROOT / "eval" / "gold" / "demo" / "01_lock_on_wire.json", gold)
    pages = ROOT / "src" / "foedera" / "demo" / "reports"
    result = run("evaluate", "events", "--gold", gold, pages, "--format", "json")
    assert result.exit_code == 0, result.output
    scores = json.loads(result.stdout)
    wanted = {"full_f1", "full_precision", "full_recall", "quad_f1", "date_accuracy", "status_accuracy",
              "evidence_accuracy", "task", "n", "seconds", "model", "version"}  # fmt: skip
    assert wanted <= set(scores)
    claims = json.loads(run("evaluate", "claims", "statements", "--gold", gold, pages, "--format", "json").stdout)
    assert {"recall", "precision", "f1", "task", "n"} <= set(claims)
    table = run("evaluate", "events", "--gold", gold, pages)
    assert "full_f1 " in table.stdout


def program(*args):
    return [sys.executable, "-c", "from foedera.cli import main; main()", *map(str, args)]


def test_a_closed_pipe_is_quiet(store):
    words = program("events", "--store", store, "--format", "jsonl")
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as first:
        assert first.stdout is not None
        assert first.stderr is not None
        first.stdout.close()
        errors = first.stderr.read()
    assert (first.returncode, errors) == (141, b"")


def test_parquet_on_a_redirected_output(store):
    found = subprocess.run(
        program("articles", "--store", store, "--format", "parquet"), capture_output=True, check=True
    )
    assert (found.stdout[:4], found.stdout[-4:]) == (b"PAR1", b"PAR1")


def test_names_outside_ascii_show_whatever_the_locale(run, tmp_path):
    path = tmp_path / "報告.txt"
    path.write_text("Japan criticised China on Monday.", encoding="utf-8")
    assert run("read", path, "--store", tmp_path / "record").exit_code == 0
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    words = program("articles", "--store", tmp_path / "record", "--format", "jsonl")
    found = subprocess.run(words, capture_output=True, check=True, env=environment)
    assert json.loads(found.stdout)["document"] == "報告.txt"


def test_an_unexpected_error_is_one_line_and_debug_shows_it(run, store, monkeypatch):
    from foedera.api.record import Record

    def broken(self):
        raise ZeroDivisionError("it\nbroke")

    monkeypatch.setattr(Record, "versions", broken)
    result = run("versions", "--store", store)
    assert result.exit_code == 1
    assert (
        result.stderr
        == "foedera: unexpected ZeroDivisionError: it broke — run it again with --debug and report what it shows\n"
    )
    for args in (("versions", "--debug"), ("--debug", "versions")):
        assert isinstance(run(*args, "--store", store).exception, ZeroDivisionError)
