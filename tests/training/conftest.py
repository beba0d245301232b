"""The training code, which is not part of the package, and the authored sentences."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))


@pytest.fixture(scope="session")
def authored():
    """Every authored sentence, an error in the place of each that cannot be read."""
    from training.annotations import read_checked

    return [record for path in sorted((ROOT / "training" / "authored").glob("*.txt")) for record in read_checked(path)]


@pytest.fixture(scope="session")
def tokenizer():
    """The tokenizer of the reader."""
    from foedera.language import network

    return network().tokenizer
