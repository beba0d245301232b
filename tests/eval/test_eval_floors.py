"""Floors only rise, and a fall is noticed."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def run():
    """The script of ``make eval`` as a module."""
    # The script finds its neighbour `reader` as it does when it is run.
    sys.path.insert(0, str(ROOT / "eval"))
    spec = importlib.util.spec_from_file_location("foedera_eval_run", ROOT / "eval" / "run.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def lowered(before, now):
    """Floors that are gone or lower although the gold of their set is the same."""
    same = {name for name, sha in before["gold"].items() if now["gold"].get(name) == sha}
    return sorted(
        name
        for name, floor in before["floors"].items()
        if name.split(".", 1)[0] in same and now["floors"].get(name, -1) < floor
    )


def test_no_floor_is_lower_than_in_the_last_commit():
    shown = subprocess.run(
        ["git", "show", "HEAD:eval/floors.json"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if shown.returncode:
        pytest.skip(f"no committed floors to compare with: {shown.stderr.strip()}")
    now = json.loads((ROOT / "eval" / "floors.json").read_text(encoding="utf-8"))
    assert lowered(json.loads(shown.stdout), now) == []
    assert now["tolerance"] <= json.loads(shown.stdout)["tolerance"]


def test_a_lowered_floor_is_noticed_unless_its_gold_changed():
    before = {"gold": {"demo": "a"}, "floors": {"demo.events.full_f1": 0.5, "demo.events.quad_f1": 0.6}}
    assert lowered(before, {"gold": {"demo": "a"}, "floors": {"demo.events.full_f1": 0.4}}) == sorted(before["floors"])
    assert lowered(before, {"gold": {"demo": "b"}, "floors": {"demo.events.full_f1": 0.4}}) == []


def test_a_floor_rises_to_the_figure_rounded_down_and_never_falls(run):
    floors = run.Floors(0.005, {"demo": "a"}, {"demo.x.f1": 0.5, "demo.y.f1": 0.3, "aeb.z.f1": 0.9})
    raised = floors.raised(
        [run.Figure("demo.x.f1", 0.4, None, None, 3), run.Figure("demo.y.f1", 0.2999, None, None, 3)], {"demo": "a"}
    )
    assert raised.floors == {"demo.x.f1": 0.5, "demo.y.f1": 0.3, "aeb.z.f1": 0.9}
    raised = floors.raised(
        [run.Figure("demo.y.f1", 0.579, None, None, 3), run.Figure("demo.w.f1", 0.29, None, None, 3)], {"demo": "a"}
    )
    assert raised.floors == {"demo.x.f1": 0.5, "demo.y.f1": 0.57, "demo.w.f1": 0.29, "aeb.z.f1": 0.9}
    assert run.Floors.load(raised.text()) == raised


def test_other_gold_sets_its_floors_anew_and_leaves_other_sets_alone(run):
    floors = run.Floors(0.005, {"demo": "a", "aeb": "c"}, {"demo.x.f1": 0.5, "aeb.z.f1": 0.9})
    raised = floors.raised([run.Figure("demo.x.f1", 0.4, None, None, 3)], {"demo": "b"})
    assert raised.floors == {"demo.x.f1": 0.4, "aeb.z.f1": 0.9}
    assert raised.gold == {"demo": "b", "aeb": "c"}


def test_a_fall_is_reported_and_the_tolerance_forgives_noise(run, capsys):
    floors = run.Floors(0.005, {"demo": "a"}, {"demo.x.f1": 0.5, "demo.y.f1": 0.5})
    figures = [run.Figure("demo.x.f1", 0.496, 0.4, 0.6, 3), run.Figure("demo.y.f1", 0.494, None, None, 3)]
    assert run.report(figures, floors, {"demo": "a"}) == ["demo.y.f1"]
    assert "FAIL" in capsys.readouterr().out
    assert run.report([], floors, {"demo": "b"}) == ["demo (gold changed)"]
    assert run.missing(figures[:1], floors, {"demo": "a"}) == ["demo.y.f1"]
    assert run.missing(figures, floors, {}) == []
    assert run.missing([], floors, {}) == ["demo.x.f1", "demo.y.f1"]
    assert run.missing([], floors, {}, present=True) == []


def test_every_floor_names_a_set_whose_gold_is_known():
    content = json.loads((ROOT / "eval" / "floors.json").read_text(encoding="utf-8"))
    assert {name.split(".", 1)[0] for name in content["floors"]} <= set(content["gold"])
    assert all(0 <= floor <= 1 for floor in content["floors"].values())


def test_the_hash_of_gold_is_of_names_and_bytes(run, tmp_path):
    for name in ("a.json", "b.json"):
        (tmp_path / name).write_text(name)
    first = run.hash_of(tmp_path.glob("*.json"))
    assert run.hash_of(sorted(tmp_path.glob("*.json"), reverse=True)) == first
    (tmp_path / "b.json").write_text("c")
    assert run.hash_of(tmp_path.glob("*.json")) != first


def test_shares_of_few_items_and_precision_have_no_floor(run):
    names = {"demo.meetings.date_accuracy": 5, "demo.events.date_accuracy": 60, "demo.events.full_precision": 60,
             "demo.hygiene.title_accuracy": 5}  # fmt: skip
    raised = run.Floors(0.005, {}, {}).raised([run.Figure(k, 0.5, None, None, n) for k, n in names.items()], {})
    assert set(raised.floors) == {"demo.events.date_accuracy", "demo.hygiene.title_accuracy"}
