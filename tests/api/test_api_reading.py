"""Reading through the public face, what would be read, the demo's statements, and the doctor."""

import io
import subprocess
import sys

import pytest

import foedera
from foedera import api
from foedera.api.installation import _package
from foedera.demo import report_paths, sidecar_rows
from foedera.model.errors import UsageError

STORY = (
    "Utopian minister visits Tokyo\n\nTOKYO, March 3, 2021 - Japan summoned the Chinese ambassador on Wednesday and "
    "condemned the patrols near the islands. China rejected the protest.\n"
)


@pytest.fixture
def story(tmp_path):
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    return path


def test_read_twice_adds_nothing(story, tmp_path):
    store = tmp_path / "record"
    first = foedera.read(store, story, outlet="Harbor Gazette", published="2021-03-03")
    assert (first.pages, first.articles, first.known) == (1, 1, 0)
    second = foedera.read(store, [story], outlet="Harbor Gazette", published="2021-03-03")
    assert (second.articles, second.known) == (0, 1)
    row = next(foedera.open(store).articles())
    assert row["outlet"] == "Harbor Gazette"
    assert row["published"]["basis"] == "stated"


def test_a_new_statement_supersedes_and_the_old_claim_can_still_be_shown(story, tmp_path):
    store = tmp_path / "record"
    foedera.read(store, story)
    old = [row["id"] for row in foedera.open(store).events()]
    assert old
    foedera.read(store, story, published="2022-03-03")
    record = foedera.open(store)
    assert len(list(record.articles())) == 1
    new = {row["id"] for row in record.events()}
    gone = [ident for ident in old if ident not in new]
    assert gone
    assert record.show(gone[0]).superseded


def test_a_report_is_no_near_copy_of_its_earlier_reading(tmp_path):
    text = STORY + " ".join(f"The office of the governor answered {n} letters about the patrols." for n in range(12))
    first, second = tmp_path / "first.txt", tmp_path / "second.txt"
    first.write_text(text, encoding="utf-8")
    second.write_text(text.replace("letters", "notes", 1), encoding="utf-8")
    store = tmp_path / "record"
    assert foedera.read(store, [first, second]).copies == 1
    assert foedera.read(store, first, outlet="Harbor Gazette").copies == 1
    alone = tmp_path / "alone"
    foedera.read(alone, first)
    assert foedera.read(alone, first, outlet="Harbor Gazette").copies == 0


def test_read_standard_input(tmp_path):
    summary = foedera.read(tmp_path / "record", "-", stdin=io.BytesIO(STORY.encode()))
    assert summary.articles == 1


def test_fields_of_rows(tmp_path):
    path = tmp_path / "rows.jsonl"
    path.write_text('{"body": "' + STORY.replace("\n", "\\n") + '", "headline": "A title"}\n', encoding="utf-8")
    foedera.read(tmp_path / "record", path, fields={"text": "body", "title": "headline"})
    assert next(foedera.open(tmp_path / "record").articles())["title"] == "A title"


@pytest.mark.parametrize(
    ("inputs", "options"),
    [
        ([], {}),
        ("x.txt", {"published": "yesterday"}),
        ("x.txt", {"max_bytes": 0}),
        ("x.txt", {"fields": {"colour": "x"}}),
        ("x.txt", {"sidecar": "missing.csv"}),
    ],
)
def test_wrong_usage_makes_no_store(tmp_path, inputs, options):
    with pytest.raises(UsageError):
        foedera.read(tmp_path / "record", inputs, **options)
    with pytest.raises(UsageError):
        list(api.preview(tmp_path / "record", inputs, **options))


def test_preview_writes_nothing_and_knows_what_is_known(story, tmp_path):
    store = tmp_path / "record"
    inputs = [str(story), str(tmp_path / "missing.txt")]
    rows = list(api.preview(store, inputs))
    assert [(row["document"], row["outcome"]) for row in rows] == [("story.txt", "new"), ("missing.txt", "missing")]
    assert rows[0]["bytes"] == len(STORY.encode())
    assert not store.exists()
    foedera.read(store, story)
    assert next(api.preview(store, story))["outcome"] == "known"


def test_max_bytes_rejects_and_the_reject_is_kept(story, tmp_path):
    summary = foedera.read(tmp_path / "record", story, max_bytes=10)
    assert summary.rejects == {"too_large": 1}
    assert [row["document"] for row in foedera.open(tmp_path / "record").rejects()] == ["story.txt"]


def test_the_demo_states_only_what_its_manifest_says():
    names = {path.name for path in report_paths()}
    said = sidecar_rows()
    assert said
    assert {name.split("#")[0] for name in said} <= names
    assert len(said) < len(names)
    assert all(row.published and row.outlet for row in said.values())


def test_doctor_finds_a_sound_installation(tmp_path):
    checks = {check.name: check for check in api.doctor(tmp_path / "none")}
    assert {"python", "foedera", "reference tables", "disk", "store"} <= set(checks)
    assert [check for check in checks.values() if check.status == "fail"] == []
    assert checks["store"].status == "warn"
    assert "foedera demo" in checks["store"].remedy


def test_doctor_names_a_damaged_store_and_a_lacking_package(tmp_path):
    (tmp_path / "foedera.json").write_text("{}")
    store = next(check for check in api.doctor(tmp_path) if check.name == "store")
    assert store.status == "fail"
    assert store.remedy
    assert _package("no-such-package-at-all", "1.0").status == "fail"
    assert _package("click", "999").status == "fail"
    assert _package("click", "1.0").status == "ok"


def test_importing_foedera_loads_no_library():
    code = (
        "import sys, foedera, foedera.api, foedera.cli\n"
        "heavy = {'duckdb', 'deltalake', 'numpy', 'rich', 'trafilatura', 'foedera.engines', 'foedera.store'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
