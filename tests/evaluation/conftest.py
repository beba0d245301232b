"""The demo gold, and where the reference scorers are."""

import json
import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DEMO_GOLD = ROOT / "eval" / "gold" / "demo"


@pytest.fixture(scope="session")
def demo_gold():
    """The gold files of the demo by document."""
    contents = (json.loads(path.read_text(encoding="utf-8")) for path in sorted(DEMO_GOLD.glob("*.json")))
    return {content["document"]: content for content in contents}


@pytest.fixture(scope="session")
def shared_gold():
    """Where the reference scorers are; skips with a reason where they are not."""
    data = Path(os.environ.get("FOEDERA_DATA", ROOT.parent / "shared" / "data"))
    folder = data.parent / "gold"
    if not (folder / "score.py").is_file():
        pytest.skip(f"no reference scorers beside {data}: set FOEDERA_DATA to the data folder")
    return folder
