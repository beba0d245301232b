"""The commands that score the reader: a table for people, one object for programs, and exit code 2 for bad files."""

import gzip
import json

import pytest

COMMON = {"task", "n", "seconds", "model", "version"}
IOB = "1\tAngela\tB-PER\t-\t-\n2\tMerkel\tI-PER\t-\t-\n3\tmet\tO\t-\t-\n4\tnobody\tO\t-\t-\n"
TIMEML = '<TimeML><TEXT>Rain fell on <TIMEX3 type="DATE" value="2019-03-12">12 March 2019</TIMEX3>.</TEXT></TimeML>'
MARKED = "<s>Kenya</s> shelled <t>the Ugandan camp</t> at dawn."
SAID = {"source": [[0, 12]], "cue": [[13, 17]], "content": [[18, 31]]}
POLNEAR = {"text": "The minister said that rain fell.", "annotations": [{"attributions": [SAID]}]}
UDS = {"tokens": ["It", "rained", "and", "stopped"], "pred_factuality": [[1, 3.0, 1.0], [3, 2.0, 1.0]]}

# What each command promises, and the figures among it.
PROMISED = {
    "relations": ("root_macro_f1", "root_accuracy", "quad_macro_f1", "binary_macro_f1"),
    "entities": ("f1", "precision", "recall", "by_type"),
    "times": ("strict_f1", "relaxed_f1", "value_f1", "type_accuracy"),
    "attribution": ("source_f1", "cue_f1", "content_f1"),
    "factuality": ("pearson_r", "mae"),
}
LISTS_ERRORS = ("relations", "entities", "times")


@pytest.fixture(scope="module")
def gold(tmp_path_factory):
    """A small file for each command."""
    folder = tmp_path_factory.mktemp("gold")
    (folder / "tml").mkdir()
    (folder / "tml" / "a.tml").write_text(TIMEML, encoding="utf-8")
    (folder / "a.tsv").write_text(f"marked_sentence\tgold_root\n{MARKED}\tAID\n", encoding="utf-8")
    (folder / "b.tsv").write_text(f"marked_sentence\tgold_binary\n{MARKED}\t1\n", encoding="utf-8")
    (folder / "a.iob2").write_text(IOB, encoding="utf-8")
    (folder / "said.jsonl.gz").write_bytes(gzip.compress(json.dumps(POLNEAR).encode()))
    (folder / "facts.jsonl.gz").write_bytes(gzip.compress(json.dumps(UDS).encode()))
    return {
        "relations": folder / "a.tsv", "entities": folder / "a.iob2", "times": folder / "tml",
        "attribution": folder / "said.jsonl.gz", "factuality": folder / "facts.jsonl.gz", "binary": folder / "b.tsv",
    }  # fmt: skip


@pytest.mark.parametrize("task", PROMISED)
def test_one_object_with_the_promised_keys(run, gold, task):
    result = run("evaluate", task, gold[task], "--format", "json")
    assert result.exit_code == 0, result.output
    scores = json.loads(result.stdout)
    assert {*COMMON, *PROMISED[task]} <= set(scores)
    assert scores["task"] == task
    assert "errors" not in scores
    for name in PROMISED[task]:
        assert isinstance(scores[name], dict) or {f"{name}_low", f"{name}_high"} <= set(scores)


@pytest.mark.parametrize("task", PROMISED)
def test_a_table_with_a_figure_a_line(run, gold, task):
    result = run("evaluate", task, gold[task])
    assert result.exit_code == 0, result.output
    rows = {line.split()[0]: line.split(maxsplit=1)[1] for line in result.stdout.splitlines()}
    assert {*COMMON, *PROMISED[task]} <= set(rows)
    assert rows["task"] == task
    assert not any(name.endswith(("_low", "_high")) for name in rows)
    scores = json.loads(run("evaluate", task, gold[task], "--format", "json").stdout)
    for name in PROMISED[task]:
        if isinstance(scores[name], float):
            low, high = scores[f"{name}_low"], scores[f"{name}_high"]
            interval = "" if low is None else f"  [{low:.3f}, {high:.3f}]"
            assert rows[name] == f"{scores[name]:.3f}{interval}"


@pytest.mark.parametrize("task", LISTS_ERRORS)
def test_errors_are_listed_where_they_are_asked_for(run, gold, task):
    scores = json.loads(run("evaluate", task, gold[task], "--errors", "--format", "json").stdout)
    table = run("evaluate", task, gold[task], "--errors").stdout.splitlines()
    assert isinstance(scores["errors"], list)
    assert [line for line in table if line.startswith("errors: ")] == [f"errors: {e}" for e in scores["errors"]]


@pytest.mark.parametrize("task", sorted(set(PROMISED) - set(LISTS_ERRORS)))
def test_errors_are_not_offered_where_none_are_listed(run, gold, task):
    result = run("evaluate", task, gold[task], "--errors")
    assert (result.exit_code, result.stdout) == (2, "")


def test_the_user_says_which_side_is_cooperation(run, gold):
    def figure(*args):
        return json.loads(run("evaluate", "relations", gold["binary"], "--format", "json", *args).stdout)

    one, two = figure(), figure("--cooperation", "1")
    assert "root_macro_f1" not in one
    assert {one["binary_macro_f1"], two["binary_macro_f1"]} == {0.0, 1.0}
    assert figure("--cooperation", "0")["binary_macro_f1"] == one["binary_macro_f1"]
    assert run("evaluate", "relations", gold["binary"], "--cooperation", "2").exit_code == 2


@pytest.mark.parametrize("task", PROMISED)
def test_a_missing_file_is_named_with_a_remedy(run, tmp_path, task):
    result = run("evaluate", task, tmp_path / "none.gz")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "none.gz" in result.stderr
    assert " — " in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("task", PROMISED)
def test_a_file_of_another_kind_is_refused(run, tmp_path, task):
    path = tmp_path / "a.txt"
    path.write_text("Nothing\tof the kind\n{\n", encoding="utf-8")
    result = run("evaluate", task, path)
    assert (result.exit_code, result.stdout) == (2, ""), result.output
    assert str(path) in result.stderr


def test_damaged_weights_are_named_with_their_hash(run, gold, tmp_path, monkeypatch):
    from foedera.language import network

    monkeypatch.setattr("foedera.api.evaluating.network", network.__wrapped__)
    (tmp_path / "reader.json").write_text('{"files": {"a.onnx": "0123abcd"}}', encoding="utf-8")
    (tmp_path / "a.onnx").write_bytes(b"x")
    result = run("evaluate", "entities", gold["entities"], env={"FOEDERA_WEIGHTS": str(tmp_path)})
    assert (result.exit_code, result.stdout) == (1, "")
    assert str(tmp_path / "a.onnx") in result.stderr
    assert "0123abcd" in result.stderr
    assert "Traceback" not in result.stderr
