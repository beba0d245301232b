"""Small annotated files in our own words, and what every evaluation of the reader carries."""

import gzip
import json

import pytest

from foedera.language import network
from foedera.model.errors import EvaluationError

COMMON = {"task", "n", "seconds", "model", "version"}


def with_intervals(*names):
    """Keys of figures that have intervals."""
    return {f"{name}{end}" for name in names for end in ("", "_low", "_high")}


def write(path, text):
    """A file of some text, packed where its name says so."""
    data = text.encode("utf-8")
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def write_rows(path, rows):
    """A file with a JSON object a line."""
    return write(path, "".join(f"{json.dumps(row)}\n" for row in rows))


def refusal(function, *args, **options):
    """What an evaluation says to a file that it refuses: the place and the remedy."""
    with pytest.raises(EvaluationError) as caught:
        function(*args, network=network(), **options)
    assert caught.value.remedy
    return caught.value.where


def check_common(scores, task, n):
    """The keys that every evaluation carries."""
    assert set(scores) >= COMMON
    assert (scores["task"], scores["n"], scores["model"]) == (task, n, network().weights.name)
    for name, value in scores.items():
        if isinstance(value, float) and f"{name}_low" in scores and scores[f"{name}_low"] is not None:
            assert scores[f"{name}_low"] <= scores[f"{name}_high"]
