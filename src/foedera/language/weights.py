"""Where the weights are, and whether they are whole."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from foedera.model.errors import ModelError

FOLDER: Final = Path(__file__).parent / "weights"
VARIABLE: Final = "FOEDERA_WEIGHTS"
_CARD: Final = "reader.json"
_REMEDY: Final = "Install Foedera again, or point FOEDERA_WEIGHTS at a folder with whole weights."


@dataclass(frozen=True, slots=True)
class Weights:
    """The files of a reader, checked.

    Attributes:
        folder: Where they are.
        card: What `reader.json` says: labels, calibration, how they were made.
        name: Hash over the files; it stands on every claim.
    """

    folder: Path
    card: dict[str, Any]
    name: str

    def file(self, name: str) -> Path:
        """The path of one of the files."""
        return self.folder / name


def find_weights() -> Weights:
    """The weights that ship with Foedera, or those in the folder that FOEDERA_WEIGHTS names.

    Raises:
        ModelError: A file is missing or damaged; names its path, the hash that it should have and the remedy.
    """
    return _checked(Path(os.environ.get(VARIABLE) or FOLDER))


@cache
def _checked(folder: Path) -> Weights:
    path = folder / _CARD
    try:
        card = json.loads(path.read_text(encoding="utf-8"))
        files = {str(k): str(v) for k, v in card["files"].items()}
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise ModelError(f"the description of the weights cannot be read: {error}", where=str(path),
                         remedy=_REMEDY) from error  # fmt: skip
    for name, expected in files.items():
        _check(folder / name, expected)
    listed = "".join(sorted(files.values())) + path.read_text(encoding="utf-8")
    return Weights(folder, card, hashlib.sha256(listed.encode()).hexdigest()[:12])


def _check(path: Path, expected: str) -> None:
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(f"a weight file cannot be read: {error.strerror or error}; its hash should be {expected}",
                         where=str(path), remedy=_REMEDY) from error  # fmt: skip
    if found != expected:
        raise ModelError(f"a weight file is damaged: its hash is {found} and should be {expected}", where=str(path),
                         remedy=_REMEDY)  # fmt: skip
