"""Configurations: every key known, none missing, and the file named where one is wrong."""

from pathlib import Path

import pytest
from training.config import Stage, load

from foedera.language.labels import SPEECH

ROOT = Path(__file__).resolve().parents[2]
GOOD = """dropout = 0.1
feature_dropout = 0.2
weights = { type = 1.0, entity = 0.5 }
held_out = ["04_A", "08_B"]

[[stage]]
name = "one"
epochs = 2
rates = { ewt = 1.0 }

[[stage]]
name = "two"
epochs = 1
rates = { plv = 2.0 }
smoothing = 0.1
"""


def written(tmp_path, text):
    path = tmp_path / "reader.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_configuration(tmp_path):
    found = load(written(tmp_path, GOOD))
    assert (found.dropout, found.feature_dropout, found.held_out, found.without) == (0.1, 0.2, ("04_A", "08_B"), ())
    assert found.weights == {"type": 1.0, "entity": 0.5}
    assert found.stages == (Stage("one", 2, {"ewt": 1.0}), Stage("two", 1, {"plv": 2.0}, smoothing=0.1))


def test_sets_that_are_left_out(tmp_path):
    assert load(written(tmp_path, f'without = ["plv"]\n{GOOD}')).without == ("plv",)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("dropout = 0.1\n", "dropuot = 0.1\n", "dropuot"),
        ("dropout = 0.1\n", "", "dropout"),
        ('held_out = ["04_A", "08_B"]\n', "", "held_out"),
        ("epochs = 2\n", "", "epochs"),
        ("smoothing", "smothing", "smothing"),
        ("[[stage]]", "[[stages]]", "stage"),
    ],
)
def test_keys_that_are_unknown_or_missing(tmp_path, old, new, says):
    path = written(tmp_path, GOOD.replace(old, new) if old.startswith("[[") else GOOD.replace(old, new, 1))
    with pytest.raises(ValueError, match=says) as caught:
        load(path)
    assert str(path) in str(caught.value)
    assert "feature_dropout" in str(caught.value)


def test_what_is_no_configuration(tmp_path):
    with pytest.raises(ValueError):
        load(written(tmp_path, "dropout = = 1"))
    with pytest.raises(OSError):
        load(tmp_path / "none.toml")


def test_the_configuration_of_the_shipped_weights():
    found = load(ROOT / "training" / "reader.toml")
    assert len({stage.name for stage in found.stages}) == len(found.stages) > 0
    assert {"entity", "mention", "time", "type", *SPEECH} <= set(found.weights)
    assert 0 <= found.dropout < 1
    assert {name for stage in found.stages for name in stage.rates} >= {"ewt", "authored"}
