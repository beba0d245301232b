"""An empty store, and one with a version in it."""

import shutil

import pytest
from store_samples import fill

from foedera.model import CLAIM_KINDS
from foedera.store import Store


@pytest.fixture(scope="session")
def templates(tmp_path_factory):
    """Stores that tests copy, because a copy is quicker than a commit."""
    root = tmp_path_factory.mktemp("templates")
    Store.create_or_open(root / "empty")
    fill(Store.create_or_open(root / "filled"), "a")
    fill(Store.create_or_open(root / "full"), "a", kinds=CLAIM_KINDS)
    return root


@pytest.fixture
def store(templates, tmp_path):
    """Version 0."""
    return Store.open(shutil.copytree(templates / "empty", tmp_path / "record"))


@pytest.fixture
def filled(templates, tmp_path):
    """Version 1: a page, its article and an event."""
    return Store.open(shutil.copytree(templates / "filled", tmp_path / "record"))


@pytest.fixture
def full(templates, tmp_path):
    """Version 1: a page, its article and a claim of each kind."""
    return Store.open(shutil.copytree(templates / "full", tmp_path / "record"))
