"""Weights are whole or refused, with the path, the hash that they should have, and the remedy."""

import hashlib
import json
import pickle
import shutil

import pytest

from foedera.language import weights as module
from foedera.language.network import network
from foedera.language.weights import find_weights
from foedera.model.errors import ModelError

FILES = {"a.onnx": b"first weights", "b.json": b"second"}


def sha(data):
    return hashlib.sha256(data).hexdigest()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with small whole weights, which the process is told to use."""
    for name, data in FILES.items():
        (tmp_path / name).write_bytes(data)
    card = {"files": {name: sha(data) for name, data in FILES.items()}, "types": ["none"]}
    (tmp_path / "reader.json").write_text(json.dumps(card), encoding="utf-8")
    monkeypatch.setenv(module.VARIABLE, str(tmp_path))
    module._checked.cache_clear()
    yield tmp_path
    module._checked.cache_clear()


def refused():
    with pytest.raises(ModelError) as caught:
        find_weights()
    assert module.VARIABLE in caught.value.remedy
    assert "again" in caught.value.remedy
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)
    return caught.value


def test_whole_weights(folder):
    found = find_weights()
    assert found.folder == folder
    assert found.card["types"] == ["none"]
    assert found.file("a.onnx").read_bytes() == FILES["a.onnx"]
    assert find_weights() is found


def test_the_name_is_a_hash_over_the_files(folder):
    first = find_weights().name
    assert len(first) == 12
    assert int(first, 16) >= 0
    module._checked.cache_clear()
    assert find_weights().name == first
    (folder / "a.onnx").write_bytes(b"other")
    card = json.loads((folder / "reader.json").read_text("utf-8"))
    card["files"]["a.onnx"] = sha(b"other")
    (folder / "reader.json").write_text(json.dumps(card), encoding="utf-8")
    module._checked.cache_clear()
    second = find_weights().name
    assert second != first
    (folder / "reader.json").write_text(json.dumps({**card, "threshold": 0.4}), encoding="utf-8")
    module._checked.cache_clear()
    assert find_weights().name not in (first, second)


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file(folder, name):
    (folder / name).unlink()
    error = refused()
    assert error.where == str(folder / name)
    assert sha(FILES[name]) in error.problem


@pytest.mark.parametrize("data", [b"", b"first weightS", b"first weights and more"])
def test_a_damaged_file(folder, data):
    (folder / "a.onnx").write_bytes(data)
    error = refused()
    assert error.where == str(folder / "a.onnx")
    assert sha(FILES["a.onnx"]) in error.problem
    assert sha(data) in error.problem


def test_a_folder_in_the_place_of_a_file(folder):
    (folder / "a.onnx").unlink()
    (folder / "a.onnx").mkdir()
    assert refused().where == str(folder / "a.onnx")


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"files": 3}', '{"files": null}', '"files"', b"\xff\xfe{}"])
def test_an_unreadable_description(folder, text):
    (folder / "reader.json").write_bytes(text if isinstance(text, bytes) else text.encode())
    assert refused().where == str(folder / "reader.json")


def test_no_weights_at_all(folder):
    shutil.rmtree(folder)
    assert refused().where == str(folder / "reader.json")


def test_without_the_variable_the_package_is_looked_in(monkeypatch):
    asked = []
    monkeypatch.setattr(module, "_checked", asked.append)
    for value in (None, ""):
        monkeypatch.setenv(module.VARIABLE, value or "")
        if value is None:
            monkeypatch.delenv(module.VARIABLE)
        find_weights()
    assert asked == [module.FOLDER] * 2


def test_one_bit_of_the_real_weights_is_enough(tmp_path, monkeypatch):
    shutil.copytree(find_weights().folder, tmp_path / "copy")
    path = tmp_path / "copy" / "sentences.onnx"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    monkeypatch.setenv(module.VARIABLE, str(path.parent))
    with pytest.raises(ModelError) as caught:
        network.__wrapped__()
    assert caught.value.where == str(path)
