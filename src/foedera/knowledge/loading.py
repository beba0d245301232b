"""Reads the reference tables that ship with the package."""

from __future__ import annotations

import csv
import hashlib
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from foedera.model.errors import KnowledgeError

_TABLES = files("foedera.knowledge") / "tables"


@cache
def load_table(name: str) -> tuple[dict[str, str], ...]:
    """Rows of ``tables/<name>.csv``, in file order, comment lines left out.

    Args:
        name: Table name without its suffix.

    Raises:
        KnowledgeError: There is no such table, or a row has more or fewer cells than the header.
    """
    path = _TABLES / f"{name}.csv"
    if not path.is_file():
        raise KnowledgeError(
            f"no table {name!r}", where=str(path), remedy="reinstall foedera: its package data is missing"
        )
    lines = path.read_text(encoding="utf-8").splitlines()
    body = [line for line in lines if line.strip() and not line.startswith("#")]
    header, *records = csv.reader(body)
    for number, record in enumerate(records, start=1):
        if len(record) != len(header):
            raise KnowledgeError(
                f"row {number} ({record[:1]}) has {len(record)} cells, the header {len(header)}",
                where=f"{name}.csv",
                remedy="quote cells that contain a comma",
            )
    return tuple(dict(zip(header, record, strict=True)) for record in records)


@cache
def name_words() -> dict[str, str]:
    """Words that name persons and places (``tables/names.csv``): lower case, without accents → letters of "gfp".

    ``g`` given name, ``f`` family name, ``p`` place; a place may be of several words. Read without `load_table`, which
    would make a record of each of many rows.
    """
    lines = (_TABLES / "names.csv").read_text(encoding="utf-8").splitlines()
    rows = (line.rpartition(",") for line in lines if not line.startswith("#"))
    return {word: kinds for word, _, kinds in rows if kinds != "kinds"}


@cache
def load_toml(name: str) -> dict[str, Any]:
    """The content of ``tables/<name>.toml``.

    Raises:
        KnowledgeError: There is no such file.
    """
    path = _TABLES / f"{name}.toml"
    if not path.is_file():
        raise KnowledgeError(
            f"no table {name!r}", where=str(path), remedy="reinstall foedera: its package data is missing"
        )
    return tomllib.loads(path.read_text(encoding="utf-8"))


def cells(value: str) -> tuple[str, ...]:
    """The items of a list cell, ``a|b`` → ``("a", "b")``."""
    if "|" not in value:
        single = value.strip()
        return (single,) if single else ()
    return tuple(item for raw in value.split("|") if (item := raw.strip()))


@cache
def version() -> str:
    """Hash over all tables: stamped on every row as the version of the knowledge used."""
    digest = hashlib.blake2b(digest_size=6)
    for path in sorted(_TABLES.iterdir(), key=lambda p: p.name):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
