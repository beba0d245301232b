"""Is everything there that Foedera needs?"""

from __future__ import annotations

import importlib.metadata as metadata
import os
import platform
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from foedera._version import __version__
from foedera.model.errors import FoederaError, StoreMissing

from .record import default_store

_LOW_DISK: Final = 1_000_000_000
_NO_DISK: Final = 50_000_000
_LEAST_PYTHON: Final = (3, 11)
_REQUIREMENT: Final = re.compile(r"([A-Za-z0-9._-]+)\s*(?:\(?>=\s*([0-9.]+))?")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at.

    Attributes:
        name: What.
        status: ``ok``, ``warn`` (it works, with less) or ``fail``.
        detail: What was found.
        remedy: What to do about it; empty where all is well.
    """

    name: str
    status: Literal["ok", "warn", "fail"]
    detail: str
    remedy: str = ""


def doctor(store: str | os.PathLike[str] | None = None) -> list[Check]:
    """Look at Python, the packages, the reference tables, the disk, the terminal and the store.

    Args:
        store: Folder of the store; None means `default_store()`.
    """
    path = Path(store) if store is not None else default_store()
    return [_python(), *_packages(), _knowledge(), _reader(), _encoding(), _disk(path), _store(path)]


def _python() -> Check:
    found = platform.python_version()
    if sys.version_info[:2] < _LEAST_PYTHON:
        return Check("python", "fail", found, "install Python 3.11 or newer")
    return Check("python", "ok", f"{found} on {platform.system()} {platform.machine()}")


def _packages() -> Iterator[Check]:
    yield Check("foedera", "ok", __version__)
    try:
        needed = metadata.requires("foedera") or []
    except metadata.PackageNotFoundError:
        yield Check("packages", "warn", "foedera is not installed as a package", "run `pip install -e .` in its folder")
        return
    for requirement in needed:
        found = _REQUIREMENT.match(requirement)
        if found and "extra ==" not in requirement:
            yield _package(found[1], found[2])


def _package(name: str, least: str | None) -> Check:
    remedy = f"pip install '{name}{f'>={least}' if least else ''}'"
    try:
        version = metadata.version(name)
    except metadata.PackageNotFoundError:
        return Check(name, "fail", "not installed", remedy)
    if least and _numbers(version) < _numbers(least):
        return Check(name, "fail", f"{version}, and {least} is needed", remedy)
    return Check(name, "ok", version)


def _numbers(version: str) -> tuple[int, ...]:
    found = re.match(r"\d+(?:\.\d+)*", version)
    return tuple(int(part) for part in found[0].split(".")) if found else ()


def _knowledge() -> Check:
    from foedera.knowledge import CODEBOOK_VERSION, plover_types, version

    try:
        count, tables = len(plover_types()), version()
    except (FoederaError, OSError) as error:
        return Check("reference tables", "fail", str(error), "reinstall foedera: its package data is missing")
    return Check("reference tables", "ok", f"hash {tables}; codebook {CODEBOOK_VERSION} with {count} types")


def _reader() -> Check:
    from foedera.language import default_reader

    try:
        return Check("reader", "ok", default_reader().name)
    except (FoederaError, OSError) as error:
        return Check("reader", "fail", str(error), "reinstall foedera: its package data is missing")


def _encoding() -> Check:
    found = getattr(sys.stdout, "encoding", None) or "unknown"
    if found.lower().replace("-", "") != "utf8":
        return Check("terminal", "warn", f"standard output is {found}", "set PYTHONUTF8=1, so that all names show")
    return Check("terminal", "ok", found)


def _disk(path: Path) -> Check:
    folder = next((p for p in (path.absolute(), *path.absolute().parents) if os.path.isdir(p)), Path.cwd())
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        return Check("disk", "warn", f"cannot tell: {error}", "check that the folder can be reached")
    shown = f"{free / 1e9:.1f} GB free at {folder}"
    if not os.access(folder, os.W_OK):
        return Check("disk", "fail", f"{folder} cannot be written to", "check permissions, or name another --store")
    if free < _LOW_DISK:
        return Check("disk", "fail" if free < _NO_DISK else "warn", shown, "make room, or name a --store elsewhere")
    return Check("disk", "ok", shown)


def _store(path: Path) -> Check:
    from foedera.store import FORMAT, Store

    try:
        store = Store.open(path)
    except StoreMissing:
        return Check("store", "warn", f"none at {path}", f"make one: `foedera demo --store {path}`")
    except FoederaError as error:
        return Check("store", "fail", error.problem, error.remedy or "see `foedera check`")
    rows = store.manifest.tables.get("articles")
    held = f"{rows.rows if rows else 0} articles"
    return Check("store", "ok", f"{path}: format {FORMAT} or older, version {store.version}, {held}")
