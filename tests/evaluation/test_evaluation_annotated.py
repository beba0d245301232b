"""Annotated files: packed or plain, and refused with their place where they cannot be read."""

import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reader_files import write

from foedera._version import __version__
from foedera.evaluation.annotated import Timed, joined, json_lines, not_empty, text_of
from foedera.language import network
from foedera.model.errors import EvaluationError


@pytest.mark.parametrize("name", ["a.txt", "a.txt.gz"])
def test_packed_and_plain_are_the_same(tmp_path, name):
    assert text_of(write(tmp_path / name, "Zürich\n")) == "Zürich\n"


def test_a_mark_of_the_byte_order_is_no_text(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbfx")
    assert text_of(tmp_path / "a.txt") == "x"


def damaged():
    """A packed file with a byte that cannot be where it is."""
    data = bytearray(gzip.compress(bytes(range(256)) * 9, mtime=0))
    data[10] |= 6
    return bytes(data)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", None),
        ("a.txt", b"\xff\xfe"),
        ("a.txt.gz", b"plain"),
        ("a.txt.gz", gzip.compress(b"text" * 99, mtime=0)[:-12]),
        ("a.txt.gz", damaged()),
        ("a.txt.gz", gzip.compress(b"\xff", mtime=0)),
    ],
    ids=["missing", "not UTF-8", "not packed", "cut off", "damaged", "not UTF-8 inside"],
)
def test_what_cannot_be_read(tmp_path, name, data):
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(EvaluationError) as caught:
        text_of(path)
    assert caught.value.where == str(path)
    assert "UTF-8" in caught.value.remedy


def test_objects_come_with_their_lines(tmp_path):
    path = write(tmp_path / "a.jsonl", '{"a": 1, "b": 2}\r\n\n  \n{"a": 3}\n')
    assert list(json_lines(path, ("a",))) == [(f"{path}:1", {"a": 1, "b": 2}), (f"{path}:4", {"a": 3})]


@pytest.mark.parametrize("line", ["{", "[]", "3", "null", '"a"', '{"b": 1}', "x"])
def test_a_line_that_is_no_such_object(tmp_path, line):
    path = write(tmp_path / "a.jsonl", f'{{"a": 1}}\n{line}\n')
    with pytest.raises(EvaluationError) as caught:
        list(json_lines(path, ("a",)))
    assert caught.value.where == f"{path}:2"
    assert caught.value.remedy


@given(st.lists(st.text(max_size=8)))
def test_joined_tokens_are_found_again(tokens):
    text, places = joined(tokens)
    assert [text[a:b] for a, b in places] == tokens
    assert text == " ".join(tokens)


def test_nothing_to_measure_is_refused(tmp_path):
    not_empty([0], tmp_path, "rows")
    with pytest.raises(EvaluationError, match="no rows") as caught:
        not_empty([], tmp_path, "rows")
    assert caught.value.where == str(tmp_path)


def test_what_every_evaluation_says_of_itself():
    about = Timed(network()).about("times", 7)
    assert (about["task"], about["n"], about["version"]) == ("times", 7, __version__)
    assert about["model"] == network().weights.name
    assert about["seconds"] >= 0
    assert json.loads(json.dumps(about)) == about
