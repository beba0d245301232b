"""Values as cells: what JSON can carry, what a spreadsheet may show, what a terminal may print."""

from __future__ import annotations

import datetime as dt
import decimal
import json
import math
import re
import unicodedata
from collections.abc import Mapping
from typing import Any, Final

_NUMBER: Final = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?\Z")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_QUOTED: Final = re.compile(r'[,"\r\n]|\A\s|\s\Z')
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_SHORT_ID: Final = re.compile(r"[a-z]{3}_[0-9a-f]{16}\Z")
_SHOWN_ID: Final = 12
_DIRECTION: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def plain(value: Any) -> Any:
    """A value that JSON can carry: days and times as ISO text, bytes as hexadecimal digits, NaN as None."""
    if value is None or isinstance(value, bool | int | str):
        return _SURROGATE.sub("\ufffd", value) if isinstance(value, str) else value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, decimal.Decimal):
        return plain(float(value))
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted((plain(item) for item in value), key=repr)
    if isinstance(value, dt.date | dt.time | dt.datetime):
        return value.isoformat()
    return value.hex() if isinstance(value, bytes | bytearray) else str(value)


def json_text(value: Any) -> str:
    """A value as one line of JSON, characters outside ASCII as they are."""
    return json.dumps(plain(value), ensure_ascii=False, allow_nan=False)


def csv_cell(value: Any) -> str:
    """A value as a cell of CSV: nested values as JSON, None empty, and nothing that a spreadsheet would run."""
    value = plain(value)
    if value is None:
        return ""
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, bool | list | dict) else str(value)
    if text.startswith(_FORMULA) and not _NUMBER.match(text):
        text = "'" + text
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


def shown(value: Any) -> str:
    """A value for people: one line, ids shortened, codes of actors, dates with a mark where they are guessed."""
    value = plain(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.10g}" if abs(value) < 1e15 else f"{value:.6g}"
    if isinstance(value, dict):
        return _structure(value)
    if isinstance(value, list):
        return ", ".join(shown(item) for item in value)
    text = str(value)
    return text[:_SHOWN_ID] if _SHORT_ID.match(text) else printable(text)


def _structure(value: Mapping[str, Any]) -> str:
    if "granularity" in value:
        return f"{value['value'] or '?'}{' ~' if value.get('basis') in ('inferred', 'document') else ''}"
    if "code" in value and "mention" in value:
        return printable(" ".join(filter(None, (value["code"] or f"“{value['mention']}”", value.get("sector")))))
    if "stance" in value:
        return printable(f"{value['stance']}{' to ' + value['target'] if value.get('target') else ''}")
    return printable(json.dumps(value, ensure_ascii=False))


def printable(text: str) -> str:
    """Text on one line; control and direction-changing characters become U+FFFD, so that none steers a terminal."""
    line = " ".join(text.split())
    return "".join("\ufffd" if unicodedata.category(c) in ("Cc", "Cs") or c in _DIRECTION else c for c in line)
